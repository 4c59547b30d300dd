//! The commands that show how to go on: `demo`, `doctor`, `completions`, `man`.

pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod languages;
pub(crate) mod man;
