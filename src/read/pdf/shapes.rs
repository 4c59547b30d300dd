//! What a glyph stands for → letters: presentation forms folded, ligatures put right, marks joined to their letters.
//!
//! In: the glyphs of a document in the order of drawing. Out: the same without those of marks alone, whose marks
//! stand behind the letter they belong to, in canonical order (NFC), and without what is drawn again. Which neighbour that is depends on the producer
//! and is told per document: from the places of marks whose neighbours disagree. Guarantee: a letter is never lost.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::drawings::ALEFS;
use super::glyphs::{Glyph, Sheet, UNKNOWN};
use super::names::PART;
use super::overprint;
use crate::normalize::is_mark_or_form;

/// Which base a mark belongs to, in the order of drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// The one drawn before it.
    Before,
    /// The one drawn after it.
    After,
}

/// What is left without a name, besides what was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Nameless {
    pub letters: usize,
    /// Signs on letters that the letters do not name: a hamza, harakat.
    pub marks: usize,
}

/// Folds what all glyphs stand for, and joins marks to their letters; says what this leaves unknown.
pub(super) fn mend(sheets: &mut [Sheet]) -> Nameless {
    let mut nameless = Nameless::default();
    for glyph in sheets.iter_mut().flat_map(|s| &mut s.glyphs) {
        let folded = letters(&glyph.text);
        if folded != glyph.text {
            glyph.text = folded;
        }
    }
    for sheet in &mut *sheets {
        join_parts(&mut sheet.glyphs, &mut nameless);
        name_alefs(&mut sheet.glyphs);
        sheet.glyphs.retain(|g| !g.text.is_empty());
        overprint::drop_copies(&mut sheet.glyphs);
        drop_repeated(&mut sheet.glyphs);
    }
    let habit = habit(sheets);
    for sheet in sheets {
        join_marks(&mut sheet.glyphs, habit);
    }
    nameless
}

/// The letters that a text of a glyph stands for.
fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Written as such: the formulas with ﷺ and their like, and ornate brackets.
            '\u{fdf0}'..='\u{fdff}' | '\u{fd3e}' | '\u{fd3f}' => out.push(c),
            '\u{fb00}'..='\u{fb06}' | '\u{fb1d}'..='\u{fdef}' | '\u{fe70}'..='\u{fefc}' => {
                // The forms of marks alone have a blank or a tatweel to stand on.
                let mark = is_mark_or_form(c);
                let form = std::iter::once(c).nfkc();
                out.extend(form.filter(|c| !(mark && matches!(c, ' ' | '\u{640}'))));
            }
            '\u{200e}'
            | '\u{200f}'
            | '\u{61c}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    ligature(out)
}

/// No font has a ligature of alef and lam: where one glyph stands for both in this order, the producer turned
/// lam and alef round. The same holds for the name of God, which fonts have a ligature for.
fn ligature(text: String) -> String {
    let mut bases = text.chars().filter(|c| !is_mark_or_form(*c));
    let alef = |c| matches!(c, 'ا' | 'أ' | 'إ' | 'آ' | 'ٱ');
    match (bases.next(), bases.next(), bases.next(), bases.next()) {
        (Some(first), Some('ل'), None, _) if alef(first) => {
            let marks = text.chars().filter(|c| is_mark_or_form(*c));
            ['ل', first].into_iter().chain(marks).collect()
        }
        (Some('ه'), Some('ل'), Some('ل'), _) => text.chars().rev().collect(),
        _ => text,
    }
}

