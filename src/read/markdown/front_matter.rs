//! The title and the description in the front matter of Markdown, in YAML or TOML.
//!
//! In: the text between the marks of a front matter. Out: the values of `title` and `description` at its outermost level.
//! Guarantee: of YAML, plain, quoted and folded values are read; a value of another kind is none; nothing panics.

use pulldown_cmark::MetadataBlockKind;

/// What of a front matter is text of the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FrontMatter {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
}

/// Reads it.
pub(super) fn read(text: &str, kind: MetadataBlockKind) -> FrontMatter {
    let value = |key: &str| match kind {
        MetadataBlockKind::YamlStyle => yaml(text, key),
        MetadataBlockKind::PlusesStyle => {
            let table: toml::Table = text.parse().ok()?;
            table.get(key)?.as_str().map(|value| value.trim().to_owned())
        }
    };
    let filled = |key| value(key).filter(|value: &String| !value.is_empty());
    FrontMatter { title: filled("title"), description: filled("description") }
}

/// The value of a key at the outermost level.
fn yaml(text: &str, key: &str) -> Option<String> {
    let mut lines = text.lines();
    let first = lines.by_ref().find_map(|line| {
        let rest = line.strip_prefix(key)?.trim_start().strip_prefix(':')?;
        (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| rest.trim())
    })?;
    let more: Vec<&str> = lines
        .take_while(|line| line.trim().is_empty() || line.starts_with([' ', '\t']))
        .map(str::trim)
        .collect();
    match first.chars().next() {
        Some('|' | '>') => {
            let glue = if first.starts_with('|') { "\n" } else { " " };
            Some(more.join(glue).trim().to_owned())
        }
        Some(quote @ ('"' | '\'')) => {
            let whole = [&[first], &more[..]].concat().join(" ");
            quoted(&whole[1..], quote)
        }
        Some('[' | '{' | '&' | '*' | '!' | '#') | None => None,
        Some(_) => {
            let whole = [&[first], &more[..]].concat().join(" ");
            let end = whole.find(" #").unwrap_or(whole.len());
            Some(whole[..end].trim().to_owned())
        }
    }
}

/// The text up to the closing quote.
fn quoted(text: &str, quote: char) -> Option<String> {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    loop {
        match chars.next()? {
            c if c == quote && quote == '\'' && chars.peek() == Some(&'\'') => {
                chars.next();
                out.push('\'');
            }
            c if c == quote => return Some(out.trim().to_owned()),
            '\\' if quote == '"' => match chars.next()? {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                c => out.push(c),
            },
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, title: Option<&str>, description: Option<&str>) {
        let found = read(text, MetadataBlockKind::YamlStyle);
        assert_eq!((found.title.as_deref(), found.description.as_deref()), (title, description), "{text}");
    }

    #[test]
    fn values_of_yaml_are_read() {
        check(
            "title: A plain title # not this\ndate: 2024-01-01\ndescription: Text\n",
            Some("A plain title"),
            Some("Text"),
        );
        check(
            "title: \"He said: \\\"no\\\"\"\ndescription: 'It''s on\n  two lines'\n",
            Some("He said: \"no\""),
            Some("It's on two lines"),
        );
        check(
            "description: >-\n  folded\n  lines\ntitle: |\n  kept\n  lines\n",
            Some("kept\nlines"),
            Some("folded lines"),
        );
        check("page:\n  title: inner\ntitles: x\ndescription: [a, b]\n", None, None);
        check("title: \"never closed\n", None, None);
        check("title:\ndescription: عنوان\n", None, Some("عنوان"));
    }

    #[test]
    fn values_of_toml_are_read() {
        let found = read("title = \"A\"\n[x]\ndescription = \"no\"\n", MetadataBlockKind::PlusesStyle);
        assert_eq!(found, FrontMatter { title: Some("A".to_owned()), description: None });
        assert_eq!(read("title = ", MetadataBlockKind::PlusesStyle), FrontMatter::default());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "((title|description|x) ?:? ?['\"|>\\[ a\\\\\u{645}\n-]{0,12}){0,4}") {
            read(&text, MetadataBlockKind::YamlStyle);
            read(&text, MetadataBlockKind::PlusesStyle);
        }
    }
}
