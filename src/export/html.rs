//! A report for people: one HTML file that needs no other.
//!
//! What stands in it: of which documents and of which day it is, how many pairs there are and how sure they are, as
//! the review page counts, links to those that are doubtful, the alignment as a picture (inline SVG), and the texts side
//! by side with what speaks for each pair and what makes it doubtful. The source stands where its
//! script begins: Arabic at the right. It speaks English or Arabic, has a light and a dark look, can be printed, and runs no script.
//! Lost: characters that XML cannot hold.

use std::io::{self, Write};

use super::markup::Html;
use super::options::WriteOptions;
use super::report_words::ReportLanguage;
use super::view::BeadView;
use crate::bitext::{Side, Sides, rounded_down};
use crate::formats::{Direction, Head};
use crate::language::Profile;

const STYLE: &str = include_str!("report.css");

/// Writes the report.
pub fn write<'a>(
    beads: impl Iterator<Item = BeadView<'a>> + Clone,
    head: &Head,
    options: &WriteOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut html = Html(Vec::new());
    let words = options.report.language;
    let (source, target) = (head.languages.source.as_str(), head.languages.target.as_str());
    html.raw("<!DOCTYPE html>\n<html lang=\"").raw(words.tag()).raw("\" dir=\"").raw(words.direction());
    html.raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        .text(&title(options).unwrap_or_else(|| format!("{source} – {target}")));
    html.raw("</title>\n<style>\n").raw(STYLE).raw("</style>\n</head>\n<body>\n<header>\n<div>\n<h1>");
    if let Some(files) = &options.report.files {
        html.raw("<bdi>").text(&files.source).raw("</bdi> – <bdi>").text(&files.target).raw("</bdi></h1>\n");
    } else {
        html.text(&language_name(source, words)).raw(" – ").text(&language_name(target, words));
        html.raw("</h1>\n");
    }
    if let Some(date) = options.tmx.creation_date {
        html.raw("<p class=\"date\">").text(&words.day(date)).raw("</p>\n");
    }
    summary(&mut html, beads.clone(), words);
    doubtful(&mut html, beads.clone(), words);
    html.raw("</div>\n");
    plot(&mut html, beads.clone(), words);
    html.raw("</header>\n<main>\n<table dir=\"").raw(head.directions.source.name()).raw("\">\n<thead><tr>");
    heading(&mut html, Side::Source, head, words);
    html.raw("<th scope=\"col\" class=\"about\"><span class=\"hidden\">");
    html.raw(words.pick(["confidence", "الثقة"])).raw("</span></th>");
    heading(&mut html, Side::Target, head, words);
    html.raw("</tr></thead>\n<tbody>\n");
    html.pass_on(out)?;
    for (index, bead) in beads.enumerate() {
        row(&mut html, index, &bead, head, words);
        html.pass_on(out)?;
    }
    html.raw("</tbody>\n</table>\n</main>\n<footer><p>").raw(words.pick(["Made with", "صُنع ببرنامج"]));
    html.raw(" <bdi>muqabala ").raw(env!("CARGO_PKG_VERSION")).raw("</bdi>");
    html.raw(".</p></footer>\n</body>\n</html>\n").pass_on(out)
}

/// The heading of a column, at the side where its texts begin.
fn heading(html: &mut Html, side: Side, head: &Head, words: ReportLanguage) {
    let align = if head.directions.get(side).is_rtl() { "right" } else { "left" };
    html.raw("<th scope=\"col\" style=\"text-align: ").raw(align).raw("\">");
    html.text(&language_name(head.languages.get(side).as_str(), words)).raw("</th>");
}

