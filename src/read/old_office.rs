//! What files of older office programs are, told by their bytes.

/// What an old file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Old {
    Word,
    PowerPoint,
    Works,
    RichText,
}

impl Old {
    /// What it is, by its bytes.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"{\\rtf") {
            return Some(Self::RichText);
        }
        [("WordDocument", Self::Word), ("PowerPoint Document", Self::PowerPoint), ("MatOST", Self::Works)]
            .into_iter()
            .find(|(name, _)| has_stream(bytes, name))
            .map(|(_, old)| old)
    }
}

/// Whether a compound file (MS-CFB) has a stream or storage of this name.
pub(crate) fn has_stream(bytes: &[u8], name: &str) -> bool {
    const HEADER: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    // An entry of the directory begins with the name and a zero, in UTF-16, and stands at a multiple of 128.
    let wanted: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    bytes.starts_with(HEADER) && memchr::memmem::find_iter(bytes, &wanted).any(|at| at % 128 == 0)
}
