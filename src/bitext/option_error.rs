//! Options that cannot be meant: numbers that are none, shares beyond the whole, sizes of nothing.
//!
//! In: an option's name, its value and what it may be. Out: nothing, or an error that says all three.

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

/// Bounds of a number, with their words.
pub(crate) type Bounds = (fn(f64) -> bool, &'static str);

/// A number above 0 that can be divided by.
pub(crate) const POSITIVE: Bounds = (|x| (1e-6..=1e6).contains(&x), "from a millionth to a million");

impl OptionError {
    /// The name of the option's field.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Refuses a number outside its bounds.
    pub(crate) fn number(name: &'static str, value: f64, (is_good, wanted): Bounds) -> Result<(), Self> {
        if is_good(value) { Ok(()) } else { Err(Self { name, value: value.to_string(), wanted }) }
    }

    /// Refuses a count outside its bounds.
    pub(crate) fn count(
        name: &'static str,
        value: usize,
        (least, most): (usize, usize),
        wanted: &'static str,
    ) -> Result<(), Self> {
        let is_good = (least..=most).contains(&value);
        if is_good { Ok(()) } else { Err(Self { name, value: value.to_string(), wanted }) }
    }
}
