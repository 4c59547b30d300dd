//! Ground floor: what is known about each language, one profile a language.
//!
//! In: a language code. Out: its [`Profile`]: names, scripts, how it is told from others, how
//! its words are stemmed, the words that say numbers, dates, units and money, and its segmentation rules.
//! Guarantee: a profile is data, a file of `profiles/` and a line in `registry.rs`, and each of its three
//! parts is parsed once, when first asked for; tests parse every part of every profile, so none can be wrong at run time.
//! The stages above ask profiles and know no language by name; `docs/adding-a-language.md` says how to write one.
//!
//! ```
//! use muqabala::language::Profile;
//!
//! let arabic = Profile::named("Arabic").expect("it has a profile");
//! assert!(arabic.is_right_to_left());
//! assert_eq!(arabic.native_name(), "العربية");
//! ```

mod compounds;
mod habit;
mod known;
mod names;
mod profile;
mod registry;
mod script;
mod unit;
mod word;
mod words;
mod words_file;

pub use known::Known;
pub use profile::{Detection, Profile, Stemming};
pub use script::Script;
pub use unit::{Currency, Unit};
pub use word::Calendar;

pub(crate) use habit::Habit;
pub(crate) use unit::{UnitWord, currency_sign};
pub(crate) use word::{Cue, Grammar, MonthWord, NumberWord, Said, Senses};
pub(crate) use words::Words;

#[cfg(test)]
mod tests;