/// What the reader calls a language; a code without a profile stands as it is.
fn language_name(code: &str, words: ReportLanguage) -> String {
    let (primary, rest) = code.split_once('-').map_or((code, None), |(p, r)| (p, Some(r)));
    let name = match primary {
        "und" => Some(words.pick(["Undetermined", "لغة غير محدَّدة"])),
        "ar" => Some(words.pick(["Arabic", "العربية"])),
        "en" => Some(words.pick(["English", "الإنجليزية"])),
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

/// The names of the documents.
fn title(options: &WriteOptions) -> Option<String> {
    options.report.files.as_ref().map(|files| format!("{} – {}", files.source, files.target))
}

/// How many pairs there are of each kind, as the review page counts them.
fn summary<'a>(html: &mut Html, beads: impl Iterator<Item = BeadView<'a>>, words: ReportLanguage) {
    let (mut pairs, mut doubtful, mut flagged, mut decided) = (0_usize, 0_usize, 0_usize, 0_usize);
    let (mut reviewed, mut alone) = (false, [0_usize; 2]);
    for bead in beads {
        pairs += 1;
        doubtful += usize::from(bead.is_doubtful());
        if let Some(review) = &bead.review {
            reviewed = true;
            flagged += usize::from(review.status == "flagged");
            decided += usize::from(review.status != "flagged" && review.status != "pending");
        }
        if bead.is_null() {
            for (count, side) in alone.iter_mut().zip(Side::BOTH) {
                *count += bead.segments.get(side).len();
            }
        }
    }
    let [source, target] = alone;
    html.raw("<dl>\n");
    let items = [
        ("sure", ["pairs", "الأزواج"], pairs, true),
        ("sure", ["decided", "حُسم"], decided, reviewed),
        ("doubtful", ["doubtful", "مشكوك فيه"], doubtful, true),
        ("doubtful", ["flagged", "عليه علامة"], flagged, reviewed),
        ("alone", ["source segments without counterpart", "مقاطع من الأصل بلا مقابل"], source, true),
        ("alone", ["target segments without counterpart", "مقاطع من الترجمة بلا مقابل"], target, true),
    ];
    for (class, name, count, _) in items.into_iter().filter(|item| item.3) {
        html.raw("<div class=\"").raw(class).raw("\"><dt>").raw(words.pick(name)).raw("</dt><dd>");
        html.raw(&words.number(count)).raw("</dd></div>\n");
    }
    html.raw("</dl>\n");
}

/// What needs a look comes first: links to the doubtful pairs.
fn doubtful<'a>(html: &mut Html, beads: impl Iterator<Item = BeadView<'a>>, words: ReportLanguage) {
    /// Links at most; the table has the others.
    const MOST: usize = 200;
    let found = || beads.enumerate().filter(|(_, bead)| bead.is_doubtful()).map(|(index, _)| index + 1);
    let numbers: Vec<usize> = found().take(MOST + 1).collect();
    if numbers.is_empty() {
        return;
    }
    html.raw("<p class=\"look\">").raw(words.pick(["To look at:", "للنظر فيها:"]));
    for number in numbers.iter().take(MOST) {
        html.raw(&format!(" <a href=\"#b{number}\">{}</a>", words.number(*number)));
    }
    html.raw(if numbers.len() > MOST { " …" } else { "" }).raw("</p>\n");
}

