//! muqabala (مقابلة): a bilingual translation-alignment workbench.
//!
//! The crate's tour in the order of the data's flow:
//! 1. [`bitext`]: the core types in which all others speak.
//! 2. [`segment`]: documents are cut into segments, by rules that are data; languages are detected.

pub mod bitext;
pub mod normalize;
pub mod pipeline;
pub mod segment;
