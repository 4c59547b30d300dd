//! PO as gettext reads it: our texts and counts beside those of `msgfmt` and `msgunfmt`, on files made for that.
//!
//! `scripts/test` installs gettext and says where it is: `MUQABALA_MSGFMT` and `MUQABALA_MSGUNFMT`. What is not named
//! there is left out, with a line that says so.

use std::collections::BTreeMap;
use std::fs;

use muqabala::bitext::Sides;
use muqabala::formats::plural::PluralForms;
use muqabala::formats::po::{PluralsRead, read_with};
use muqabala::formats::{LeftOut, Status};

use crate::support::programs::{succeed, tool};

/// The plural forms of languages, as gettext's manual has them.
const FORMS: [(&str, &str); 8] = [
    (
        "ar",
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    ),
    ("ja", "nplurals=1; plural=0;"),
    ("de", "nplurals=2; plural=n != 1;"),
    ("fr", "nplurals=2; plural=n>1;"),
    ("lv", "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;"),
    ("ga", "nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;"),
    (
        "ru",
        "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
    ),
    ("sl", "nplurals=4; plural=n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3;"),
];

/// Ways of writing an entry, each with how many translated messages it is for gettext.
const ENTRIES: [(&str, usize); 9] = [
    ("msgid \"plain N\"\nmsgstr \"text N\"\n", 1),
    ("msgid\n\"on its N\"\nmsgstr\n\"own line\"\n", 1),
    ("msgid \"\"\n\"in \"\n\"parts N\"\nmsgstr \"\" \"a\" \"b\"\n\n\"c\"\n", 1),
    (
        "msgctxt \"menu\" msgid \"same N\" msgstr \"one\"\nmsgctxt \"shop\"\nmsgid \"same N\"\nmsgstr \"two\"\n",
        2,
    ),
    (
        "# told\n#. code\n#: a.c:1\n#, c-format\nmsgid \"%d N\\t\\\"q\\\" \\\\\\n\"\nmsgstr \"\\x41\\102 %d\\n\"\n",
        1,
    ),
    ("#, fuzzy\n#| msgid \"before N\"\nmsgid \"fuzzy N\"\nmsgstr \"perhaps\"\n", 0),
    ("#~ msgid \"gone N\"\n#~ msgstr \"\"\n#~ \"old\"\n", 0),
    ("msgid \"empty N\"\nmsgstr \"\"\n", 0),
    ("msgid \"N guest\"\nmsgid_plural \"N guests\"\nFORMS", 1),
];

/// A file of some of the entries, told by the bits of `which`, and how many translated messages it holds.
fn file(language: &str, forms: &str, which: usize) -> (String, usize) {
    let count = PluralForms::parse(forms).unwrap().count;
    let mut text = format!(
        "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Language: {language}\\n\"\n\"Plural-Forms: {forms}\\n\"\n\n"
    );
    let mut messages = 0;
    for (at, (entry, translated)) in ENTRIES.iter().enumerate().filter(|(at, _)| which >> at & 1 == 1) {
        let all: String = (0..count).map(|n| format!("msgstr[{n}] \"form {n}\"\n")).collect();
        text.push_str(&entry.replace("FORMS", &all).replace('N', &at.to_string()));
        text.push('\n');
        messages += translated;
    }
    (text, messages)
}

/// The texts of translated messages: singular with the form for 1, plural with that for 100.
fn texts(po: &str) -> (BTreeMap<(String, String), usize>, usize) {
    let read = read_with(po, PluralsRead::Two).unwrap();
    let mut pairs = BTreeMap::new();
    for unit in &read.units {
        let sides =
            Sides::new(unit.text(muqabala::bitext::Side::Source), unit.text(muqabala::bitext::Side::Target));
        if unit.unit.unfinished.is_none() && !sides.target.is_empty() {
            assert_eq!(unit.unit.status, Status::Pending);
            *pairs.entry((sides.source.to_owned(), sides.target.to_owned())).or_default() += 1;
        }
    }
    (pairs, read.told.count(&LeftOut::PluralForm))
}

#[test]
fn gettext_reads_the_same_messages() {
    let programs = (tool("MUQABALA_MSGFMT", "PO with msgfmt"), tool("MUQABALA_MSGUNFMT", "PO with msgunfmt"));
    let (Some(msgfmt), Some(msgunfmt)) = programs else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    // Each language with three choices of entries: all, every second, and all but those.
    for (language, forms) in FORMS {
        for which in [0x1ff, 0x155, 0x0ab] {
            let (text, messages) = file(language, forms, which);
            fs::write(path.join("x.po"), &text).unwrap();
            let arguments =
                |all: &[&str]| all.iter().map(|a| path.join(a).into_os_string()).collect::<Vec<_>>();
            let mut compile = vec!["--statistics".into(), "-o".into()];
            compile.extend(arguments(&["x.mo", "x.po"]));
            let (_, said) = succeed(&msgfmt, &compile, path);
            assert!(said.contains(&format!("{messages} translated message")), "{said}\n{text}");
            let (back, _) = succeed(&msgunfmt, &arguments(&["x.mo"]), path);
            let (ours, left) = texts(&text);
            assert_eq!(ours, texts(&back).0, "{text}\n{back}");
            let plural = which >> 8 & 1 == 1;
            let distinct = usize::from(!forms.starts_with("nplurals=1"));
            let entries = ours.values().sum::<usize>();
            assert_eq!(entries, messages + usize::from(plural), "{text}");
            let count = PluralForms::parse(forms).unwrap().count;
            assert_eq!(left, if plural { count - 1 - distinct } else { 0 }, "{text}");
        }
    }
}
