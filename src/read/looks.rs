//! Telling HTML, Markdown and messages from plain text by what they look like.
//!
//! In: the beginning of an input. Out: which of them it is. Guarantee: XML with a root of its own is
//! neither.

use std::sync::LazyLock;

use regex::Regex;

use super::not_read;
use super::sample::Sample;

/// Elements of HTML that stand in a line of text.
const INLINE: &str = "a abbr acronym b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark \
                      meter nobr output picture progress q ruby s samp small span strike strong sub sup svg time tt u \
                      var wbr";
/// All others, old ones and those of the head too.
const BLOCKS: &str = "address area article aside audio base blockquote body button canvas caption center col colgroup \
                      datalist dd details dialog dir div dl dt embed fieldset figcaption figure footer form frame \
                      frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link main map menu meta \
                      nav noframes noscript object ol optgroup option p param pre rp rt script search section select \
                      slot source style summary table tbody td template textarea tfoot th thead title tr track ul \
                      video";
/// Tags of others in a hundred, from which on it is no HTML: inside of SVG and formulas there are some.
const MOST_OTHERS: usize = 20;

fn is_one_of(names: &str, name: &str) -> bool {
    names.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a file begins as pages do, or is a part of a page: it begins with an element of HTML that is closed, and
/// nearly all its tags are HTML's. Text that begins with the name of an element in brackets is neither.
pub(super) fn like_html(sample: &Sample) -> bool {
    let text = sample.text.trim_start();
    let starts = |tag: &str| text.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
    if starts("<!doctype html") {
        return true;
    }
    let Some(root) = sample.root() else { return false };
    if starts("<?xml-stylesheet") || not_read::is_docbook(sample) || not_read::is_ttml(sample) {
        return false;
    }
    if is_one_of("html head body", root) {
        return true;
    }
    !sample.has_extension(MARKDOWN) && is_part_of_page(sample)
}

/// The extensions of Markdown, which may begin with elements of HTML.
pub(super) const MARKDOWN: &[&str] = &["md", "markdown", "mdown", "mkd"];

fn is_part_of_page(sample: &Sample) -> bool {
    static TAGS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<(/?)([A-Za-z][\w:.-]*)((?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>=]+))?)*)\s*/?>"#)
            .expect("the pattern is right")
    });
    let Some(root) = sample.root() else { return false };
    let inline = is_one_of(INLINE, root);
    if !inline && !is_one_of(BLOCKS, root) {
        return false;
    }
    let (mut known, mut others, mut ends, mut blocks, mut attributes) = (0, 0, 0, 0, 0);
    let mut root_ends = false;
    for tag in TAGS.captures_iter(&sample.text) {
        let (_, [slash, name, rest]) = tag.extract();
        let block = is_one_of(BLOCKS, name);
        if !block && !is_one_of(INLINE, name) {
            others += 1;
            continue;
        }
        known += 1;
        attributes += usize::from(rest.contains('='));
        if slash.is_empty() {
            continue;
        }
        ends += 1;
        blocks += usize::from(block);
        root_ends |= name.eq_ignore_ascii_case(root);
    }
    if others * 100 > (known + others) * MOST_OTHERS {
        return false;
    }
    let to_the_end = sample.tail.trim_end().ends_with('>');
    if inline {
        return blocks > 0 || ends > 0 && (attributes > 0 || to_the_end);
    }
    // Some elements need no end, and the end of others may stand beyond what is looked at.
    root_ends || ends > 0 || attributes > 0 && to_the_end
}

/// Whether a file has marks of several kinds that running text has not.
pub(super) fn like_markdown(sample: &Sample) -> bool {
    static MARKS: LazyLock<[Regex; 7]> = LazyLock::new(|| {
        [
            r"(?m)^#{1,6} \S",
            r"(?m)^(```|~~~)",
            r"\]\((https?://|/|#|\w+[./])[^)\s]*\)",
            r"\*\*[^\s*][^*\n]*\*\*",
            r"(?m)^\|?[ :]*-{3,}[ :]*\|[ :|-]*$",
            r"(?m)^\[[^\]]+\]: \S+",
            r"(?m)^\S[^\n]*\n(={3,}|-{3,})$",
        ]
        .map(|pattern| Regex::new(pattern).expect("the patterns are right"))
    });
    if sample.text.trim_start().starts_with('<') {
        return sample.has_extension(MARKDOWN) && is_part_of_page(sample);
    }
    if !sample.bytes.iter().any(|b| b"#`[*|=-".contains(b)) {
        return false;
    }
    MARKS.iter().filter(|mark| mark.is_match(&sample.text)).count() >= 2
}

