//! `%20` and the like, in addresses and in the names of parts.

/// `text` with what is written by `%` and two digits decoded; as it is where that gives no UTF-8.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
        match code.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                out.push(byte);
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The path that an address `file://…` names; on `windows` a drive has no slash before it.
pub(super) fn path_of(address: &str, windows: bool) -> String {
    let path = address.strip_prefix("file://").unwrap_or(address);
    let path = percent_decoded(path.strip_prefix("localhost").unwrap_or(path));
    let drive = path.strip_prefix('/').filter(|rest| {
        let mut letters = rest.chars();
        letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next() == Some(':')
    });
    match drive {
        Some(drive) if windows => drive.to_owned(),
        _ => path,
    }
}

/// The address `file://…` of a path, as other programs take it.
#[cfg(feature = "documents")]
pub(super) fn address_of(path: &str, windows: bool) -> String {
    if !windows {
        return format!("file://{path}");
    }
    let plain = path.strip_prefix(r"\\?\").unwrap_or(path).replace('\\', "/").replace(' ', "%20");
    format!("file:///{plain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drives_have_no_slash_before_them() {
        assert_eq!(path_of("file:///C:/a%20b/%D9%86.txt", true), "C:/a b/\u{646}.txt");
        assert_eq!(path_of("file:///C:/a%20b.txt", false), "/C:/a b.txt");
        assert_eq!(path_of("file://localhost/home/a.txt", true), "/home/a.txt");
    }

    #[cfg(feature = "documents")]
    #[test]
    fn addresses_of_windows_are_written_with_slashes() {
        let address = r"\\?\C:\Users\A B\AppData";
        assert_eq!(address_of(address, true), "file:///C:/Users/A%20B/AppData");
        assert_eq!(address_of("/tmp/x", false), "file:///tmp/x");
    }
}
