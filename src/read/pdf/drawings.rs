//! What a glyph without a name may be, by its drawing.
//!
//! In: the outline of a glyph that takes no room, y upwards. Out: the form of the alef that it has if it is one: XeLaTeX
//! leaves the alefs of ligatures with lam without a name, where a font draws them as parts. Guarantee: whether it is
//! an alef is not said here.

use hayro_interpret::kurbo::{BezPath, PathEl, Rect, Shape};

/// Forms of the alef, for glyphs that take no room: which they are is sure only where a lam stands under them.
pub(super) const ALEFS: [(&str, &str); 4] =
    [("\u{fdd1}", "ا"), ("\u{fdd2}", "آ"), ("\u{fdd3}", "أ"), ("\u{fdd4}", "إ")];

/// Parts that a drawing may have.
const MOST_PARTS: usize = 8;

/// The form of the alef that a glyph has if it is one.
pub(super) fn alef(outline: &BezPath) -> &'static str {
    let mut parts: Vec<Rect> = parts(outline).iter().map(BezPath::bounding_box).collect();
    parts.sort_by(|a, b| b.height().total_cmp(&a.height()));
    let [stem, signs @ ..] = &parts[..] else { return ALEFS[0].0 };
    let Some(sign) = signs.iter().max_by(|a, b| a.area().total_cmp(&b.area())) else { return ALEFS[0].0 };
    let form = if sign.center().y < stem.center().y {
        3
    } else if sign.width() > 2.0 * sign.height() {
        1
    } else {
        2
    };
    ALEFS[form].0
}

/// The closed lines of a drawing; of one with many none.
fn parts(outline: &BezPath) -> Vec<BezPath> {
    let mut out: Vec<BezPath> = Vec::new();
    for element in outline.elements() {
        if matches!(element, PathEl::MoveTo(_)) {
            if out.len() == MOST_PARTS {
                return Vec::new();
            }
            out.push(BezPath::new());
        }
        if let Some(part) = out.last_mut() {
            part.push(*element);
        }
    }
    out.retain(|part| part.elements().len() > 2);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(path: &str) -> BezPath {
        BezPath::from_svg(path).unwrap()
    }

    #[test]
    fn alefs_are_told_by_the_sign_they_bear() {
        let stem = "M0 0 L80 0 L80 600 L0 600 Z";
        for (sign, letter) in [
            ("", "ا"),
            ("M-80 700 L180 700 L180 760 L-80 760 Z", "آ"),
            ("M0 700 L120 700 L120 850 L0 850 Z", "أ"),
            ("M0 -250 L120 -250 L120 -80 L0 -80 Z", "إ"),
        ] {
            let form = alef(&drawn(&format!("{stem} {sign}")));
            assert_eq!(ALEFS.iter().find(|(f, _)| *f == form).unwrap().1, letter);
        }
    }
}
