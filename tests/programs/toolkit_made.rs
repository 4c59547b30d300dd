//! Files that translate-toolkit made, read by us and by itself: the same pairs come out, or what is missing is counted.
//!
//! `scripts/test` installs translate-toolkit and gettext and says where: `MUQABALA_PYTHON`, `MUQABALA_MSGFMT`. Without
//! them tests are left out, with a line that says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use muqabala::formats::LeftOut;
use muqabala::read::{BilingualOptions, Input, ReadOptions, read_bilingual};

use crate::support::programs::{succeed, tool};

/// What the toolkit says of a file.
#[derive(Debug, Deserialize)]
struct Made {
    name: String,
    /// Its finished pairs: of a unit with plural forms two, with the forms for 1 and for 100.
    pairs: Vec<(String, String)>,
    /// Units that are finished, are fuzzy, are obsolete, have no target.
    messages: usize,
    fuzzy: usize,
    obsolete: usize,
    empty: usize,
}

/// Makes twelve files of each of six formats in a folder, reads them again, and writes as JSON what is in each: texts in
/// Arabic and with all that is easily lost, fuzzy and empty ones, in PO also contexts, plural forms and obsolete ones.
const MAKE: &str = r#"
import json, os, random, sys
from translate.misc.multistring import multistring
from translate.storage import csvl10n, po, tmx, wordfast, xliff, xliff2
folder = sys.argv[1]
chance = random.Random(7)
words = ["salt", "bread & butter", "<b>tea</b>", "\"milk\"", "a\\b", "line\nend", "tab\there", "خبز", "ملح\u200f", "شاي", "%d", "{x}"]
FORMS = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
def text(): return " ".join(chance.choice(words) for _ in range(chance.randint(1, 4)))
def new(kind):
    if kind == "po":
        store = po.pofile()
        store.updateheader(add=True, Language="ar", Plural_Forms=FORMS)
        return store
    if kind == "xlf": return xliff.xlifffile(sourcelanguage="en", targetlanguage="ar")
    if kind == "xlf2": return xliff2.Xliff2File(sourcelanguage="en", targetlanguage="ar")
    return {"tmx": tmx.tmxfile, "csv": csvl10n.csvfile, "txt": wordfast.WordfastTMFile}[kind]()
report = []
for number in range(12):
    pairs = [("en %d %s" % (n, text()), "" if chance.random() < 0.2 else "عربي %d %s" % (n, text()), chance.random() < 0.2) for n in range(chance.randint(1, 9))]
    pairs.append(("en last", "الأخير", False))
    for kind in ("po", "xlf", "xlf2", "tmx", "csv", "txt"):
        name = "%s%d.%s" % (kind, number, "xlf" if kind == "xlf2" else kind)
        path = os.path.join(folder, name)
        store = new(kind)
        has_states = kind in ("po", "xlf", "xlf2")
        for source, target, fuzzy in pairs:
            if kind == "txt": source, target = source.replace("\n", " ").replace("\t", " "), target.replace("\n", " ").replace("\t", " ")
            if kind == "tmx":
                store.addtranslation(source, "en", target, "ar")
                continue
            unit = store.addsourceunit(source)
            unit.target = target
            if fuzzy and target and has_states: unit.markfuzzy(True)
        if kind == "po":
            for n in range(chance.randint(0, 3)):
                unit = store.addsourceunit("en last")
                unit.target = "في القائمة %d" % n
                unit.setcontext("menu %d" % n)
                unit = store.addsourceunit("gone %d" % n)
                unit.target = "ذهب"
                unit.makeobsolete()
                unit = store.addsourceunit(multistring(["%%d %d file" % n, "%%d %d files" % n]))
                unit.target = multistring(["شكل %d" % form for form in range(6)])
        with open(path, "wb") as out: store.serialize(out)
        again = type(store).parsefile(path)
        units = [u for u in again.units if not u.isheader() and not u.isobsolete()]
        if kind in ("csv", "txt"): units = [u for u in units if str(u.source) not in ("", "source")]
        fuzzy = [u for u in units if has_states and u.target and u.isfuzzy()]
        ready = [u for u in units if u.target and u not in fuzzy]
        done = []
        for u in ready:
            if u.hasplural():
                done += [(u.source.strings[0], u.target.strings[1]), (u.source.strings[1], u.target.strings[5])]
            else:
                done.append((str(u.source), str(u.target)))
        obsolete = sum(1 for u in again.units if u.isobsolete())
        report.append(dict(name=name, pairs=done, messages=len(ready), fuzzy=len(fuzzy), obsolete=obsolete, empty=sum(1 for u in units if not u.target)))
