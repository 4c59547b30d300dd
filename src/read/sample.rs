//! The beginning of an input, by which its format is told.

use super::ReadError;
use super::old_office::{Old, has_stream};

/// What detection looks at: a file's head, and the names in it if it is a ZIP container.
#[derive(Debug, Default)]
pub struct Sample {
    /// The first bytes as they are, at most 16 KiB.
    pub bytes: Vec<u8>,
    /// The same as text, without a byte order mark; what does not fit is replaced.
    pub text: String,
    /// The names of a ZIP container's parts, sorted.
    members: Vec<String>,
    /// What a ZIP container's `mimetype` or `[Content_Types].xml` says.
    types: String,
    /// What it is if it is of an older office program.
    pub(crate) old: Option<Old>,
    /// The streams that were looked for and are in it, if it is a compound file.
    streams: Vec<&'static str>,
    /// The extension of its name, in small letters.
    extension: String,
    /// The last bytes as text, at most 256.
    pub(crate) tail: String,
}

/// Streams of compound files that tell what they are.
const STREAMS: [&str; 4] = ["Workbook", "Book", "EncryptedPackage", "EncryptionInfo"];

/// Bytes that detection looks at.
const HEAD: usize = 16 << 10;

impl Sample {
    /// The sample of the input `name`; a ZIP container that cannot be opened is an error.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        let head = &bytes[..bytes.len().min(HEAD)];
        let text = if head.contains(&0) && !head.starts_with(b"PK") {
            let start = head.iter().take_while(|&&b| b >= 0xfe).count();
            let big = head.starts_with(b"\xfe\xff") || head.first() == Some(&0);
            let encoding = if big { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
            encoding.decode_without_bom_handling(&head[start..]).0.into_owned()
        } else {
            String::from_utf8_lossy(head).trim_start_matches('\u{feff}').to_owned()
        };
        let tail = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(256)..]).into_owned();
        let streams = STREAMS.into_iter().filter(|s| has_stream(bytes, s)).collect();
        let old = Old::of(bytes);
        let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
        let mut sample =
            Self { bytes: head.to_vec(), text, old, streams, extension, tail, ..Self::default() };
        if super::not_text::is_zip_data(bytes) {
            sample.look_into(name, bytes)?;
        }
        Ok(sample)
    }

    /// Takes the names and the type of the ZIP container `bytes`.
    #[cfg(feature = "documents")]
    fn look_into(&mut self, name: &str, bytes: &[u8]) -> Result<(), ReadError> {
        // Looking needs little: a container whose list of types is large is none of ours.
        let options = super::ReadOptions { max_size: 1 << 20, ..super::ReadOptions::default() };
        let mut package = super::package::Package::open(name, bytes, &options)?;
        self.members = package.names();
        for part in ["mimetype", "[Content_Types].xml"] {
            if let Ok(Some(found)) = package.part(part) {
                self.types.push_str(&String::from_utf8_lossy(&found));
            }
        }
        Ok(())
    }

    #[cfg(not(feature = "documents"))]
    #[expect(clippy::unused_self, reason = "there is nothing that could look into it")]
    fn look_into(&mut self, name: &str, _: &[u8]) -> Result<(), ReadError> {
        Err(super::absent::refused(name))
    }

    /// Whether its name has one of these extensions.
    pub(crate) fn has_extension(&self, extensions: &[&str]) -> bool {
        extensions.contains(&&*self.extension)
    }

    /// Whether the ZIP container has the part `name`.
    pub fn has_member(&self, name: &str) -> bool {
        self.members.binary_search_by(|m| m.as_str().cmp(name)).is_ok()
    }

    /// Whether it is a compound file with this stream, one of those looked for.
    pub(crate) fn has_stream(&self, name: &str) -> bool {
        self.streams.contains(&name)
    }

    /// Whether the ZIP container has a part whose name begins so.
    pub(crate) fn has_folder(&self, name: &str) -> bool {
        let at = self.members.partition_point(|m| m.as_str() < name);
        self.members.get(at).is_some_and(|m| m.starts_with(name))
    }

    /// Whether the ZIP container's main part is of a type that holds `word`.
    pub fn main_part_is(&self, word: &str) -> bool {
        self.types.lines().flat_map(|l| l.split('<')).any(|t| t.contains(word) && t.contains("main+xml"))
    }

    /// Whether the ZIP container says it is of the type `mime`, or one that begins with it.
    pub fn has_mimetype(&self, mime: &str) -> bool {
        self.types.starts_with(mime)
    }

    /// The name, without prefix, of the outermost element if this is XML.
    pub fn root(&self) -> Option<&str> {
        let mut rest = self.text.trim_start();
        loop {
            let end = if rest.starts_with("<?") {
                "?>"
            } else if rest.starts_with("<!--") {
                "-->"
            } else if rest.starts_with("<!") {
                // A DOCTYPE may have declarations in brackets.
                match (rest.find('['), rest.find('>')) {
                    (Some(open), Some(close)) if open < close => "]>",
                    _ => ">",
                }
            } else {
                break;
            };
            rest = rest.split_once(end)?.1.trim_start();
        }
        let name = rest.strip_prefix('<')?;
        let name = &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?];
        Some(name.rsplit_once(':').map_or(name, |(_, local)| local))
    }
}
