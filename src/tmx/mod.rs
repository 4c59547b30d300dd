//! Translation Memory eXchange: the model, writing and reading, as real readers of TMX demand it.
//!
//! In: units, or the bytes of a TMX file. Out: TMX 1.4 level 1, or units. Guarantee: what is written is well-formed
//! XML 1.0 in UTF-8 without a mark, valid against the TMX 1.4 DTD; reading it gives the same text back, to the last
//! invisible mark; writing and reading are streams, a unit at a time; a reader never fetches a DTD, and
//! knows no entity but the five of XML and those to which the file itself gives a text.
//!
//! ```
//! use muqabala::tmx::{Inline, TmxReader};
//!
//! let file = r#"<tmx version="1.4"><header srclang="ar"/><body>
//! <tu><tuv xml:lang="ar"><seg>نعم</seg></tuv><tuv xml:lang="en"><seg>Yes</seg></tuv></tu>
//! </body></tmx>"#;
//! for unit in TmxReader::new(file.as_bytes(), Inline::Flatten)? {
//!     let texts: Vec<_> = unit?.variants.iter().map(|v| v.text.to_string()).collect();
//!     assert_eq!(texts, ["نعم", "Yes"]);
//! }
//! # Ok::<(), muqabala::tmx::TmxError>(())
//! ```

mod decode;
mod error;
mod escape;
mod flat;
mod model;
mod read;
mod tag;
mod time;
mod write;

pub(crate) use decode::Utf8Stream;
pub use error::{MAX_SEGMENT, TmxError};
pub(crate) use escape::{Place, escape_into};
pub(crate) use flat::{Element, Flat, is_blank_code, is_blank_kind, is_code};
pub use model::{Header, Prop, SegType, Unit, Variant};
pub use read::{Inline, TmxReader};
pub use time::{Timestamp, TimestampError};
pub use write::{TmxWriter, Written};

#[cfg(test)]
pub(crate) mod awkward;
