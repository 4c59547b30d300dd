//! A report for people: one HTML file that needs no other.
//!
//! What stands in it: how many beads there are and how sure they are, the alignment as a picture (inline SVG), and
//! the texts side by side with what speaks for each pair and what makes it doubtful. The source stands where its
//! script begins: Arabic at the right. It has a light and a dark look, can be printed, and runs no script.
//! Lost: characters that XML cannot hold.

use std::io::{self, Write};

use super::readable::evidence_in_words;
use super::view::BeadView;
use crate::bitext::{Side, Sides, rounded_down};
use crate::formats::{Direction, Head};
use crate::language::Profile;
use crate::tmx::{Place, escape_into};

const STYLE: &str = include_str!("report.css");

/// Writes the report.
pub fn write<'a>(
    beads: impl Iterator<Item = BeadView<'a>> + Clone,
    head: &Head,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut html = Html(Vec::new());
    let (source, target) = (head.languages.source.as_str(), head.languages.target.as_str());
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        .text(&format!("{source} – {target}, aligned"));
    html.raw("</title>\n<style>\n").raw(STYLE).raw("</style>\n</head>\n<body>\n<header>\n<div>\n<h1>");
    html.text(&language_name(source)).raw(" – ").text(&language_name(target)).raw("</h1>\n");
    summary(&mut html, beads.clone());
    html.raw("</div>\n");
    plot(&mut html, beads.clone());
    html.raw("</header>\n<main>\n<table dir=\"").raw(head.directions.source.name()).raw("\">\n<thead><tr>");
    heading(&mut html, Side::Source, head);
    html.raw("<th scope=\"col\" class=\"about\"><span class=\"hidden\">confidence</span></th>");
    heading(&mut html, Side::Target, head);
    html.raw("</tr></thead>\n<tbody>\n");
    html.pass_on(out)?;
    for (index, bead) in beads.enumerate() {
        row(&mut html, index, &bead, head);
        html.pass_on(out)?;
    }
    html.raw("</tbody>\n</table>\n</main>\n<footer><p>Made with muqabala ").raw(env!("CARGO_PKG_VERSION"));
    html.raw(".</p></footer>\n</body>\n</html>\n").pass_on(out)
}

/// The heading of a column, at the side where its texts begin.
fn heading(html: &mut Html, side: Side, head: &Head) {
    let align = if head.directions.get(side).is_rtl() { "right" } else { "left" };
    html.raw("<th scope=\"col\" style=\"text-align: ").raw(align).raw("\">");
    html.text(&language_name(head.languages.get(side).as_str())).raw("</th>");
}

/// What the reader calls a language; a code without a profile stands as it is.
fn language_name(code: &str) -> String {
    let (primary, rest) = code.split_once('-').map_or((code, None), |(p, r)| (p, Some(r)));
    let name = match primary {
        "und" => Some("Undetermined"),
        _ => Profile::of_code(primary).map(Profile::name),
    };
    match (name, rest) {
        (Some(name), Some(rest)) => format!("{name} ({rest})"),
        (Some(name), None) => name.to_owned(),
        (None, _) => code.to_owned(),
    }
}

/// How sure a bead is, as a class of the style sheet.
fn class(bead: &BeadView<'_>) -> &'static str {
    match bead.confidence {
        _ if bead.is_null() => "alone",
        _ if bead.is_doubtful() => "doubtful",
        None => "unknown",
        Some(_) => "sure",
    }
}

fn summary<'a>(html: &mut Html, beads: impl Iterator<Item = BeadView<'a>>) {
    let (mut linked, mut doubtful, mut alone) = (0_usize, 0_usize, [0_usize; 2]);
    for bead in beads {
        doubtful += usize::from(bead.is_doubtful());
        if !bead.is_null() {
            linked += 1;
            continue;
        }
        for (count, side) in alone.iter_mut().zip(Side::BOTH) {
            *count += bead.segments.get(side).len();
        }
    }
    let [source, target] = alone;
    html.raw("<dl>\n");
    let items = [
        ("sure", "aligned pairs", linked),
        ("doubtful", "doubtful", doubtful),
        ("alone", "source segments without counterpart", source),
        ("alone", "target segments without counterpart", target),
    ];
    for (class, name, count) in items {
        html.raw("<div class=\"").raw(class).raw("\"><dt>").raw(name).raw("</dt><dd>");
        html.raw(&count.to_string()).raw("</dd></div>\n");
    }
    html.raw("</dl>\n");
}