/// The alignment as a picture: down the source, across the target.
fn plot<'a>(html: &mut Html, beads: impl Iterator<Item = BeadView<'a>> + Clone, words: ReportLanguage) {
    /// A segment without counterpart stands after the bead before it, as a thin line.
    const THIN: f64 = 0.25;
    let end = |side: Side| beads.clone().map(|b| b.segments.get(side).end).max().unwrap_or(0).max(1);
    let (height, width) = (end(Side::Source), end(Side::Target));
    let label = words.pick([
        "The alignment: source segments from top to bottom, target segments from left to right",
        "المقابلة: مقاطع الأصل من أعلى إلى أسفل، ومقاطع الترجمة من اليمين إلى اليسار",
    ]);
    html.raw(&format!(
        "<figure>\n<svg viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{label}\">\n"
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
    html.raw("</svg>\n<figcaption>");
    html.raw(words.pick(["↓ source · target →", "↓ الأصل · الترجمة ←"])).raw("</figcaption>\n</figure>\n");
}

fn row(html: &mut Html, index: usize, bead: &BeadView<'_>, head: &Head, words: ReportLanguage) {
    html.raw(&format!("<tr id=\"b{}\" class=\"{}", index + 1, class(bead)));
    if let Some(review) = &bead.review {
        html.raw(" ").text(&review.status);
    }
    html.raw("\">");
    cell(html, Side::Source, bead, head, words);
    html.raw("<td class=\"about\">");
    html.raw("<span class=\"type\" title=\"").raw(&bead.bead_type().to_string()).raw("\">");
    html.raw(&kind(bead)).raw("</span>");
    // What a person made or fixed has no share: it is by hand, as its mark says.
    if let Some(confidence) = bead.confidence.filter(|_| !bead.is_null() && !bead.pinned) {
        let confidence = rounded_down(confidence);
        let width = (confidence * 100.0).round();
        html.raw(&format!("<span class=\"share\">{}</span><span class=\"bar\" aria-hidden=\"true\"><i style=\"width:{width}%\"></i></span>", words.percent(confidence)));
    }
    // What stands alone has a look of its own: that it is doubtful must be said.
    let doubtful = bead.is_null() && bead.is_doubtful();
    for (mark, stands) in [
        (["out of order", "خارج الترتيب"], bead.crossing),
        (["by hand", "يدوي"], bead.pinned),
        (["doubtful", "مشكوك فيه"], doubtful),
    ] {
        if stands {
            html.raw("<span class=\"mark\">").raw(words.pick(mark)).raw("</span>");
        }
    }
    if let Some(review) = bead.review.as_ref().filter(|r| r.status != "pending") {
        html.raw("<span class=\"mark\">").text(words.decision(&review.status)).raw("</span>");
    }
    html.raw("</td>");
    cell(html, Side::Target, bead, head, words);
    html.raw("</tr>\n");
    let because = words.evidence(&bead.evidence);
    let comment = bead.review.as_ref().map(|r| &*r.comment).unwrap_or_default();
    if (because.is_empty() || bead.is_null()) && bead.doubts.is_empty() && comment.is_empty() {
        return;
    }
    html.raw("<tr class=\"why\"><td colspan=\"3\" dir=\"").raw(words.direction()).raw("\">");
    if !because.is_empty() && !bead.is_null() {
        html.raw("<p>").text(&because).raw("</p>");
    }
    for doubt in words.doubts(bead) {
        html.raw("<p class=\"doubt\">").text(&doubt).raw("</p>");
    }
    if !comment.is_empty() {
        html.raw("<p class=\"comment\" dir=\"auto\">").text(comment).raw("</p>");
    }
    html.raw("</td></tr>\n");
}

/// How many segments a pair has on each side, as a picture, the source first: it turns with the columns.
fn kind(bead: &BeadView<'_>) -> String {
    let dots = |side: Side| match bead.segments.get(side).len() {
        0 => "○".to_owned(),
        n @ 1..=4 => "●".repeat(n),
        n => format!("{n}×●"),
    };
    format!("{}–{}", dots(Side::Source), dots(Side::Target))
}

fn cell(html: &mut Html, side: Side, bead: &BeadView<'_>, head: &Head, words: ReportLanguage) {
    let range = bead.segments.get(side);
    if range.is_empty() {
        html.raw("<td class=\"none\"></td>");
        return;
    }
    html.raw("<td lang=\"").text(head.languages.get(side).as_str()).raw("\" dir=\"");
    html.raw(head.directions.get(side).name()).raw("\"><span class=\"key\">");
    if range.len() == 1 {
        html.raw(&words.number(range.start + 1));
    } else {
        html.raw(&words.digits(&format!("{}–{}", range.start + 1, range.end)));
    }
    let text = &**bead.texts.get(side);
    let direction = Direction::of_line(text, *head.directions.get(side));
    html.raw("</span><bdi dir=\"").raw(direction.name()).raw("\">").text(text).raw("</bdi></td>");
}
