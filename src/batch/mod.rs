//! Collections: many bitexts, in one process or under another engine.
//!
//! What comes in: JSON lines with texts ([`pipe`]). What goes out: an answer for each, in order.
//! What it guarantees: one bad bitext never stops the rest, and is told with its reason; results do not
//! depend on the number of jobs; memory does not grow with the number of bitexts.

mod figures;
mod ordered;
pub mod pipe;
mod record;
mod settings;

pub use figures::{Figures, Suspicion, figures};
pub use record::{Answer, Detail, RecordOptions, answer};
pub use settings::{KindName, Settings};
