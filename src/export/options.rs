//! How to write, whatever the format.

use super::readable::ReadableOptions;
use super::report_words::ReportOptions;
use super::tmx::TmxOptions;
use crate::bitext::{Lang, Sides};

/// How to write, whatever the format; each takes what it knows of.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WriteOptions {
    /// What a TMX needs, and the languages for all.
    pub tmx: TmxOptions,
    /// How the readable text looks.
    pub readable: ReadableOptions,
    /// What the HTML report names, and its language.
    pub report: ReportOptions,
}

impl WriteOptions {
    /// Options for `languages`.
    pub fn new(languages: Sides<Lang>) -> Self {
        Self {
            tmx: TmxOptions::new(languages),
            readable: ReadableOptions::default(),
            report: ReportOptions::default(),
        }
    }

    /// The languages.
    pub const fn languages(&self) -> &Sides<Lang> {
        &self.tmx.languages
    }
}
