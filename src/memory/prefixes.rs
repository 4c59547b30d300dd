//! The prefixes under which a memory names the elements of TMX: `t` where `<t:tmx>` stands.
//!
//! In: a head, and tags under it. Out: where these prefixes stand in names. Guarantee: without them a tag that opens and
//! the one that closes it go on being named alike; prefixes of other namespaces stay.

use std::ops::Range;

use super::scan::{Token, TokenKind, attribute, is_name, local_of, name_of};

/// What the namespaces have in common that TMX is written in.
const OF_TMX: &str = "lisa.org/tmx";

/// The prefix of a name, empty where it has none: `t` of `t:tuv`.
pub(super) fn prefix_of(name: &str) -> &str {
    name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
}

/// The prefixes for TMX in a head: those of its outermost element, its header and its body, and all that are declared
/// for the same namespace or for that of TMX.
pub(super) fn own(text: &str, tokens: &[Token]) -> Vec<String> {
    let mut own: Vec<String> = Vec::new();
    let mut add = |prefix: &str| {
        if !prefix.is_empty() && !own.iter().any(|known| known == prefix) {
            own.push(prefix.to_owned());
        }
    };
    let mut tags = tokens
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Open | TokenKind::Empty))
        .map(|token| token.of(text));
    let Some(root) = tags.next() else { return own };
    let prefix = prefix_of(name_of(root));
    add(prefix);
    let declared = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
    let namespace = attribute(root, &declared).map(|(value, _)| value).filter(|value| !value.is_empty());
    for attribute in super::scan::attributes(root).flatten() {
        let value = &root[attribute.value];
        if let Some(prefix) = root[attribute.name].strip_prefix("xmlns:")
            && (Some(value) == namespace || value.contains(OF_TMX))
        {
            add(prefix);
        }
    }
    tags.filter(|tag| matches!(local_of(tag), "header" | "body"))
        .for_each(|tag| add(prefix_of(name_of(tag))));
    own
}

/// Where the prefixes `own` stand in the names of tags, and what is to stand there instead.
pub(super) fn surplus(
    text: &str,
    tokens: &[Token],
    own: &[String],
) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    let tokens = if own.is_empty() { &[] } else { tokens };
    tokens.iter().filter_map(|token| {
        let closes = match token.kind {
            TokenKind::Open | TokenKind::Empty => 0,
            TokenKind::Close => 1,
            _ => return None,
        };
        let (prefix, rest) = name_of(token.of(text)).rsplit_once(':')?;
        let start = token.start + 1 + closes;
        let with = if is_name(rest) { "" } else { "_" };
        own.iter().any(|own| own == prefix).then_some((start..start + prefix.len() + 1, with))
    })
}

#[cfg(test)]
mod tests {
    use super::super::scan::{Rest, Scanned, scan};
    use super::*;

    fn tokens_of(text: &str) -> Vec<Token> {
        let (mut tokens, mut at) = (Vec::new(), 0);
        while let Scanned::Token(token) = scan(text, at, Rest::None) {
            tokens.push(token);
            at = token.end;
        }
        tokens
    }

    fn said(head: &str, unit: &str) -> (Vec<String>, String) {
        let own = own(head, &tokens_of(head));
        let mut plain = unit.to_owned();
        let tokens = tokens_of(unit);
        let places: Vec<_> = surplus(unit, &tokens, &own).collect();
        for (range, with) in places.into_iter().rev() {
            plain.replace_range(range, with);
        }
        (own, plain)
    }

    #[test]
    fn prefixes_of_tmx_are_known_and_go() {
        let unit = "<t:tu><t:tuv x:a='t:b'><x:seg>t:c</x:seg></t:tuv ></t:tu>";
        let plain = "<tu><tuv x:a='t:b'><x:seg>t:c</x:seg></tuv ></tu>";
        for head in [
            "<t:tmx xmlns:t='urn:t' xmlns:x='urn:x'><t:header/><t:body>",
            "<t:tmx><header/><body>",
            "<tmx xmlns='urn:t' xmlns:t='urn:t' xmlns:x='urn:x'>",
            "<tmx xmlns:t='http://www.lisa.org/tmx14' xmlns:x=''>",
            "<tmx><t:header/><body>",
            "<tmx><header/><t:body>",
        ] {
            assert_eq!(said(head, unit), (vec!["t".to_owned()], plain.to_owned()), "{head}");
        }
        assert_eq!(said("<tmx xmlns:t='urn:t'><header/><body>", unit), (vec![], unit.to_owned()));
        assert_eq!(said("<t:tmx><body>", "<t:1/>").1, "<_1/>");
    }
}
