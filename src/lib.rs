//! muqabala (مقابلة): a bilingual translation-alignment workbench.
//!
//! The crate's tour in the order of the data's flow:
//! 1. [`bitext`]: the core types in which all others speak.
//! 2. [`read`]: bytes → a document and its blocks.
//! 3. [`pipeline`]: the stages in order.
//! 4. [`tmx`] and [`export`]: an alignment → files.
//! 5. [`evaluate`]: an alignment against gold.
//! 6. [`project`]: an alignment under review, with every edit ever made.
//! 7. [`review`]: the page on which a reviewer makes them.

pub mod bitext;
pub mod evaluate;
pub mod export;
pub mod normalize;
pub mod pipeline;
pub mod project;
pub mod read;
pub mod review;
pub mod tmx;
