//! The doctor of translation memories: what is wrong with a TMX file, for whom it matters, and mending it.
//!
//! What comes in: a TMX file of version 1.1 to 1.4 in any encoding. What goes out: [`Finding`]s, or another
//! TMX. What it guarantees: a file is read as a stream, a unit at a time, so that memory does not grow with
//! it; damage is named with line and column and the next unit is gone on with; nothing is fetched and no
//! entity expands; what is not changed on purpose passes through byte for byte, but that UTF-8 is written.
//!
//! [`check`] finds, [`fix`](fix()) mends, [`clean`](clean()) leaves units out, [`merge`](merge()),
//! [`split`](split()), [`reverse`](reverse()) and [`diff`](diff()) work on whole units, [`stats`](stats()) counts.

mod check;
mod check_head;
mod check_text;
mod check_unit;
mod finding;
mod frames;
mod head;
mod kind;
mod measure;
mod mojibake;
mod numbers;
mod refs;
mod repeat;
mod scan;
mod source;
mod unit;

pub use check::{CheckOptions, Summary, check};
pub use finding::{Finding, Place};
pub use frames::MAX_HELD;
pub use kind::{Kind, Mend, Severity, Tool};