/// The alignment as a picture: down the source, across the target.
fn plot<'a>(html: &mut Html, beads: impl Iterator<Item = BeadView<'a>> + Clone) {
    /// A segment without counterpart stands after the bead before it, as a thin line.
    const THIN: f64 = 0.25;
    let end = |side: Side| beads.clone().map(|b| b.segments.get(side).end).max().unwrap_or(0).max(1);
    let (height, width) = (end(Side::Source), end(Side::Target));
    html.raw(&format!(
        "<figure>\n<svg viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"The alignment: source segments from top to bottom, target segments from left to right\">\n"
    ));
    let mut reached = Sides::new(0, 0);
    for (index, bead) in beads.enumerate() {
        let place = Sides::new(Side::Source, Side::Target).map(|side| {
            let range = bead.segments.get(side);
            if range.is_empty() { (*reached.get(side), THIN) } else { (range.start, range.len() as f64) }
        });
        let (bead_type, class) = (bead.bead_type(), class(&bead));
        let ((y, height), (x, width)) = (place.source, place.target);
        html.raw(&format!(
            "<a href=\"#b{}\"><rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{bead_type}</title></rect></a>\n",
            index + 1,
        ));
        for side in Side::BOTH {
            let range = bead.segments.get(side);
            if !range.is_empty() {
                *reached.get_mut(side) = range.end;
            }
        }
    }
    html.raw("</svg>\n<figcaption>↓ source · target →</figcaption>\n</figure>\n");
}

fn row(html: &mut Html, index: usize, bead: &BeadView<'_>, head: &Head) {
    html.raw(&format!("<tr id=\"b{}\" class=\"{}", index + 1, class(bead)));
    if let Some(review) = &bead.review {
        html.raw(" ").text(&review.status);
    }
    html.raw("\">");
    cell(html, Side::Source, bead, head);
    html.raw("<td class=\"about\" dir=\"ltr\">");
    html.raw(&format!("<span class=\"type\">{}</span>", bead.bead_type()));
    // What a person made or fixed has no share: it is by hand, as its mark says.
    if let Some(confidence) = bead.confidence.filter(|_| !bead.is_null() && !bead.pinned) {
        let confidence = rounded_down(confidence);
        let width = (confidence * 100.0).round();
        html.raw(&format!("<span class=\"share\">{confidence:.2}</span><span class=\"bar\" aria-hidden=\"true\"><i style=\"width:{width}%\"></i></span>"));
    }
    // What stands alone has a look of its own: that it is doubtful must be said.
    let doubtful = bead.is_null() && bead.is_doubtful();
    for (mark, stands) in [("moved", bead.crossing), ("by hand", bead.pinned), ("doubtful", doubtful)] {
        if stands {
            html.raw("<span class=\"mark\">").raw(mark).raw("</span>");
        }
    }
    if let Some(review) = bead.review.as_ref().filter(|r| r.status != "pending") {
        html.raw("<span class=\"mark\">").text(&review.status).raw("</span>");
    }
    html.raw("</td>");
    cell(html, Side::Target, bead, head);
    html.raw("</tr>\n");
    let because = evidence_in_words(&bead.evidence);
    let comment = bead.review.as_ref().map(|r| &*r.comment).unwrap_or_default();
    if (because.is_empty() || bead.is_null()) && bead.doubts.is_empty() && comment.is_empty() {
        return;
    }
    html.raw("<tr class=\"why\"><td colspan=\"3\" dir=\"ltr\">");
    if !because.is_empty() && !bead.is_null() {
        html.raw("<p>").text(&because).raw("</p>");
    }
    for doubt in &bead.doubts {
        html.raw("<p class=\"doubt\">").text(&doubt.text).raw("</p>");
    }
    if !comment.is_empty() {
        html.raw("<p class=\"comment\" dir=\"auto\">").text(comment).raw("</p>");
    }
    html.raw("</td></tr>\n");
}

fn cell(html: &mut Html, side: Side, bead: &BeadView<'_>, head: &Head) {
    let range = bead.segments.get(side);
    if range.is_empty() {
        html.raw("<td class=\"none\"></td>");
        return;
    }
    html.raw("<td lang=\"").text(head.languages.get(side).as_str()).raw("\" dir=\"");
    html.raw(head.directions.get(side).name()).raw("\"><span class=\"key\">");
    if range.len() == 1 {
        html.raw(&(range.start + 1).to_string());
    } else {
        html.raw(&format!("{}–{}", range.start + 1, range.end));
    }
    let text = &**bead.texts.get(side);
    let direction = Direction::of_or([text], *head.directions.get(side));
    html.raw("</span><bdi dir=\"").raw(direction.name()).raw("\">").text(text).raw("</bdi></td>");
}

struct Html(Vec<u8>);

impl Html {
    fn raw(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        // In attributes and between tags alike.
        escape_into(&mut self.0, text, Place::Attribute);
        self
    }

    fn pass_on(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&self.0)?;
        self.0.clear();
        Ok(())
    }
}
