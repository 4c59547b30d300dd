//! What a project remembers besides its texts and beads.

/// Whether edits re-align what is not fixed around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AutoRealign {
    /// After each edit.
    #[default]
    On,
    /// Only when asked.
    Off,
}

/// The language of the page's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InterfaceLanguage {
    /// English.
    #[default]
    English,
    /// Arabic, mirrored.
    Arabic,
}

/// What a project remembers besides its texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Settings {
    /// The language of the page.
    pub interface: InterfaceLanguage,
    /// Whether edits re-align the rest.
    pub auto_realign: AutoRealign,
    /// The name of who reviews now; may be empty.
    pub reviewer: String,
}
