//! muqabala (مقابلة): a bilingual translation-alignment workbench.
//!
//! It takes two documents that translate each other, segments them, aligns them sentence by sentence, says
//! how sure it is of each bead and why, and exports translation memories.
//!
//! The crate's tour in the order of the data's flow:
//! 1. [`bitext`]: the core types in which all others speak;
//! 2. [`read`]: bytes → a document of blocks;
//! 3. [`segment`]: a document → segments;
//! 4. [`normalize`], [`anchor`], [`lexicon`]: comparison keys, values that recur, words that translate
//!    each other;
//! 5. [`score`]: evidence → the cost of a bead;
//! 6. [`align`]: costs → an alignment;
//! 7. [`project`], [`review`]: an alignment under review, and the page on which a person corrects it;
//! 8. [`tmx`], [`formats`], [`export`]: an alignment → files; [`evaluate`]: how good it is;
//! 9. [`doctor`]: what is wrong with a translation memory, and mending it.
//!
//! With the feature `embeddings`, `embed` makes sentence vectors of a model folder, one more kind of evidence.
//!
//! [`pipeline`] names the stages in order and is where a newcomer starts.

pub mod align;
pub mod anchor;
pub mod batch;
pub mod bitext;
pub mod doctor;
#[cfg(feature = "embeddings")]
pub mod embed;
pub mod evaluate;
pub mod export;
pub mod formats;
pub mod lexicon;
pub mod normalize;
pub mod pipeline;
pub mod project;
pub mod read;
pub mod review;
pub mod score;
pub mod segment;
pub mod tmx;
