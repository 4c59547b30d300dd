//! muqabala (مقابلة): a bilingual translation-alignment workbench.
//!
//! The crate's tour in the order of the data's flow:
//! 1. [`bitext`]: the core types in which all others speak.
//! 6. [`project`]: an alignment under review, with every edit ever made.
//! 7. [`review`]: the page on which a reviewer makes them.

pub mod bitext;
pub mod normalize;
pub mod pipeline;
pub mod project;
pub mod review;
