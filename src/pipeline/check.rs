//! Options that cannot be meant: numbers that are none, shares beyond the whole, sizes of nothing.
//!
//! In: [`AlignOptions`]. Out: nothing, or the first option that cannot be used. Guarantee: what passes lets every cost
//! be a number that can be added up.

use crate::bitext::{Bounds, OptionError, POSITIVE};

use super::options::AlignOptions;

const SHARE: Bounds = (|x| (0.0..=1.0).contains(&x), "from 0 to 1");
const PROBABILITY: Bounds = (|x| x > 0.0 && x < 1.0, "above 0 and below 1");
const WEIGHT: Bounds = (|x| (0.0..=1e3).contains(&x), "from 0 to 1,000");
const STRENGTH: Bounds = (|x| (0.0..=1e9).contains(&x), "from 0 to a thousand million");
/// The most rounds of learning.
const MOST_ROUNDS: usize = 1000;

/// Looks at every number of `options`.
pub(super) fn check(options: &AlignOptions) -> Result<(), OptionError> {
    let score = &options.score;
    for (name, value, bounds) in [
        ("believe", options.believe, SHARE),
        ("word_share", score.word_share, SHARE),
        ("number_share", score.number_share, SHARE),
        ("date_share", score.date_share, SHARE),
        ("maybe_share", score.maybe_share, SHARE),
        ("symbol_share", score.symbol_share, SHARE),
        ("mark_share", score.mark_share, SHARE),
        ("dictionary_mass", score.dictionary_mass, SHARE),
        ("looks_mass", score.looks_mass, SHARE),
        ("null_enter", score.null_enter, PROBABILITY),
        ("null_stay", score.null_stay, PROBABILITY),
        ("share_strength", score.share_strength, STRENGTH),
        ("value_share_strength", score.value_share_strength, STRENGTH),
        ("null_strength", score.null_strength, STRENGTH),
        ("stay_strength", score.stay_strength, STRENGTH),
        ("unaided_stay_strength", score.unaided_stay_strength, STRENGTH),
        ("dilution", score.dilution, WEIGHT),
        ("stranger_chance", score.stranger_chance, WEIGHT),
        ("unaided_stranger_chance", score.unaided_stranger_chance, WEIGHT),
        ("most_against", score.most_against, STRENGTH),
        ("unaided_most_against", score.unaided_most_against, STRENGTH),
        ("word_weight", score.word_weight, WEIGHT),
        ("anchor_weight", score.anchor_weight, WEIGHT),
        ("length_weight", score.length_weight, WEIGHT),
        ("block_break", score.block_break, WEIGHT),
        ("embedding_weight", score.embedding_weight, WEIGHT),
        ("type_weight", score.type_weight, WEIGHT),
        ("both_sides", score.both_sides, WEIGHT),
        ("both_sides_strength", score.both_sides_strength, STRENGTH),
        ("length_variance", score.length_variance, POSITIVE),
        ("length_ratio", score.length_ratio, POSITIVE),
    ] {
        OptionError::number(name, value, bounds)?;
    }
    OptionError::count("rounds", options.rounds, (0, MOST_ROUNDS), "at most 1,000")?;
    options.search.check()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_cannot_be_meant_are_refused_by_name() {
        assert_eq!(check(&AlignOptions::default()), Ok(()));
        let refused = |change: fn(&mut AlignOptions)| {
            let mut options = AlignOptions::default();
            change(&mut options);
            check(&options).unwrap_err().to_string()
        };
        insta::assert_snapshot!(refused(|o| o.believe = f64::NAN), @"the option `believe` is NaN, and must be from 0 to 1");
        insta::assert_snapshot!(refused(|o| o.search.temperature = 0.0), @"the option `temperature` is 0, and must be from a millionth to a million");
        insta::assert_snapshot!(refused(|o| o.score.null_enter = 0.0), @"the option `null_enter` is 0, and must be above 0 and below 1");
        insta::assert_snapshot!(refused(|o| o.score.word_weight = f64::INFINITY), @"the option `word_weight` is inf, and must be from 0 to 1,000");
        insta::assert_snapshot!(refused(|o| o.search.window = 0), @"the option `window` is 0, and must be at least 1 and at most 2^40");
        insta::assert_snapshot!(refused(|o| o.rounds = usize::MAX), @"the option `rounds` is 18446744073709551615, and must be at most 1,000");
    }
}
