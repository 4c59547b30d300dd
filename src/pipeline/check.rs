//! Options that cannot be meant: numbers that are none, shares beyond the whole, sizes of nothing.
//!
//! In: [`AlignOptions`]. Out: nothing, or the first option that cannot be used. Guarantee: what passes lets every cost
//! be a number that can be added up.

use super::options::AlignOptions;

/// An option that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the option `{name}` is {value}, and must be {wanted}")]
pub struct OptionError {
    /// The option.
    name: &'static str,
    /// Its value.
    value: String,
    /// What it may be.
    wanted: &'static str,
}

impl OptionError {
    /// The name of the option's field.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// Bounds of numbers, with their words.
type Bounds = (fn(f64) -> bool, &'static str);

const SHARE: Bounds = (|x| (0.0..=1.0).contains(&x), "from 0 to 1");
const PROBABILITY: Bounds = (|x| x > 0.0 && x < 1.0, "above 0 and below 1");
const WEIGHT: Bounds = (|x| (0.0..=1e3).contains(&x), "from 0 to 1,000");
const STRENGTH: Bounds = (|x| (0.0..=1e9).contains(&x), "from 0 to a thousand million");
const POSITIVE: Bounds = (|x| (1e-6..=1e6).contains(&x), "from a millionth to a million");

/// The most rounds of learning, and the largest number of segments or cells that an option may name.
const MOST_ROUNDS: usize = 1000;
const MOST_CELLS: usize = 1 << 40;

/// Looks at every number of `options`.
pub(super) fn check(options: &AlignOptions) -> Result<(), OptionError> {
    let (score, search) = (&options.score, &options.search);
    for (name, value, (is_good, wanted)) in [
        ("believe", options.believe, SHARE),
        ("temperature", search.temperature, POSITIVE),
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
        ("unaided_both_sides", score.unaided_both_sides, WEIGHT),
        ("length_variance", score.length_variance, POSITIVE),
        ("length_ratio", score.length_ratio, POSITIVE),
    ] {
        if !is_good(value) {
            return Err(OptionError { name, value: value.to_string(), wanted });
        }
    }
    // Thresholds such as `whole_cells` are only compared with, and may be as large as a number can be.
    let (any, some) = ((0, "at most 2^40"), (1, "at least 1 and at most 2^40"));
    for (name, value, (least, wanted), most) in [
        ("rounds", options.rounds, (0, "at most 1,000"), MOST_ROUNDS),
        ("most_cells", search.most_cells, some, MOST_CELLS),
        ("band", search.band, some, MOST_CELLS),
        ("narrow", search.narrow, some, MOST_CELLS),
        ("check", search.check, some, MOST_CELLS),
        ("window", search.window, some, MOST_CELLS),
        ("overlap", search.overlap, any, MOST_CELLS),
        ("sample", search.sample, some, MOST_CELLS),
    ] {
        if !(least..=most).contains(&value) {
            return Err(OptionError { name, value: value.to_string(), wanted });
        }
    }
    Ok(())
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
