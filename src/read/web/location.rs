//! Where a redirection leads: a reference and the address it stands at → an address (RFC 3986, section 5.2).

use ureq::http::Uri;

/// The address that `reference`, as a server sent it, means at `base`.
pub(super) fn resolved(base: &Uri, reference: &[u8]) -> String {
    let reference = encoded(reference);
    let reference = reference.split('#').next().unwrap_or_default();
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let scheme = base.scheme_str().unwrap_or("http");
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}");
    }
    let authority = base.authority().map_or("", |a| a.as_str());
    let (reference_path, query) = match reference.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (reference, None),
    };
    let (path, query) = if reference_path.is_empty() {
        (base.path().to_owned(), query.or(base.query()))
    } else if reference_path.starts_with('/') {
        (without_dots(reference_path), query)
    } else {
        let folder = base.path().rfind('/').map_or("/", |end| &base.path()[..=end]);
        (without_dots(&format!("{folder}{reference_path}")), query)
    };
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    format!("{scheme}://{authority}{path}{query}")
}

/// White space at the ends taken away, and what no address may hold written by its bytes, as browsers do.
fn encoded(reference: &[u8]) -> String {
    let mut out = String::with_capacity(reference.len());
    for &byte in reference.trim_ascii() {
        match byte {
            b'!'..=b'~' if !b"\"<>\\^`{|}".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// A path without the steps `.` and `..`.
fn without_dots(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    let mut is_folder = false;
    for step in path.split('/').skip(1) {
        is_folder = matches!(step, "." | "..");
        match step {
            "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    if is_folder {
        steps.push("");
    }
    format!("/{}", steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_lead_where_the_standard_says() {
        let base: Uri = "http://a/b/c/d;p?q".parse().unwrap();
        // RFC 3986, section 5.4, with what addresses of the web have.
        for (reference, meant) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("g?y/./x", "http://a/b/c/g?y/./x"),
            ("#s", "http://a/b/c/d;p?q"),
            ("g#s", "http://a/b/c/g"),
            (";x", "http://a/b/c/;x"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g..", "http://a/b/c/g.."),
            ("https://h/x", "https://h/x"),
            ("file:///etc/passwd", "file:///etc/passwd"),
            (" /a b ", "http://a/a%20b"),
            ("/صفحة", "http://a/%D8%B5%D9%81%D8%AD%D8%A9"),
        ] {
            assert_eq!(resolved(&base, reference.as_bytes()), meant, "{reference}");
        }
    }
}
