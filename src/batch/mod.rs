//! Collections: many bitexts, in one process or under another engine.
//!
//! In: JSON lines with texts ([`mod@pipe`]), or a list of pairs of files ([`manifest`], [`run`]). Out: an answer
//! for each record in order, or a file for each pair and a [`report`]. Guarantee: one bad bitext never stops the
//! rest, and is told with its reason; results do not depend on the number of jobs; memory does not grow with the
//! number of bitexts; a run that was stopped or killed goes on where it was ([`state`]).
//!
//! ```
//! use muqabala::batch::{RecordOptions, answer};
//!
//! let record = r#"{"id": "7", "source": "نعم.", "target": "Yes.", "source_lang": "ar", "target_lang": "en"}"#;
//! let answer = answer(record.as_bytes(), 1, &RecordOptions::default());
//! assert!(!answer.failed);
//! assert!(String::from_utf8_lossy(&answer.line).starts_with(r#"{"id":"7""#));
//! ```

mod digest;
mod figures;
mod learn;
pub mod manifest;
mod ordered;
mod patience;
pub mod pipe;
mod record;
pub mod report;
mod run;
mod settings;
pub mod state;
mod task;
mod worker;

pub use digest::{Digest, Digester};
pub use figures::{Figures, Suspicion, count, figures};
pub use learn::{Learnt, LearntError, learn_to, load_learnt};
pub use record::{Answer, Detail, RecordOptions, answer};
pub use run::{RunOptions, Stop, run};
pub use settings::{KindName, Settings};
pub use task::{Finished, Outcome, Task, TaskOptions};
pub use worker::serve;