/// Gives the room of glyphs that are parts of what another stands for to this other one, which takes none itself; a part
/// without one is unknown, as is a mark.
fn join_parts(glyphs: &mut [Glyph], nameless: &mut Nameless) {
    for index in 0..glyphs.len() {
        if glyphs[index].text != PART {
            continue;
        }
        let part = glyphs[index].clone();
        let is_whole = |g: &Glyph| {
            g.is_narrow()
                && g.text.chars().any(|c| c.is_alphabetic() && !is_mark_or_form(c))
                && (g.baseline - part.baseline).abs() < part.size
                && (part.left - 0.1 * part.size..part.right + 0.1 * part.size).contains(&g.left)
        };
        let around = index.saturating_sub(2)..(index + 3).min(glyphs.len());
        glyphs[index].text.clear();
        if part.is_narrow() {
            nameless.marks += 1;
            continue;
        }
        if let Some(whole) = glyphs[around].iter_mut().find(|g| is_whole(g)) {
            (whole.left, whole.right) = (part.left, part.right);
        } else {
            UNKNOWN.clone_into(&mut glyphs[index].text);
            nameless.letters += 1;
        }
    }
}

/// A part of a ligature of lam and alef, drawn where the lam is, is the alef even if nothing says so; which one it is, its
/// drawing tells. Others that take no room are marks nobody can name.
fn name_alefs(glyphs: &mut [Glyph]) {
    for index in 0..glyphs.len() {
        if !(glyphs[index].is_unknown() && glyphs[index].is_narrow()) {
            continue;
        }
        let (left, baseline, size) = (glyphs[index].left, glyphs[index].baseline, glyphs[index].size);
        let is_lam = |g: &Glyph| {
            g.text == "ل"
                && (g.left - left).abs() < 0.05 * size
                && (g.baseline - baseline).abs() < 0.05 * size
        };
        // Marks may be drawn between the two.
        let around = index.saturating_sub(3)..(index + 4).min(glyphs.len());
        let lam = glyphs[around].iter().any(is_lam);
        let form =
            ALEFS.iter().find(|(form, _)| *form == glyphs[index].text).map_or("ا", |(_, letter)| letter);
        glyphs[index].text = if lam { form.to_owned() } else { String::new() };
    }
}

/// Some producers give the text of a letter with its marks to the glyph of each of them.
fn drop_repeated(glyphs: &mut Vec<Glyph>) {
    // The alef of a ligature takes no room, and may well stand beside another one.
    let near = |a: &Glyph, b: &Glyph| {
        let reach = if a.text == "ا" { 0.02 * a.size } else { 0.5 * a.size };
        a.text == b.text
            && (a.baseline - b.baseline).abs() < a.size
            && a.left < b.right + reach
            && b.left < a.right + reach
    };
    let mut keep = vec![true; glyphs.len()];
    for (index, glyph) in glyphs.iter().enumerate() {
        let letter = glyph.text.chars().next().is_some_and(|c| !is_mark_or_form(c) && c.is_alphabetic());
        if !letter || !glyph.is_narrow() {
            continue;
        }
        let after = glyphs[index + 1..].iter().take_while(|g| near(glyph, g)).count();
        // The last of them stays, or the one that takes room.
        keep[index] = after == 0 && !(index > 0 && near(glyph, &glyphs[index - 1]) && keep[index - 1]);
    }
    let mut flags = keep.into_iter();
    glyphs.retain(|_| flags.next().unwrap_or(true));
}

/// What the places of marks tell.
fn habit(sheets: &[Sheet]) -> Habit {
    let (mut before, mut after, mut rising, mut falling) = (0, 0, 0, 0);
    for sheet in sheets {
        for (index, glyph) in sheet.glyphs.iter().enumerate() {
            let Some(ink) = glyph.ink.filter(|_| glyph.is_mark()) else { continue };
            let distance = |base: Option<&Glyph>| {
                let base = base.filter(|b| (b.baseline - glyph.baseline).abs() < glyph.size)?;
                Some((base.left - ink).max(ink - base.right).max(0.0))
            };
            let base = |g: &&Glyph| !g.is_mark();
            let earlier = sheet.glyphs[..index].iter().rev().take(8).find(base);
            let later = sheet.glyphs[index + 1..].iter().take(8).find(base);
            if let (Some(a), Some(b)) = (earlier, later) {
                if a.left < b.left { rising += 1 } else { falling += 1 }
            }
            match (distance(earlier), distance(later)) {
                (Some(a), Some(b)) if a < b => before += 1,
                (Some(a), Some(b)) if b < a => after += 1,
                _ => {}
            }
        }
    }
    if before + after < 6 {
        return if rising >= falling { Habit::After } else { Habit::Before };
    }
    if before > after { Habit::Before } else { Habit::After }
}

