//! The commands on two documents and their parts: `align`, `read`, `segment`, `anchors`, `show`.

pub(crate) mod align;
pub(crate) mod anchors;
mod figures;
mod from;
mod interleaved;
pub(crate) mod read;
pub(crate) mod segment;
pub(crate) mod show;
