//! Files that translate-toolkit made, read by us and by itself: the same pairs come out, or what is missing is counted.
//!
//! `scripts/test` installs translate-toolkit and says where: `MUQABALA_PYTHON`. Without it the test is left out, with a
//! line that says so.

use std::collections::BTreeMap;
use std::fs;

use muqabala::formats::LeftOut;
use muqabala::read::{BilingualOptions, Input, ReadOptions, read_bilingual};

use crate::support::programs::{succeed, tool};

/// What the toolkit says of a file: its name, its pairs, how many units are fuzzy, and how many have no target.
type Made = (String, Vec<(String, String)>, usize, usize);

/// Makes twelve files of each format in the current folder, reads them again, and writes as JSON for each its name,
/// its translated pairs, and how many units are fuzzy and how many have no target.
const MAKE: &str = r#"
import json, os, random, sys
from translate.storage import po, tmx, xliff
folder = sys.argv[1]
chance = random.Random(7)
words = ["salt", "bread & butter", "<b>tea</b>", "\"milk\"", "a\\b", "line\nend", "tab\there", "خبز", "ملح\u200f", "شاي", "%d", "{x}"]
def text(): return " ".join(chance.choice(words) for _ in range(chance.randint(1, 4)))
report = []
for number in range(12):
    pairs = [("en %d %s" % (n, text()), "" if chance.random() < 0.2 else "ar %d %s" % (n, text()), chance.random() < 0.2) for n in range(chance.randint(1, 9))]
    pairs.append(("en last", "ar last", False))
    for kind in ("po", "xlf", "tmx"):
        name = "%s%d.%s" % (kind, number, kind)
        path = os.path.join(folder, name)
        if kind == "tmx":
            store = tmx.tmxfile()
            for source, target, _ in pairs: store.addtranslation(source, "en", target, "ar")
        else:
            store = po.pofile() if kind == "po" else xliff.xlifffile(sourcelanguage="en", targetlanguage="ar")
            if kind == "po": store.updateheader(add=True, Language="ar")
            for source, target, fuzzy in pairs:
                unit = store.addsourceunit(source)
                unit.target = target
                if fuzzy and target: unit.markfuzzy(True)
        with open(path, "wb") as out: store.serialize(out)
        again = type(store).parsefile(path)
        units = [u for u in again.units if not u.isheader()]
        fuzzy = sum(1 for u in units if u.target and kind != "tmx" and u.isfuzzy())
        done = [(str(u.source), str(u.target)) for u in units if u.target and not (kind != "tmx" and u.isfuzzy())]
        report.append([name, done, fuzzy, sum(1 for u in units if not u.target)])
print(json.dumps(report))
"#;

#[test]
fn what_translate_toolkit_made_is_read_as_it_reads_it() {
    let Some(python) = tool("MUQABALA_PYTHON", "files that translate-toolkit made") else { return };
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("make.py");
    fs::write(&script, MAKE).unwrap();
    let arguments = [script.into_os_string(), folder.path().as_os_str().to_owned()];
    let (report, _) = succeed(&python, &arguments, folder.path());
    let report: Vec<Made> = serde_json::from_str(&report).unwrap();
    assert_eq!(report.len(), 36);
    for (name, expected, fuzzy, empty) in report {
        let input = Input::File(folder.path().join(&name));
        let read = read_bilingual(&input, &ReadOptions::default(), &BilingualOptions::default()).unwrap();
        let texts =
            read.documents.as_ref().map(|d| d.blocks().iter().map(|b| d.slice(b.span)).collect::<Vec<_>>());
        let mut counts: BTreeMap<(String, String), i32> = BTreeMap::new();
        for (source, target) in expected {
            *counts.entry((source.trim().to_owned(), target.trim().to_owned())).or_default() += 1;
        }
        for (source, target) in texts.source.iter().zip(&texts.target) {
            *counts.entry(((*source).to_owned(), (*target).to_owned())).or_default() -= 1;
        }
        counts.retain(|_, count| *count != 0);
        assert!(counts.is_empty(), "{name}: {counts:?}");
        // In XLIFF 1.1 the toolkit says `needs-translation` of what is fuzzy.
        let unsure = read.told.count(&LeftOut::ForReview) + read.told.count(&LeftOut::Untranslated);
        assert_eq!(unsure, fuzzy, "{name}");
        assert_eq!(read.told.count(&LeftOut::OneSided), empty, "{name}");
    }
}
