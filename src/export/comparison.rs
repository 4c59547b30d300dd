//! Two reviewers' projects side by side, for people and for programs: text, JSON, one page of HTML.
//!
//! In: two projects and their [`Comparison`]. Out: a stream. Guarantee: the texts are those of the projects; in the page
//! they are data, never markup, each in the direction of its language; the page runs no script.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::count::counted;
use super::markup::Html;
use crate::bitext::{Side, Sides};
use crate::formats::Direction;
use crate::project::{Comparison, Decision, Difference, Project, Region, ReviewBead};

const STYLE: &str = include_str!("comparison.css");

/// Two projects, what they are called, and how they compare.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// What the first is called.
    pub first_name: &'a str,
    /// The first.
    pub first: &'a Project,
    /// What the second is called.
    pub second_name: &'a str,
    /// The second.
    pub second: &'a Project,
    /// How they compare.
    pub comparison: &'a Comparison,
    /// Which differences are shown.
    pub shown: Shown,
}

/// A project's name, it, and its beads of a region with their places.
type Part<'a> = (&'a str, &'a Project, Vec<(usize, &'a ReviewBead)>);

/// Which differences are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Those in which both said something, and not the same.
    OfBoth,
    /// All, also where one alone spoke.
    All,
}

impl<'a> Compared<'a> {
    fn differences(self) -> impl Iterator<Item = &'a (Region, Vec<Difference>)> {
        let all = self.shown == Shown::All;
        self.comparison
            .differences
            .iter()
            .filter(move |(_, kinds)| all || kinds.iter().any(|k| k.is_of_both()))
    }

    /// Either project with its name and its beads of a region.
    fn sides(self, region: &Region) -> [Part<'a>; 2] {
        let beads = |project: &'a Project, places: &[usize]| {
            places.iter().filter_map(|&at| Some((at, project.bead_at(at)?))).collect()
        };
        [
            (self.first_name, self.first, beads(self.first, &region.first)),
            (self.second_name, self.second, beads(self.second, &region.second)),
        ]
    }

    /// The figures, each with what it counts.
    fn figures(self) -> Vec<(String, String)> {
        let agreement = &self.comparison.agreement;
        let (both, alike) = agreement.decided();
        let (first, second) = agreement.decided_by_one();
        let percent = |share: Option<f64>| share.map_or("-".to_owned(), |s| format!("{:.1} %", s * 100.0));
        let kinds = |of: fn(&Difference) -> bool| {
            self.comparison.differences.iter().filter(|(_, kinds)| kinds.iter().any(of)).count().to_string()
        };
        vec![
            (format!("pairs in {}", self.first_name), agreement.first_pairs.to_string()),
            (format!("pairs in {}", self.second_name), agreement.second_pairs.to_string()),
            ("pairs in both, alike".to_owned(), agreement.shared_pairs.to_string()),
            ("F1 of the pairs".to_owned(), format!("{:.3}", agreement.f1())),
            ("decided in both, of what is alike".to_owned(), both.to_string()),
            ("decided alike".to_owned(), format!("{alike} ({})", percent(agreement.share()))),
            (
                "Cohen's kappa".to_owned(),
                agreement.kappa().map_or("- (nothing is left to chance)".to_owned(), |k| format!("{k:.3}")),
            ),
            (format!("decided in {} alone", self.first_name), first.to_string()),
            (format!("decided in {} alone", self.second_name), second.to_string()),
            ("places cut otherwise".to_owned(), kinds(|k| *k == Difference::Cut)),
            ("decided otherwise".to_owned(), kinds(|k| *k == Difference::Decision)),
            ("commented otherwise".to_owned(), kinds(|k| *k == Difference::Comment)),
            ("corrected otherwise".to_owned(), kinds(|k| *k == Difference::Correction)),
        ]
    }
}

fn kinds_of(kinds: &[Difference]) -> String {
    kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")
}

/// What people said of a bead, in words.
fn said(bead: &ReviewBead) -> String {
    let said = &bead.attributes;
    let mut parts = vec![said.decision.to_string()];
    if said.pinned {
        parts.push("pinned".to_owned());
    }
    if let Some(reviewer) = said.reviewer.as_ref().filter(|_| said.decision != Decision::Pending) {
        parts.push(format!("by {reviewer}"));
    }
    if !said.comment.is_empty() {
        parts.push(format!("comment: {}", said.comment));
    }
    parts.join(", ")
}

