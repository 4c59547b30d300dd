//! Words in context over all projects and memories of a folder.
//!
//! In: a folder and words. Out: [`Hit`]s: the pair, where the words stand in it on either side, and which file and pair it
//! is. Guarantee: what stands in the index is found without opening the documents; a hit's texts are exactly those of its
//! file when that was last read; the index is a cache that may be deleted at any time, and one that this program did not
//! make is thrown away, never obeyed.
//!
//! [`Index::open`] finds the index of a folder, [`Index::refresh`] reads what changed since, [`Index::find`] looks words
//! up.
//!
//! ```
//! use muqabala::search::{Index, Matching, Query};
//!
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("m.tmx"), r#"<tmx version="1.4"><header srclang="ar"/><body>
//! <tu><tuv xml:lang="ar"><seg>قرأت الكِتابَ</seg></tuv><tuv xml:lang="en"><seg>I read the book</seg></tuv></tu>
//! </body></tmx>"#)?;
//! let mut index = Index::open(folder.path(), &folder.path().join("index"))?;
//! index.refresh(|_, _| {})?;
//! let found = index.find(&Query::new(&["كتاب"], Matching::Attached)?, None, 10)?;
//! assert_eq!(found.hits[0].texts.target, "I read the book");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod feed;
mod folder;
mod hit;
mod index;
mod pack;
mod place;
mod query;
mod tables;
mod write;

pub use error::SearchError;
pub use folder::files;
pub use hit::{Context, Hit, Spot};
pub use index::{Found, Index, Refreshed};
pub use place::{cache_folder, index_file};
pub use query::{Matching, Query};
pub use write::{write_json, write_text, write_tmx, write_tsv, write_xlsx};

#[cfg(test)]
mod tests;
