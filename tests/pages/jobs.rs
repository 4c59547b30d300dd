//! The jobs of a review, each done by keyboard alone and by mouse alone, and how many keys and clicks it takes. What is
//! typed as text (a comment, a word to find) is not counted; a key with Shift or Ctrl is one. See `browser.rs` for what it
//! needs; the table stands in `docs/review.md`.

use std::time::Duration;

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::{Page, run};
use crate::support::workbench::mixed;

/// How a job is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Keys,
    Mouse,
}

/// A step of a job.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// A key.
    Key(char),
    /// A key while Control is held.
    Control(Key),
    /// A click on the first element that matches.
    Click(&'static str),
    /// Text that the reader types, which does not count.
    Text(&'static str),
    /// What the reader sees before going on.
    Until(&'static str),
}

/// A job: the row at which it begins, what is done, what is true then, and how many edits that were.
struct Job {
    name: &'static str,
    row: usize,
    keys: &'static [Step],
    mouse: &'static [Step],
    /// The most keys it may take: those of the first edition of the page, or fewer.
    most: usize,
    done: &'static str,
    edits: usize,
}

use Step::{Click, Control, Key as K, Text, Until};

const RIGHT: char = '\u{e014}';
const ENTER: char = '\u{e007}';
const OPEN: &str = "document.activeElement.closest('dialog')";
const COUNTED: &str = "document.querySelector('dialog .main')?.disabled === false";

const JOBS: [Job; 11] = [
    Job {
        name: "1-2 into 1-1 and 0-1",
        row: 3,
        keys: &[K(RIGHT), K('.'), K('s')],
        mouse: &[
            Click(".row[data-position='3'] .segment[data-side=target][data-index='1']"),
            Click("#strip [data-do=split]"),
        ],
        most: 3,
        done: "types(3, 6) === '1-1 0-1 0-1'",
        edits: 1,
    },
    Job {
        name: "move a segment",
        row: 2,
        keys: &[K('.'), K('d')],
        mouse: &[
            Click(".row[data-position='2'] .segment[data-side=source][data-index='1']"),
            Click("#strip [data-do=moveDown]"),
        ],
        most: 2,
        done: "types(2, 4) === '1-1 2-2'",
        edits: 1,
    },
    Job {
        name: "cut a segment between words",
        row: 0,
        keys: &[K('t'), K(RIGHT), K(ENTER)],
        mouse: &[Click("#strip [data-do=splitSegment]"), Click(".row.current .gap")],
        most: 3,
        done: "types(0, 1) === '2-1'",
        edits: 1,
    },
    Job {
        name: "merge three pairs",
        row: 0,
        keys: &[K('m'), K('m')],
        mouse: &[Click("#strip [data-do=mergeNext]"), Click("#strip [data-do=mergeNext]")],
        most: 2,
        done: "types(0, 1) === '4-3'",
        edits: 2,
    },
    Job {
        name: "reject",
        row: 0,
        keys: &[K('x')],
        mouse: &[Click("#strip [data-do=reject]")],
        most: 1,
        done: "row(0).classList.contains('rejected')",
        edits: 1,
    },
    Job {
        name: "flag and comment",
        row: 0,
        keys: &[K('f'), K('c'), Until(OPEN), Text("see the law"), Control(Key::Enter)],
        mouse: &[
            Click("#strip [data-do=flag]"),
            Click("#strip [data-do=comment]"),
            Until(OPEN),
            Text("see the law"),
            Click("dialog .main"),
        ],
        most: 3,
        done: "row(0).classList.contains('flagged') && row(0).querySelector('.badge.note')",
        edits: 2,
    },
    Job {
        name: "accept all of .95 or more",
        row: 0,
        keys: &[K('A'), Until(OPEN), K(ENTER)],
        mouse: &[Click("[data-do=acceptAbove]"), Until(OPEN), Click("dialog .main")],
        most: 3,
        done: "row(0).classList.contains('accepted') && document.querySelectorAll('.row.accepted').length === 1",
        edits: 1,
    },
    Job {
        name: "next doubtful",
        row: 2,
        keys: &[K('n')],
        mouse: &[Click("#commands [data-do=nextDoubtful]")],
        most: 1,
        done: "seen.position === 5",
        edits: 0,
    },
    Job {
        name: "search",
        row: 0,
        keys: &[K('/'), Text("number 9"), K(ENTER)],
        mouse: &[
            Click("#search"),
            Text("number 9"),
            Until("document.getElementById('hits').textContent === '1 found'"),
            Click("[data-do=hit]"),
        ],
        most: 2,
        done: "seen.position === 9",
        edits: 0,
    },
    Job {
        name: "take a rival",
        row: 1,
        keys: &[K('1')],
        mouse: &[Click("#why .rival")],
        most: 1,
        done: "types(1, 2) === '1-2'",
        edits: 1,
    },
    Job {
        name: "export",
        row: 0,
        keys: &[K('E'), Until(COUNTED), K(ENTER)],
        mouse: &[Click("[data-do=export]"), Until(COUNTED), Click("dialog .main")],
        most: 22,
        done: "seen.saved?.includes('<tmx')",
        edits: 0,
    },
];

/// What the conditions are said in.
const WORDS: &str = "globalThis.row = (position) => document.querySelector(`.row[data-position='${position}']`);
    globalThis.types = (from, to) => {
      const of = (p) => ['source', 'target'].map((side) => row(p)?.querySelectorAll(`.segment[data-side=${side}]`).length).join('-');
      return Array.from({ length: to - from }, (_, i) => of(from + i)).join(' ');
    };";

/// Back to the list, for who came by mouse is still at a button.
const FOCUS: &str =
    "document.activeElement.blur(); document.querySelector('.row.current .selected')?.focus()";

impl Page<'_> {
    /// Does the steps; gives how many keys and clicks they were.
    async fn does(&self, steps: &[Step]) -> usize {
        let mut count = 0;
        for step in steps {
            match *step {
                K(key) => self.press(&key.to_string()).await,
                Control(key) => {
                    self.press(&format!("{}{key}{}", Key::Control, Key::Null)).await;
                }
                Click(css) => {
                    self.until(&format!("document.querySelector(\"{css}\")")).await;
                    // A row that is drawn again between the two steps takes its element along.
                    let mut tries = 0;
                    while let Err(error) = self.client.find(Locator::Css(css)).await.unwrap().click().await {
                        tries += 1;
                        assert!(tries < 20, "{css}: {error}");
                        tokio::time::sleep(Duration::from_millis(30)).await;
                    }
                }
                Text(text) => self.press(text).await,
                Until(condition) => self.until(condition).await,
            }
            count += usize::from(matches!(step, K(_) | Control(_) | Click(_)));
        }
        count
    }

    /// Goes to the first segment of a row, with nothing searched for.
    async fn at(&self, row: usize) {
        self.press("0").await;
        self.number(row + 1).await;
        self.js(&format!("row({row}).querySelector('.segment, .none').click()")).await;
        self.settle().await;
        self.js("seen.saved = null").await;
    }
}

#[test]
fn each_job_takes_few_keys_and_few_clicks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.muq");
    mixed(&path);
    run(
        async |page, _, _| {
            page.js(WORDS).await;
            let untouched = page.rows().await;
            let mut table: Vec<(&str, [usize; 2])> = Vec::new();
            for job in &JOBS {
                let mut counts = [0; 2];
                for (by, count) in [By::Keys, By::Mouse].into_iter().zip(&mut counts) {
                    page.at(job.row).await;
                    *count = page.does(if by == By::Keys { job.keys } else { job.mouse }).await;
                    page.until(job.done).await;
                    page.until("!document.querySelector('dialog')").await;
                    page.js(FOCUS).await;
                    page.settle().await;
                    for _ in 0..job.edits {
                        let before = page.js("return seen.revision").await;
                        page.press("z").await;
                        page.until(&format!("seen.revision > {before}")).await;
                        page.js(FOCUS).await;
                        page.settle().await;
                    }
                    page.press("0").await;
                }
                assert!(counts[0] <= job.most, "{}: {} keys", job.name, counts[0]);
                table.push((job.name, counts));
            }
            let without = |rows: Vec<Value>| -> Vec<Value> {
                let said = |row: &Value| {
                    json!([row["type"], row["decision"], row["comment"], row["source"], row["target"]])
                };
                rows.iter().map(said).collect()
            };
            assert_eq!(without(page.rows().await), without(untouched), "all of it was undone");
            for (name, [keys, clicks]) in &table {
                println!("{name}: {keys} keys, {clicks} clicks");
            }
            let said =
                std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/review.md")).unwrap();
            for (name, [keys, clicks]) in table {
                let line = format!("| {name} | {keys} | {clicks} |");
                assert!(said.contains(&line), "docs/review.md does not say {line}");
            }
        },
        &[&path],
    );
}
