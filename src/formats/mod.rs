//! File formats that hold two languages: written by `export`, read to align a bitext anew.
//!
//! In: [`Unit`]s, or the bytes of a file. Out: a file, into any [`std::io::Write`], or units. Guarantee: what is
//! written is read back, texts to the character and what is known of them as far as the format can carry it (each
//! module says what it cannot); readers are total: on any bytes they give units or an error with a line, never a
//! panic; entities are those of XML and texts that the file itself declares, and nothing is fetched.
//!
//! ```
//! use muqabala::bitext::Sides;
//! use muqabala::formats::moses;
//!
//! let read = moses::read(Sides::new("نعم\nلا\n", "Yes\nNo\n"))?;
//! assert_eq!(read.units.len(), 2);
//! // Files that are not as long as each other are no such pair.
//! assert!(moses::read(Sides::new("نعم\nلا\n", "Yes\n")).is_err());
//! # Ok::<(), muqabala::formats::FormatError>(())
//! ```

pub mod ces;
pub mod columns;
mod direction;
#[cfg(feature = "documents")]
pub mod docx;
mod error;
mod heading;
mod heading_words;
mod inline;
pub mod moses;
#[cfg(feature = "documents")]
mod package;
pub mod placeholder;
pub mod plural;
pub mod po;
mod po_read;
mod po_text;
#[cfg(feature = "documents")]
pub mod sdltm;
mod several;
mod state;
pub mod table;
pub mod tbx;
pub mod tmx;
mod told;
mod unit;
pub mod wordfast;
pub mod xliff;
pub mod xliff2;
mod xliff_read;
#[cfg(feature = "documents")]
pub mod xlsx;
mod xml;

pub use direction::{Direction, directions};
pub use error::FormatError;
#[cfg(feature = "documents")]
pub use package::MAX_PART;
#[cfg(all(test, feature = "documents"))]
pub(crate) use package::part;
pub use placeholder::Placeholders;
pub use several::{Multilingual, Several, Text};
pub use told::{LeftOut, Told};
pub use unit::{Bilingual, Head, Status, Unit, on_one_line};

#[cfg(test)]
mod tests;