print(json.dumps(report))
"#;

/// How many files there are, so that none is left out unnoticed.
const FILES: usize = 72;
/// And how many pairs in all of them.
const PAIRS: usize = 396;

#[test]
fn what_translate_toolkit_made_is_read_as_it_reads_it() {
    let Some(python) = tool("MUQABALA_PYTHON", "files that translate-toolkit made") else { return };
    let msgfmt = tool("MUQABALA_MSGFMT", "files of translate-toolkit with msgfmt");
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("make.py");
    fs::write(&script, MAKE).unwrap();
    let arguments = [script.into_os_string(), folder.path().as_os_str().to_owned()];
    let (report, _) = succeed(&python, &arguments, folder.path());
    let report: Vec<Made> = serde_json::from_str(&report).unwrap();
    assert_eq!(report.len(), FILES);
    let (mut all, mut compiled) = (0, 0);
    for made in report {
        let name = &made.name;
        let input = Input::File(folder.path().join(name));
        let read = read_bilingual(&input, &ReadOptions::default(), &BilingualOptions::default()).unwrap();
        let texts =
            read.documents.as_ref().map(|d| d.blocks().iter().map(|b| d.slice(b.span)).collect::<Vec<_>>());
        let mut counts: BTreeMap<(String, String), i32> = BTreeMap::new();
        for (source, target) in &made.pairs {
            *counts.entry((source.trim().to_owned(), target.trim().to_owned())).or_default() += 1;
        }
        for (source, target) in texts.source.iter().zip(&texts.target) {
            *counts.entry(((*source).to_owned(), (*target).to_owned())).or_default() -= 1;
        }
        counts.retain(|_, count| *count != 0);
        assert!(counts.is_empty(), "{name}: {counts:?}");
        all += texts.source.len();
        let left = |what| read.told.count(&what);
        // In XLIFF the toolkit says `needs-translation` or `initial` of what is fuzzy.
        assert_eq!(left(LeftOut::ForReview) + left(LeftOut::Untranslated), made.fuzzy, "{name}");
        assert_eq!((left(LeftOut::OneSided), left(LeftOut::Obsolete)), (made.empty, made.obsolete), "{name}");
        let is_po = Path::new(name).extension().is_some_and(|extension| extension == "po");
        if let Some(msgfmt) = msgfmt.as_ref().filter(|_| is_po) {
            let path = folder.path().join(name).into_os_string();
            let (_, said) = succeed(
                msgfmt,
                &["--statistics".into(), "-o".into(), "/dev/null".into(), path],
                folder.path(),
            );
            let count = |word: &str| {
                let number = said
                    .split(", ")
                    .find(|part| part.contains(word))
                    .map(|part| part.split(' ').next().unwrap());
                number.map_or(0, |number| number.parse().unwrap())
            };
            assert_eq!(
                (count(" translated"), count(" fuzzy"), count(" untranslated")),
                (made.messages, made.fuzzy, made.empty),
                "{name}: {said}"
            );
            compiled += 1;
        }
    }
    // What the files hold together, so that a file that is empty for both sides would show.
    assert_eq!(all, PAIRS);
    assert!(msgfmt.is_none() || compiled == FILES / 6);
}
