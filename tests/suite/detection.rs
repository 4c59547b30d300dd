//! How often the language of a text is named right, wrong, or not at all, by the length of the text.

use std::fs;
use std::path::Path;

use muqabala::segment::detect_language;

/// Sentences a text.
const LENGTHS: [usize; 3] = [1, 3, 10];

/// How the texts of one language and length came out.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    right: usize,
    undetermined: usize,
    wrong: usize,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The languages of the file, each with its sentences.
fn sentences() -> Vec<(String, Vec<String>)> {
    let file = fs::read_to_string(root().join("tests/detection/sentences.txt")).unwrap();
    let mut languages: Vec<(String, Vec<String>)> = Vec::new();
    for line in file.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("# ") {
            Some(code) if code.len() <= 3 => languages.push((code.to_owned(), Vec::new())),
            Some(_) => {}
            None => languages.last_mut().unwrap().1.push(line.to_owned()),
        }
    }
    languages
}

/// Each sentence begins a text, the last goes on with the first.
fn texts(sentences: &[String], length: usize) -> impl Iterator<Item = String> {
    (0..sentences.len()).map(move |first| {
        let text: Vec<&str> =
            (0..length).map(|i| sentences[(first + i) % sentences.len()].as_str()).collect();
        text.join(" ")
    })
}

/// The table of the page on languages, and the tally of all for each length.
fn measured() -> (String, [Tally; 3], Vec<String>) {
    let mut table =
        String::from("| language | 1 sentence | 3 sentences | 10 sentences |\n|---|---|---|---|\n");
    let mut all = [Tally::default(); 3];
    let mut mistaken = Vec::new();
    let languages = sentences();
    assert_eq!(languages.len(), 41);
    for (code, sentences) in &languages {
        assert_eq!(sentences.len(), 20, "{code}");
        table += &format!("| {code} |");
        for (all, length) in all.iter_mut().zip(LENGTHS) {
            let mut tally = Tally::default();
            for text in texts(sentences, length) {
                match detect_language(&text) {
                    Some(found) if found.as_str() == code => tally.right += 1,
                    Some(found) => {
                        tally.wrong += 1;
                        mistaken.push(format!("{length}: {code} as {found}: {text}"));
                    }
                    None => tally.undetermined += 1,
                }
            }
            table += &format!(" {} |", shown(tally));
            all.right += tally.right;
            all.undetermined += tally.undetermined;
            all.wrong += tally.wrong;
        }
        table.push('\n');
    }
    table += &format!("| all | {} | {} | {} |\n", shown(all[0]), shown(all[1]), shown(all[2]));
    (table, all, mistaken)
}

fn shown(tally: Tally) -> String {
    format!("{} / {} / {}", tally.right, tally.undetermined, tally.wrong)
}

#[test]
fn next_to_no_language_is_named_wrongly() {
    let (table, [one, three, ten], mistaken) = measured();
    let of_all = |tally: Tally| tally.wrong as f64 / (tally.right + tally.undetermined + tally.wrong) as f64;
    let mistaken = mistaken.join("\n");
    assert!(of_all(one) <= 0.03, "{}\n{table}{mistaken}", of_all(one));
    assert!(of_all(three) <= 0.01, "{}\n{table}{mistaken}", of_all(three));
    assert_eq!(ten.wrong, 0, "{table}{mistaken}");
    assert!(three.right * 10 >= 9 * (three.right + three.undetermined), "{table}");
}

#[test]
fn the_page_on_languages_shows_what_is_measured() {
    let page = fs::read_to_string(root().join("docs/languages.md")).unwrap();
    let (table, _, _) = measured();
    assert!(page.contains(&table), "the table of docs/languages.md should be\n{table}");
}