/// Writes the comparison for people, at most `most` places of it.
pub fn write_text(compared: Compared<'_>, most: usize, out: &mut dyn Write) -> io::Result<()> {
    let figures = compared.figures();
    let width = figures.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, value) in figures {
        let name = one_line(&name);
        writeln!(out, "{name}{}  {value}", " ".repeat(width.saturating_sub(name.chars().count())))?;
    }
    let mut left_out = 0_usize;
    for (index, (region, kinds)) in compared.differences().enumerate() {
        if index >= most {
            left_out += 1;
            continue;
        }
        writeln!(out, "\n{}", kinds_of(kinds))?;
        for (name, project, beads) in compared.sides(region) {
            for (at, bead) in beads {
                writeln!(out, "  {} {}: {}", one_line(name), at + 1, one_line(&said(bead)))?;
                for side in Side::BOTH {
                    let text = project.bead_text(side, bead);
                    writeln!(out, "    {}", if text.is_empty() { "-".into() } else { one_line(&text) })?;
                }
            }
        }
    }
    if left_out > 0 {
        writeln!(out, "\nand {}", counted(left_out, "more place"))?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Writes the comparison as one JSON object.
pub fn write_json(compared: Compared<'_>, out: &mut dyn Write) -> io::Result<()> {
    let agreement = &compared.comparison.agreement;
    let (both, alike) = agreement.decided();
    let (first, second) = agreement.decided_by_one();
    let table = Decision::ALL.iter().zip(&agreement.decisions).map(|(one, row)| {
        let row = Decision::ALL.iter().zip(row).map(|(other, count)| (other.name().to_owned(), json!(count)));
        (one.name().to_owned(), Value::Object(row.collect()))
    });
    let places = compared.comparison.differences.iter().map(|(region, kinds)| {
        let [one, other] = compared.sides(region).map(|(_, project, beads)| {
            let beads = beads.into_iter().map(|(at, bead)| {
                json!({
                    "pair": at + 1,
                    "type": project.bead_type(bead).to_string(),
                    "source": project.bead_text(Side::Source, bead),
                    "target": project.bead_text(Side::Target, bead),
                    "decision": bead.attributes.decision,
                    "pinned": bead.attributes.pinned,
                    "comment": bead.attributes.comment,
                    "reviewer": bead.attributes.reviewer,
                })
            });
            beads.collect::<Vec<_>>()
        });
        let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        json!({ "differ-in": kinds, "first": one, "second": other })
    });
    let value = json!({
        "first": compared.first_name,
        "second": compared.second_name,
        "pairs": { "first": agreement.first_pairs, "second": agreement.second_pairs, "both": agreement.shared_pairs },
        "f1": agreement.f1(),
        "decided": {
            "both": both, "alike": alike, "first-alone": first, "second-alone": second,
            "share": agreement.share(), "kappa": agreement.kappa(),
            "table": Value::Object(table.collect()),
        },
        "differences": places.collect::<Vec<_>>(),
    });
    writeln!(out, "{value}")
}

/// Writes the comparison as a page.
pub fn write_html(compared: Compared<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Html(Vec::new());
    let title = format!("{} and {}, compared", compared.first_name, compared.second_name);
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
        .text(&title);
    page.raw("</title>\n<style>\n").raw(STYLE).raw("</style>\n</head>\n<body>\n<header><h1>").text(&title);
    page.raw("</h1></header>\n<main>\n<table>\n<tbody>\n");
    for (name, value) in compared.figures() {
        page.raw("<tr><th scope=\"row\">").text(&name).raw("</th><td class=\"n\">").text(&value);
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n</table>\n<p class=\"said\">F1: twice the pairs that stand in both, over all pairs of both. ");
    page.raw("Kappa: Cohen 1960, <cite>A coefficient of agreement for nominal scales</cite>.</p>\n");
    page.raw("<h2>Where they differ</h2>\n");
    page.pass_on(out)?;
    let mut any = false;
    let directions =
        Sides::new(Side::Source, Side::Target).map(|side| Direction::of([compared.first.text(side)]));
    for (region, kinds) in compared.differences() {
        any = true;
        place(&mut page, compared, region, kinds, directions);
        page.pass_on(out)?;
    }
    if !any {
        page.raw("<p>Nowhere.</p>\n");
    }
    page.raw("</main>\n<footer><p>Made with muqabala ").raw(env!("CARGO_PKG_VERSION"));
    page.raw(".</p></footer>\n</body>\n</html>\n").pass_on(out)
}

fn place(
    page: &mut Html,
    compared: Compared<'_>,
    region: &Region,
    kinds: &[Difference],
    directions: Sides<Direction>,
) {
    page.raw("<section class=\"place\">\n<h3 class=\"kinds\">")
        .text(&kinds_of(kinds))
        .raw("</h3>\n<table>\n");
    for (name, project, beads) in compared.sides(region) {
        let languages = project.languages();
        for (at, bead) in beads {
            page.raw("<tr><th scope=\"row\">").text(name).raw(" ").raw(&(at + 1).to_string());
            page.raw("<br><span class=\"said\">").text(&said(bead)).raw("</span></th>");
            for side in Side::BOTH {
                page.raw("<td lang=\"").text(languages.get(side).as_str()).raw("\" dir=\"");
                page.raw(directions.get(side).name()).raw("\">");
                page.text(&project.bead_text(side, bead)).raw("</td>");
            }
            page.raw("</tr>\n");
        }
    }
    page.raw("</table>\n</section>\n");
}
