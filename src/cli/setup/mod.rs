//! What was typed → the library's options and its stages: cutting, evidence, pins, output.

pub(crate) mod cutting;
pub(crate) mod evidence;
pub(crate) mod output;
pub(crate) mod pins;
pub(crate) mod settings;
pub(crate) mod stages;