/// Whether the head of a file has the lines that programs put at the head of a message; a person who writes `From:`
/// and `To:` above a letter puts none of these.
pub(super) fn is_mail(head: &str) -> bool {
    const BY_PROGRAMS: [&str; 4] = ["MIME-Version", "Message-ID", "Received", "Return-Path"];
    let mut heads = Vec::new();
    for line in head.lines().take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) && !heads.is_empty() {
            continue;
        }
        let Some((key, _)) = line.split_once(':') else { return false };
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_graphic()) {
            return false;
        }
        heads.push(key);
    }
    heads.len() > 1 && heads.iter().any(|head| BY_PROGRAMS.iter().any(|key| key.eq_ignore_ascii_case(head)))
}

#[cfg(test)]
mod tests {
    use crate::read::readers::detect;

    fn format(name: &str, text: &str) -> String {
        detect(name, text.as_bytes()).map_or_else(|e| e.to_string(), |f| f.name().to_owned())
    }

    #[test]
    fn parts_of_pages_are_html() {
        for part in [
            "<nav><a href=\"/\">Home</a></nav>\n<p>Text",
            "<header>\n<h1>A</h1></header>",
            "<MAIN><P>One<P>Two</MAIN>",
            "<aside>x</aside> and more",
            "<!-- made by hand -->\n<figure><img src=a.png><figcaption>x</figcaption></figure>",
            "<dl><dt>a<dd>b</dl>",
            "<hr>\n<h2>Heading</h2>",
            "<a href=x>y</a>",
            "<span lang=\"ar\">نص</span> و",
            "<title>x</title><p>y",
            "<details open><summary>a</summary>b</details>",
            "<form action=x><label>a <input name=b></label></form>",
            "<p class=\"x\">One<br>",
        ] {
            assert_eq!(format("a.txt", part), "html", "{part}");
        }
        let long = format!("<div>\n{}</div>", "<p>A paragraph.</p>\n".repeat(5000));
        assert_eq!(format("a", &long), "html");
    }

    #[test]
    fn text_that_begins_with_a_bracket_is_text() {
        for text in [
            "<nav> is an element of HTML.\n",
            "<p> and <div> are the most common elements; <p> comes first.\n",
            "<b> makes text bold, <i> slanted.",
            "<b>Note</b> is how it is written",
            "<a, b> is a pair, and so is <c, d>",
            "<header says: no>",
            "< 5 people\n",
            "<John> Hello!\n<Mary> Hi!\n",
            "<title: unknown>\n",
        ] {
            assert_eq!(format("a.txt", text), "text", "{text}");
        }
    }

    #[test]
    fn other_xml_with_names_of_html_is_no_page() {
        let menu = "<menu><item><price>5</price></item></menu>";
        assert!(
            format("a.xml", menu).contains("XML of a kind that is not known"),
            "{}",
            format("a.xml", menu)
        );
        let data = "<?xml version='1.0'?><data><row><cell>x</cell></row></data>";
        assert!(format("a.xml", data).contains("XML of a kind that is not known"));
    }

    #[test]
    fn messages_are_told_from_letters() {
        let message = "Received: from a\r\n\tby b\r\nFrom: x@example.org\r\nSubject: y\r\n\r\nText";
        assert_eq!(format("a", message), "mail");
        assert_eq!(format("a.txt", "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>x"), "mail");
        assert_eq!(format("a.eml", "Subject: y\n\nText"), "mail");
        for text in [
            "From: Ali\nTo: Omar\nDate: 3 May\n\nDear Omar,",
            "Received: one box\nThank you.\n",
            "Received: a box\n",
        ] {
            assert_eq!(format("a.txt", text), "text", "{text}");
        }
    }

    #[test]
    fn markdown_may_begin_with_a_tag() {
        let readme = "<h1 align=\"center\">Name</h1>\n\n## Use\n\nSee [the guide](guide.md) and **this**.\n";
        assert_eq!(format("README.md", readme), "markdown");
        assert_eq!(format("README.md", "<div>\n<p>x</p>\n</div>\n"), "markdown");
        assert_eq!(format("page", readme), "html");
    }
}
