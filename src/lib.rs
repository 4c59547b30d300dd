//! muqabala (مقابلة): a bilingual translation-alignment workbench.
//!
//! The crate's tour in the order of the data's flow:
//! 1. [`bitext`]: the core types in which all others speak.

pub mod align;
pub mod bitext;
pub mod lexicon;
pub mod normalize;
pub mod pipeline;
pub mod score;
