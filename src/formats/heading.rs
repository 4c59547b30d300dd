//! What the heading of a column says of it: `Source text`, `ar-SA`, `Arabic (Egypt)`, `notes`.

/// What a column holds, as its heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The source text, with its language where that is named.
    Source(Option<String>),
    /// The target text, likewise.
    Target(Option<String>),
    /// Texts in a language.
    Language(String),
    /// Texts, of which nothing more is said.
    Text,
    /// What tells a row from others.
    Context,
    /// Remarks.
    Comment,
    /// The type of a bead.
    BeadType,
    /// How sure a pair is.
    Confidence,
    /// What a reviewer decided.
    Status,
    /// Something else that headings are known to say.
    Other,
    /// The heading is no usual one.
    Unknown,
}

/// Words for the source, in the languages of those who make such tables.
const SOURCE: &[&str] = &[
    "source",
    "src",
    "original",
    "sourcetext",
    "sourcesegment",
    "msgid",
    "المصدر",
    "مصدر",
    "الأصل",
    "الأصلي",
    "quelle",
    "quelltext",
    "ausgangstext",
    "ausgangssprache",
    "fuente",
    "origen",
    "origine",
    "исходный",
    "оригинал",
    "原文",
];
/// Words for the target.
const TARGET: &[&str] = &[
    "target",
    "tgt",
    "trg",
    "translation",
    "translated",
    "targettext",
    "targetsegment",
    "msgstr",
    "الهدف",
    "هدف",
    "الترجمة",
    "ترجمة",
    "المترجم",
    "ziel",
    "zieltext",
    "zielsprache",
    "übersetzung",
    "cible",
    "traduction",
    "destino",
    "traducción",
    "traduzione",
    "перевод",
    "译文",
    "訳文",
];
/// Words that say nothing beside those.
const FILLING: &[&str] = &[
    "text",
    "texts",
    "string",
    "strings",
    "value",
    "segment",
    "segments",
    "sentence",
    "sentences",
    "language",
    "lang",
    "content",
    "column",
    "version",
    "term",
    "نص",
    "النص",
    "لغة",
    "اللغة",
    "الجملة",
    "texte",
    "langue",
    "phrase",
    "sprache",
    "satz",
    "texto",
    "idioma",
    "frase",
];
const CONTEXT: &[&str] = &[
    "id",
    "ids",
    "key",
    "keys",
    "context",
    "name",
    "identifier",
    "resource",
    "tuid",
    "variable",
    "label",
    "no",
    "nr",
    "num",
    "number",
    "row",
    "line",
    "index",
    "المفتاح",
    "مفتاح",
    "السياق",
    "المعرف",
    "الرقم",
    "رقم",
    "clé",
    "contexte",
    "schlüssel",
    "kontext",
    "nummer",
    "numéro",
    "clave",
    "contexto",
];
const COMMENT: &[&str] = &[
    "comment",
    "comments",
    "note",
    "notes",
    "remark",
    "remarks",
    "description",
    "ملاحظات",
    "ملاحظة",
    "تعليق",
    "تعليقات",
    "commentaire",
    "commentaires",
    "remarque",
    "kommentar",
    "kommentare",
    "bemerkung",
    "notizen",
    "notas",
];
const OTHER: &[&str] = &[
    "date",
    "file",
    "author",
    "user",
    "domain",
    "subject",
    "length",
    "maxlength",
    "match",
    "score",
    "state",
    "page",
    "type",
    "confidence",
    "status",
    "الحالة",
    "التاريخ",
    "datum",
    "datei",
    "statut",
    "fichier",
];

