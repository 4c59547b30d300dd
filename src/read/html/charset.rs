//! The encoding that a page says it has.

use crate::read::TextEncoding;
use encoding_rs::Encoding;

/// Bytes in which a `meta` element that names the encoding must stand, as browsers have it.
const HEAD: usize = 4096;

/// The encoding that the page's `meta` element or XML declaration names, unless its first bytes show that it
/// cannot be: a byte order mark or zero bytes say more.
pub(super) fn declared(bytes: &[u8]) -> Option<TextEncoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if Encoding::for_bom(head).is_some() || head.contains(&0) {
        return None;
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let declaration =
        text.trim_start().strip_prefix("<?xml").and_then(|t| t.split_once("?>")).map(|(d, _)| d);
    let label = declaration.and_then(|d| value_after(d, "encoding")).or_else(|| {
        let mut metas = text.split("<meta").skip(1).filter_map(|t| t.split_once('>')).map(|(meta, _)| meta);
        metas.find_map(|meta| value_after(meta, "charset"))
    })?;
    // What is valid UTF-8 and not ASCII alone is nothing else, whatever a template says.
    if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() {
        return Some(TextEncoding::UTF_8);
    }
    let named: TextEncoding = label.parse().ok()?;
    // A label of UTF-16 in a page without zero bytes is wrong.
    (!named.name().starts_with("UTF-16")).then_some(named)
}

/// What stands after `key` and `=`, without quotes.
fn value_after<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let rest = text.split_once(key)?.1.trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>'));
    Some(&rest[..end.unwrap_or(rest.len())]).filter(|v| !v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_its_encoding() {
        let name = |page: &[u8]| declared(page).map_or("-", |e| e.name());
        assert_eq!(name(b"<html><head><meta charset=windows-1256>"), "windows-1256");
        assert_eq!(
            name(b"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=cp1256'>\xca"),
            "windows-1256"
        );
        assert_eq!(name(b"<?xml version='1.0' encoding=\"ISO-8859-6\"?><html>"), "ISO-8859-6");
        assert_eq!(name("<meta charset='windows-1252'>\u{645}".as_bytes()), "UTF-8");
        assert_eq!(name(b"<meta name='x' content='y'>"), "-");
        assert_eq!(name(b"\xef\xbb\xbf<meta charset='windows-1256'>"), "-");
        assert_eq!(name(b"<meta charset='utf-16'>"), "-");
    }
}
