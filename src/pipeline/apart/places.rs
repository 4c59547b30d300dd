//! What a piece is by its place among others.
//!
//! In: what each piece is as far as it says so itself. Out: the same, with pieces that say nothing told by what stands
//! before and after. Guarantee: nothing is told where the two neighbours leave a choice.

use super::tell::Piece;
use crate::bitext::Side;

/// How two languages follow each other: of a hundred neighbours so many must do so.
const REGULAR: usize = 90;
/// Pieces in a row that are told by their place, at most.
const MOST: usize = 4;

/// Tells pieces without a language by their place.
pub(super) fn fill(pieces: &mut [Piece]) {
    let known: Vec<Side> = pieces.iter().filter_map(|p| p.side()).collect();
    let turns = known.windows(2).filter(|w| w[0] != w[1]).count();
    let neighbours = known.len().saturating_sub(1);
    let alternate = turns * 100 >= neighbours * REGULAR;
    let mut at = 0;
    while at < pieces.len() {
        let length = pieces[at..].iter().take_while(|p| p.side().is_none()).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let (before, after) = (
            at.checked_sub(1).and_then(|b| pieces[b].side()),
            pieces.get(at + length).and_then(|p| p.side()),
        );
        let silent = pieces[at..at + length].iter().all(|p| *p == Piece::Silent);
        if let (Some(before), Some(after), true) = (before, after, silent && length <= MOST) {
            // With so many between them, alternating neighbours are alike or not.
            let fits = alternate && (before == after) == (length % 2 == 1);
            for (place, piece) in pieces[at..at + length].iter_mut().enumerate() {
                if fits {
                    *piece = Piece::Of(if place % 2 == 0 { before.opposite() } else { before });
                } else if !alternate && before == after {
                    *piece = Piece::Of(before);
                }
            }
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a` and `b` are pieces of the sides, `.` says nothing, `x` is of neither.
    fn filled(line: &str) -> String {
        let mut pieces: Vec<Piece> = line
            .chars()
            .map(|c| match c {
                'a' => Piece::Of(Side::Source),
                'b' => Piece::Of(Side::Target),
                '.' => Piece::Silent,
                _ => Piece::Neither,
            })
            .collect();
        fill(&mut pieces);
        let shown = |p: &Piece| match p {
            Piece::Of(Side::Source) => 'a',
            Piece::Of(Side::Target) => 'b',
            Piece::Silent => '.',
            Piece::Neither => 'x',
        };
        pieces.iter().map(shown).collect()
    }

    #[test]
    fn places_tell_where_they_leave_no_choice() {
        // Line by line: one is missing between two alike, two between two unlike.
        assert_eq!(filled("ababab.bab..ababab"), "ababababababababab");
        // A column of numbers leaves a choice.
        assert_eq!(filled("ab.ab.ab"), "ab.ab.ab");
        // In blocks a number between two lines of one language is of it.
        assert_eq!(filled("aaaa.aa.bbbb.bb"), "aaaaaaa.bbbbbbb");
        assert_eq!(filled(".abxab."), ".abxab.");
    }
}