/// What the heading `field` says; `named` gives the code of a language for its code or name.
pub(super) fn meaning(field: &str, named: &dyn Fn(&str) -> Option<String>) -> Meaning {
    let field = field.trim();
    let lower = field.to_lowercase();
    let is = |words: &[&str]| words.contains(&lower.trim_end_matches(['.', ':', '#']).trim());
    match &*lower {
        "" => return Meaning::Unknown,
        "#" => return Meaning::Context,
        "type" => return Meaning::BeadType,
        "confidence" => return Meaning::Confidence,
        "status" => return Meaning::Status,
        _ if is(COMMENT) => return Meaning::Comment,
        _ if is(CONTEXT) => return Meaning::Context,
        _ if is(OTHER) => return Meaning::Other,
        _ => {}
    }
    if let Some(code) = named(field) {
        return Meaning::Language(code);
    }
    let (mut source, mut target, mut language, mut filled, mut unknown) = (false, false, None, false, false);
    let mut in_brackets = false;
    for word in
        field.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ':' | '/'))
    {
        let bare =
            word.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ':' | '/'));
        for piece in words(bare, named) {
            let lower = piece.to_lowercase();
            if SOURCE.contains(&&*lower) {
                source = true;
            } else if TARGET.contains(&&*lower) {
                target = true;
            } else if let Some(code) = named(&piece) {
                language.get_or_insert(code);
            } else if FILLING.contains(&&*lower) {
                filled = true;
            } else if !in_brackets {
                unknown = true;
            }
        }
        if word.contains(['(', '[']) {
            in_brackets = true;
        } else if word.contains([')', ']']) {
            in_brackets = false;
        }
    }
    match (unknown, source, target, language) {
        (false, true, false, language) => Meaning::Source(language),
        (false, false, true, language) => Meaning::Target(language),
        (false, false, false, Some(code)) => Meaning::Language(code),
        (false, false, false, None) if filled => Meaning::Text,
        _ => Meaning::Unknown,
    }
}

/// A word of a heading, or the words that `_`, `-` and `.` join, unless they are one code: `text_ar`, `ar_SA`.
fn words(word: &str, named: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    if word.is_empty() || named(word).is_some() {
        return if word.is_empty() { Vec::new() } else { vec![word.to_owned()] };
    }
    for mark in ['_', '.', '-'] {
        // `text_ar_SA`: what follows the first mark may be a code.
        if let Some((first, rest)) = word.split_once(mark)
            && named(rest).is_some()
        {
            return vec![first.to_owned(), rest.to_owned()];
        }
    }
    word.split(['_', '-', '.']).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Whether `field` is a heading that is also the code of a language: `id` is Indonesian, `no` Norwegian.
pub(super) fn code_and_word(field: &str, named: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let field = field.trim();
    (field.len() == 2).then(|| named(field)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_understood() {
        let named = |name: &str| match name.to_lowercase().as_str() {
            "ar" | "arabic" | "العربية" => Some("ar".to_owned()),
            "ar-sa" | "ar_sa" => Some("ar-SA".to_owned()),
            "en" | "english" | "anglais" => Some("en".to_owned()),
            _ => None,
        };
        let language = |code: &str| Meaning::Language(code.to_owned());
        for (heading, expected) in [
            ("Source", Meaning::Source(None)),
            ("source_text", Meaning::Source(None)),
            ("source (ar)", Meaning::Source(Some("ar".to_owned()))),
            ("Source: English", Meaning::Source(Some("en".to_owned()))),
            ("Arabic translation", Meaning::Target(Some("ar".to_owned()))),
            ("النص الأصلي", Meaning::Source(None)),
            ("texte cible", Meaning::Target(None)),
            ("AR", language("ar")),
            ("Arabic (Egypt)", language("ar")),
            ("text_ar_SA", language("ar-SA")),
            ("EN text", language("en")),
            ("العربية", language("ar")),
            ("Term", Meaning::Text),
            ("Key", Meaning::Context),
            ("No.", Meaning::Context),
            ("ملاحظات", Meaning::Comment),
            ("English is hard", Meaning::Unknown),
            ("The source of the Nile", Meaning::Unknown),
            ("", Meaning::Unknown),
        ] {
            assert_eq!(meaning(heading, &named), expected, "{heading}");
        }
    }
}
