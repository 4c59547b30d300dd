//! A page of HTML in the making.
//!
//! In: markup and texts. Out: bytes for whoever writes them. Guarantee: a text stays a text, between tags and in
//! attributes.

use std::io::{self, Write};

use crate::tmx::{Place, escape_into};

/// A page, as far as it was not passed on.
pub(super) struct Html(pub(super) Vec<u8>);

impl Html {
    /// Adds markup as it is.
    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.extend_from_slice(markup.as_bytes());
        self
    }

    /// Adds a text, in an attribute or between tags.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        escape_into(&mut self.0, text, Place::Attribute);
        self
    }

    /// Writes what there is, and begins anew.
    pub(super) fn pass_on(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&self.0)?;
        self.0.clear();
        Ok(())
    }
}