fn join_marks(glyphs: &mut Vec<Glyph>, habit: Habit) {
    let mut out: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut waiting: Vec<Glyph> = Vec::new();
    for mut glyph in glyphs.drain(..) {
        if !glyph.is_mark() {
            // What stretches a word carries no mark.
            if !is_stretching(&glyph) {
                for mark in std::mem::take(&mut waiting) {
                    put_on(&mut glyph, &mark);
                }
            }
            out.push(glyph);
            continue;
        }
        match (habit, out.iter_mut().rev().find(|g| !is_stretching(g))) {
            (Habit::Before, Some(base)) => put_on(base, &glyph),
            _ => waiting.push(glyph),
        }
    }
    if let Some(base) = out.last_mut() {
        for mark in waiting {
            put_on(base, &mark);
        }
    }
    *glyphs = out;
}

/// Whether a glyph stretches a word: a tatweel.
pub(super) fn is_stretching(glyph: &Glyph) -> bool {
    glyph.text == "\u{640}"
}

/// Puts a mark on a base: behind its last letter, or behind the first of a ligature of two where it stands on the
/// right half.
fn put_on(base: &mut Glyph, mark: &Glyph) {
    if base.text.chars().all(char::is_whitespace) {
        return;
    }
    // What names a letter with its marks may draw these beside it.
    let single = base.text.chars().filter(|c| !is_mark_or_form(*c)).count() == 1;
    if single && base.text.chars().nfd().any(|c| mark.text.nfd().eq([c])) {
        return;
    }
    let mut letters = base.text.char_indices().filter(|(_, c)| !is_mark_or_form(*c));
    let pair = (letters.next(), letters.next(), letters.next());
    let middle = f32::midpoint(base.left, base.right);
    match pair {
        (Some((_, 'ل')), Some((alef, 'ا' | 'أ' | 'إ' | 'آ' | 'ٱ')), None)
            if mark.ink.unwrap_or(mark.left) > middle =>
        {
            base.text.insert_str(alef, &mark.text);
        }
        _ => base.text.push_str(&mark.text),
    }
    if mark.text.chars().any(|c| canonical_combining_class(c) != 0) {
        base.text = base.text.nfc().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(text: &str, left: f32, width: f32, ink: Option<f32>) -> Glyph {
        Glyph { text: text.to_owned(), left, right: left + width, ink, baseline: 100.0, size: 10.0 }
    }

    fn mended(glyphs: Vec<Glyph>) -> Vec<String> {
        let mut sheets = [Sheet { glyphs }];
        mend(&mut sheets);
        sheets[0].glyphs.iter().map(|g| g.text.clone()).collect()
    }

    #[test]
    fn forms_become_letters_and_lam_comes_before_alef() {
        let given = ["ﻻ", "اﻟ", "ﷺ", "ﻷ", "هللا", "ﹷ", "ﬁ", "آل"];
        let letters: Vec<String> = given.map(letters).to_vec();
        assert_eq!(letters, ["لا", "لا", "ﷺ", "لأ", "الله", "\u{64e}", "fi", "لآ"]);
    }

    #[test]
    fn marks_go_to_the_letter_they_stand_on_whatever_the_order() {
        let fatha = "\u{64e}";
        // From left to right as it is seen, each mark before its letter; and the other way round.
        let seen = || {
            ["ت", "ب", "ا", "ل", "ت", "ب", "ا"].iter().enumerate().flat_map(move |(n, letter)| {
                let left = 10.0 * n as f32;
                [glyph(fatha, left + 1.0, 0.0, Some(left + 3.0)), glyph(letter, left, 9.0, None)]
            })
        };
        let expected: Vec<String> =
            ["ت", "ب", "ا", "ل", "ت", "ب", "ا"].iter().map(|l| format!("{l}{fatha}")).collect();
        assert_eq!(mended(seen().collect()), expected);
        let mut reading: Vec<String> = expected;
        reading.reverse();
        let given: Vec<Glyph> = seen().collect::<Vec<_>>().into_iter().rev().collect();
        assert_eq!(mended(given), reading);
    }

    #[test]
    fn marks_of_lam_alef_go_to_the_letter_they_stand_over() {
        let given = vec![
            glyph("\u{64e}", 2.0, 0.0, Some(3.0)),
            glyph("\u{652}", 8.0, 0.0, Some(9.0)),
            glyph("ﻷ", 2.0, 8.0, None),
        ];
        assert_eq!(mended(given), ["ل\u{652}أ\u{64e}"]);
    }

    #[test]
    fn the_alef_of_a_ligature_is_known_without_a_name() {
        let unknown = "\u{fffd}";
        assert_eq!(mended(vec![glyph(unknown, 2.0, 0.0, None), glyph("ﻠ", 2.0, 6.0, None)]), ["ا", "ل"]);
        let madda = ALEFS[1].0;
        assert_eq!(mended(vec![glyph(madda, 2.0, 0.0, None), glyph("ﻠ", 2.0, 6.0, None)]), ["آ", "ل"]);
        assert_eq!(mended(vec![glyph(unknown, 4.0, 0.0, None), glyph("ﻠ", 2.0, 6.0, None)]), ["ل"]);
        assert_eq!(mended(vec![glyph(unknown, 2.0, 5.0, None)]), [unknown]);
    }

    #[test]
    fn parts_give_their_room_to_the_whole() {
        let given = || vec![glyph(PART, 2.0, 5.0, None), glyph("أ", 3.0, 0.0, None)];
        let mut sheets = [Sheet { glyphs: given() }];
        mend(&mut sheets);
        assert_eq!(sheets[0].glyphs, [glyph("أ", 2.0, 5.0, None)]);
        assert_eq!(mended(vec![glyph(PART, 2.0, 5.0, None), glyph("ب", 7.0, 4.0, None)]), [UNKNOWN, "ب"]);
        let mut sheets = [Sheet { glyphs: vec![glyph(PART, 2.0, 0.0, None), glyph("ب", 2.0, 4.0, None)] }];
        assert_eq!(mend(&mut sheets), Nameless { letters: 0, marks: 1 });
        assert_eq!(sheets[0].glyphs, [glyph("ب", 2.0, 4.0, None)]);
    }

    #[test]
    fn a_mark_that_its_letter_has_is_given_once() {
        let fatha = "\u{64e}";
        let given = vec![glyph("أ\u{64e}", 2.0, 5.0, None), glyph(fatha, 2.0, 0.0, Some(4.0))];
        assert_eq!(mended(given), ["أ\u{64e}"]);
    }

    #[test]
    fn a_letter_that_each_of_its_glyphs_gives_is_given_once() {
        let text = "ن\u{64e}";
        assert_eq!(mended(vec![glyph(text, 3.0, 0.0, None), glyph(text, 2.0, 4.0, None)]), [text]);
        let lam_alef = vec![glyph("ا", 2.0, 0.0, None), glyph("ل", 2.0, 4.0, None)];
        assert_eq!(mended(lam_alef), ["ا", "ل"]);
        assert_eq!(mended(vec![glyph("ل", 2.0, 4.0, None), glyph("ل", 6.0, 4.0, None)]), ["ل", "ل"]);
    }
}
