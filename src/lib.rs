//! muqabala (مقابلة): a bilingual translation-alignment workbench.
//!
//! The crate's tour in the order of the data's flow:
//! 1. [`bitext`]: the core types in which all others speak.

pub mod anchor;
pub mod bitext;
pub mod normalize;
pub mod pipeline;
