//! Pages in a text, as `pdftotext` parts them: by form feeds.
//!
//! In: the lines of a text. Out: the same without titles and numbers at the head or the foot of its pages, and these.
//! Guarantee: a text without a form feed stays as it is; every page keeps a line, and no line is lost: it is in one of
//! the two lists.

use super::Line;
use crate::read::running::{self, Running};

/// How many lines at the head and at the foot are looked at.
const DEPTH: usize = 3;

/// Takes what stands at the head or the foot of pages out of `lines`.
pub(super) fn without_running(text: &str, lines: Vec<Line>) -> (Vec<Line>, Vec<Line>) {
    let ends: Vec<usize> = memchr::memchr_iter(b'\x0c', text.as_bytes()).collect();
    if ends.is_empty() {
        return (lines, Vec::new());
    }
    let mut pages: Vec<Vec<Line>> = vec![Vec::new(); ends.len() + 1];
    for line in lines {
        pages[ends.partition_point(|end| *end < line.span.start)].push(line);
    }
    for page in &mut pages {
        trim(page);
    }
    let mut running = Vec::new();
    for _ in 0..DEPTH {
        let before = running.len();
        take(text, &mut pages, &mut running, <[Line]>::first, |page| page.remove(0));
        take(text, &mut pages, &mut running, <[Line]>::last, |page| page.remove(page.len() - 1));
        if running.len() == before {
            break;
        }
    }
    running.sort_by_key(|line| line.span.start);
    let filled = pages.into_iter().filter(|page| !page.is_empty());
    let joined = filled.enumerate().flat_map(|(number, mut page)| {
        page[0].after_page = number > 0;
        page
    });
    (joined.collect(), running)
}

/// Takes away the outermost line of the pages on which it recurs.
fn take(
    text: &str,
    pages: &mut [Vec<Line>],
    running: &mut Vec<Line>,
    outermost: impl Fn(&[Line]) -> Option<&Line>,
    mut removed: impl FnMut(&mut Vec<Line>) -> Line,
) {
    let filled = pages.iter().filter(|page| !page.is_empty()).count();
    let keys: Vec<Option<Running>> =
        pages.iter().map(|page| outermost(page).map(|line| Running::of(line.text(text)))).collect();
    for index in running::repeated(&keys, filled) {
        let page = &mut pages[index];
        // A page keeps something.
        if page.iter().filter(|line| !line.span.is_empty()).count() > 1 {
            running.push(removed(page));
            trim(page);
        }
    }
}

/// Takes empty lines off both ends.
fn trim(page: &mut Vec<Line>) {
    while page.last().is_some_and(|line| line.span.is_empty()) {
        page.pop();
    }
    let empty = page.iter().take_while(|line| line.span.is_empty()).count();
    page.drain(..empty);
}

#[cfg(test)]
mod tests {
    use crate::read::Lines;
    use crate::read::plain::read;

    /// Three pages as `pdftotext` writes them: a title above, a number below; a sentence goes on after each page.
    fn report() -> String {
        let page = |number: usize, text: &str| {
            format!("The Annual Report of the Harbour\n\n{text}\n\n{number}\n\u{c}")
        };
        [
            page(1, "The harbour was opened in the spring of the year\nthat followed the war, when the first ships came\ninto the bay and the people of the town went down\nto the quay to see them and to hear what they had"),
            page(2, "brought with them from the islands in the south.\n\nIn the second year the number of ships grew by a\nthird, and the town built a second quay beside the\nfirst, so that no ship had to wait any longer for"),
            page(3, "its turn.\n\nThe end."),
        ]
        .concat()
    }

    #[test]
    fn sentences_go_on_after_a_page() {
        let plain = read(report(), Lines::Joined);
        let document = &plain.document;
        let texts: Vec<_> = document.blocks().iter().map(|b| document.slice(b.span)).collect();
        insta::assert_debug_snapshot!(texts, @r#"
        [
            "The harbour was opened in the spring of the year that followed the war, when the first ships came into the bay and the people of the town went down to the quay to see them and to hear what they had brought with them from the islands in the south.",
            "In the second year the number of ships grew by a third, and the town built a second quay beside the first, so that no ship had to wait any longer for its turn.",
            "The end.",
        ]
        "#);
        assert_eq!(plain.running.join("|"), format!("{0}|1|{0}|2|{0}|3", "The Annual Report of the Harbour"));
    }

    #[test]
    fn without_form_feeds_or_repetition_everything_stays() {
        let text = "Title\n\nSome text.\n1\n\nTitle\n\nOther text.\n2\n";
        assert!(read(text.to_owned(), Lines::Joined).running.is_empty());
        let text = "One.\n\u{c}Two.\n\u{c}Three.\n";
        let plain = read(text.to_owned(), Lines::Joined);
        assert_eq!((plain.document.blocks().len(), plain.running.len()), (3, 0));
        // The same line on every page and nothing else is the text.
        let plain = read("Again\n\u{c}Again\n\u{c}Again\n".to_owned(), Lines::Joined);
        assert_eq!((plain.document.blocks().len(), plain.running.len()), (3, 0));
    }
}
