//! The report of a run: what came of each pair.
//!
//! In: [`Row`]s. Out: TSV for programs ([`write_tsv`]), a page for people ([`write_html`]). Guarantee: the page needs
//! nothing but itself; names of files and reasons cannot break it; rows stand in the order of the collection.

mod chart;
mod page;

use std::io::{self, Write};

use super::task::Outcome;

pub use page::{Head, write_html};

/// A pair and what came of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Row {
    /// Its name.
    pub id: String,
    /// The file that was to be written.
    pub output: String,
    /// How it ended; `None` where the run was stopped before.
    pub outcome: Option<Outcome>,
}

impl Row {
    /// A row.
    pub const fn new(id: String, output: String, outcome: Option<Outcome>) -> Self {
        Self { id, output, outcome }
    }

    /// How it ended, in one word.
    pub const fn status(&self) -> &'static str {
        match &self.outcome {
            None => "not-done",
            Some(Outcome::Done(_)) => "done",
            Some(Outcome::Unchanged(_)) => "unchanged",
            Some(Outcome::Failed(_)) => "failed",
        }
    }

    /// Why it failed, if it did.
    pub fn reason(&self) -> Option<&str> {
        match &self.outcome {
            Some(Outcome::Failed(reason)) => Some(reason),
            _ => None,
        }
    }
}

const COLUMNS: [&str; 18] = [
    "id",
    "status",
    "source_lang",
    "target_lang",
    "source_segments",
    "target_segments",
    "beads",
    "source_unaligned",
    "target_unaligned",
    "mean_confidence",
    "doubtful_share",
    "suspicions",
    "seconds",
    "output",
    "reason",
    "doubtful",
    "pieces_left_out",
    "warnings",
];

/// Writes the report as tab-separated values with a header.
pub fn write_tsv(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join("\t"))?;
    for row in rows {
        let mut cells = vec![row.id.clone(), row.status().to_owned()];
        if let Some(finished) = row.outcome.as_ref().and_then(Outcome::finished) {
            let f = &finished.figures;
            let share = |share: Option<f64>| share.map_or(String::new(), |s| format!("{s:.4}"));
            cells.extend(finished.languages.iter().cloned());
            cells.extend([f.source_segments, f.target_segments, f.beads].map(|n| n.to_string()));
            cells.extend([f.source_unaligned, f.target_unaligned].map(|n| n.to_string()));
            cells.extend([f.mean_confidence, f.doubtful_share].map(share));
            cells.push(f.suspicions.iter().map(|s| s.name()).collect::<Vec<_>>().join(","));
            cells.push(format!("{:.3}", finished.seconds));
        } else {
            cells.resize(13, String::new());
        }
        cells.push(row.output.clone());
        cells.push(row.reason().unwrap_or_default().to_owned());
        let finished = row.outcome.as_ref().and_then(Outcome::finished);
        let counts = finished.map(|f| [f.figures.doubtful, f.pieces_left_out].map(|n| n.to_string()));
        cells.extend(counts.unwrap_or_default());
        cells.push(finished.map_or_else(String::new, |f| f.warnings.join(" | ")));
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::batch::digest::Digester;
    use crate::batch::{Figures, Finished, Suspicion};

    pub(in crate::batch) fn rows() -> Vec<Row> {
        let finished = |mean: f64, suspicions: &[Suspicion]| Finished {
            inputs: Digester::of(b"in"),
            output: Digester::of(b"out"),
            languages: ["ar".to_owned(), "en".to_owned()],
            figures: Figures {
                source_segments: 10,
                target_segments: 12,
                beads: 9,
                source_unaligned: 1,
                target_unaligned: 3,
                mean_confidence: Some(mean),
                doubtful: 2,
                doubtful_share: Some(0.125),
                suspicions: suspicions.to_vec(),
            },
            left_out: 0,
            pieces_left_out: 0,
            warnings: vec!["a.pdf: page 2\thas <no> text (it is read with --ocr)".to_owned()],
            seconds: 0.25,
        };
        let row = |id: &str, outcome| Row::new(id.to_owned(), format!("out/{id}.tmx"), outcome);
        vec![
            row("good", Some(Outcome::Done(finished(0.97, &[])))),
            row("أخبار", Some(Outcome::Unchanged(finished(0.9, &[])))),
            row(
                "odd",
                Some(Outcome::Done(finished(0.31, &[Suspicion::NotTranslations, Suspicion::WrongLanguage]))),
            ),
            row("<script>", Some(Outcome::Failed("a\tb & \"c\"".to_owned()))),
            row("later", None),
        ]
    }

    #[test]
    fn every_row_has_all_columns() {
        let mut out = Vec::new();
        write_tsv(&rows(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|l| l.split('\t').count() == COLUMNS.len()), "{text}");
        insta::assert_snapshot!(text.replace('\t', "|"), @r#"
        id|status|source_lang|target_lang|source_segments|target_segments|beads|source_unaligned|target_unaligned|mean_confidence|doubtful_share|suspicions|seconds|output|reason|doubtful|pieces_left_out|warnings
        good|done|ar|en|10|12|9|1|3|0.9700|0.1250||0.250|out/good.tmx||2|0|a.pdf: page 2 has <no> text (it is read with --ocr)
        أخبار|unchanged|ar|en|10|12|9|1|3|0.9000|0.1250||0.250|out/أخبار.tmx||2|0|a.pdf: page 2 has <no> text (it is read with --ocr)
        odd|done|ar|en|10|12|9|1|3|0.3100|0.1250|not-translations,wrong-language|0.250|out/odd.tmx||2|0|a.pdf: page 2 has <no> text (it is read with --ocr)
        <script>|failed||||||||||||out/<script>.tmx|a b & "c"|||
        later|not-done||||||||||||out/later.tmx||||
        "#);
    }
}
