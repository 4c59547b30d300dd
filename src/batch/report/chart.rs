//! Charts as inline SVG.
//!
//! In: numbers. Out: SVG elements that take their colours from the page's style. Guarantee: no text in them comes
//! from outside but through [`escape`].

use std::fmt::Write as _;

/// `text` for a place inside an element or an attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 220.0;
/// Left, bottom: room for the labels.
const MARGIN: (f64, f64) = (44.0, 34.0);
const TOP: f64 = 12.0;

fn frame(title: &str, below: &str, content: &str) -> String {
    let (left, bottom) = MARGIN;
    let (w, h) = (WIDTH + left + 12.0, HEIGHT + bottom + TOP);
    let mut out = format!(
        "<figure><figcaption>{title}</figcaption>\n<svg viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{title}\">\n"
    );
    let floor = TOP + HEIGHT;
    let _ = writeln!(
        out,
        "<line class=\"axis\" x1=\"{left}\" y1=\"{floor}\" x2=\"{}\" y2=\"{floor}\"/>",
        left + WIDTH
    );
    for tick in 0..=10 {
        let x = left + WIDTH * f64::from(tick) / 10.0;
        let label = f64::from(tick) / 10.0;
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{label:.1}</text>",
            floor + 15.0
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{below}</text>",
        left + WIDTH / 2.0,
        floor + 31.0
    );
    out.push_str(content);
    out.push_str("</svg></figure>\n");
    out
}

/// How often values from 0 to 1 fall into each of twenty equal steps.
pub(super) fn histogram(title: &str, below: &str, values: &[f64]) -> String {
    const STEPS: usize = 20;
    let mut counts = [0_usize; STEPS];
    for value in values {
        counts[((value * STEPS as f64) as usize).min(STEPS - 1)] += 1;
    }
    let highest = counts.iter().copied().max().unwrap_or(0).max(1);
    let step = WIDTH / STEPS as f64;
    let mut content = String::new();
    for (index, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = HEIGHT * count as f64 / highest as f64;
        let x = MARGIN.0 + step * index as f64;
        let from = index as f64 / STEPS as f64;
        let to = (index + 1) as f64 / STEPS as f64;
        let _ = writeln!(
            content,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\"><title>{from:.2} to {to:.2}: {count}</title></rect>",
            x + 1.0,
            TOP + HEIGHT - height,
            step - 2.0,
        );
    }
    content.push_str(&upright(highest));
    frame(title, below, &content)
}

/// The scale of counts.
fn upright(highest: usize) -> String {
    let x = MARGIN.0 - 6.0;
    let label =
        |y: f64, count: usize| format!("<text x=\"{x}\" y=\"{y:.1}\" text-anchor=\"end\">{count}</text>\n");
    label(TOP + HEIGHT, 0) + &label(TOP + 8.0, highest)
}

/// A point of [`scatter`].
pub(super) struct Point<'a> {
    /// To the right, 0 to 1.
    pub(super) x: f64,
    /// Upwards, 0 to 1.
    pub(super) y: f64,
    /// Whether it is marked.
    pub(super) class: &'static str,
    /// What it stands for.
    pub(super) name: &'a str,
}

/// Points in the unit square.
pub(super) fn scatter(title: &str, below: &str, points: &[Point<'_>]) -> String {
    let mut content = String::new();
    for label in [0.0, 0.5, 1.0] {
        let y = TOP + HEIGHT * (1.0 - label);
        let _ = writeln!(
            content,
            "<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{label:.1}</text>",
            MARGIN.0 - 6.0,
            y + 4.0
        );
    }
    for point in points {
        let x = MARGIN.0 + WIDTH * point.x.clamp(0.0, 1.0);
        let y = TOP + HEIGHT * (1.0 - point.y.clamp(0.0, 1.0));
        let _ = writeln!(
            content,
            "<circle class=\"{}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\"><title>{}</title></circle>",
            point.class,
            escape(point.name)
        );
    }
    frame(title, below, &content)
}
