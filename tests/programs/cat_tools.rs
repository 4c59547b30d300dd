//! The TMX that `align` writes, and the one that `tmx fix` makes of it when it was damaged, read by the programs that translators use: xmllint with the DTD of TMX 1.4,
//! OmegaT and translate-toolkit.
//!
//! `scripts/test` installs the programs and says where they are: `MUQABALA_XMLLINT` and `MUQABALA_SCHEMAS` (the
//! folder with `tmx14.dtd`), `MUQABALA_OMEGAT` (its jar) and `MUQABALA_JAVA`, `MUQABALA_PYTHON` (a Python that has
//! translate-toolkit). What is not named there is left out, with a line that says so.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::programs::{omegat_project, succeed, tool};
use crate::support::run;

/// A source and a target text.
type Pair = (String, String);

/// Two documents, aligned: in `folder` stand `pairs.tmx` and what else a test puts there.
struct Aligned {
    folder: TempDir,
    /// Every bead in order; null beads have an empty side.
    beads: Vec<Pair>,
}

impl Aligned {
    /// Aligns two documents, once into `pairs.tmx` and once into the beads to compare it with.
    fn new(source: &str, target: &str, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::write(path.join("ar.txt"), source).unwrap();
        fs::write(path.join("en.txt"), target).unwrap();
        let align = |output: &str| {
            let fixed =
                ["align", "ar.txt", "en.txt", "--source-lang", "ar", "--target-lang", "en", "-o", output];
            let ran = run(path, &[&fixed[..], options].concat());
            assert_eq!(ran.code, 0, "{}", ran.err);
        };
        align("pairs.tmx");
        align("beads.jsonl");
        let beads = fs::read_to_string(path.join("beads.jsonl")).unwrap();
        let beads = beads.lines().map(|line| {
            let bead: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |field: &str| bead[field].as_str().unwrap().to_owned();
            (text("source_text"), text("target_text"))
        });
        let beads: Vec<Pair> = beads.collect();
        Self { folder, beads }
    }

    fn statement() -> Self {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
        let read = |name: &str| fs::read_to_string(corpus.join(name)).unwrap();
        let aligned = Self::new(&read("ar.txt"), &read("en.txt"), &[]);
        assert!(aligned.linked().count() > 20, "the statement has more beads than that");
        aligned
    }

    /// Text with all that gets lost on the way easily: invisible marks, no-break spaces, XML's own characters,
    /// characters outside the BMP, harakat, digits of all kinds.
    fn ugly() -> Self {
        let source = "قال: \u{ab}نعم\u{bb}\u{200f} & <b>لا</b>\u{a0}\"١\" في 2024.\n\
                      مى\u{200c}خواهم \u{1f600} \u{200e}x\u{202b}y\u{202c} 17.\n\
                      أ\u{64f}م\u{651}\u{640}\u{640}ة &amp; ۳ <!-- 88 --> ]]> 'ب'.\n";
        let target = "He said: \"yes\" & <b>no</b>\u{a0}'1' in 2024.\n\
                      I want \u{10ffff}\u{1d11e} \u{2019}\u{200b} x y 17.\n\
                      A nation &amp; 3 <!-- 88 --> ]]> 'b'.\n";
        let aligned = Self::new(source, target, &["--presegmented"]);
        let pairs = source.lines().zip(target.lines()).map(|(s, t)| (s.to_owned(), t.to_owned()));
        assert_eq!(aligned.beads, pairs.collect::<Vec<_>>());
        aligned
    }

    /// The memory damaged in all the ways that `tmx fix` mends without losing a text, and mended: in `pairs.tmx`.
    fn damaged_and_mended(self) -> Self {
        let whole = fs::read_to_string(self.tmx()).unwrap();
        let unit = "<prop type=\"file\">ar.txt</prop><note>a note at the end</note>\n</tu>";
        let damaged = [
            ("encoding=\"UTF-8\"?>", "encoding=\"UTF-16\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">"),
            ("<tmx version=\"1.4\"", "<tmx version=\"1.4b\" xmlns=\"http://www.lisa.org/tmx14\""),
            (" o-tmf=\"muqabala\"", ""),
            (" srclang=\"ar\"", " srclang=\"*all*\""),
            (" xml:lang=\"", " lang=\""),
            ("<seg>", "<seg>\n        &#x0B;"),
            ("</seg>", "\n      </seg>"),
            ("</tu>", unit),
        ];
        let damaged = damaged.iter().fold(whole, |text, (good, bad)| {
            assert!(text.contains(good), "{good}");
            text.replace(good, bad)
        });
        let utf16: Vec<u8> = damaged.encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(self.folder.path().join("bad.tmx"), [&b"\xff\xfe"[..], &utf16].concat()).unwrap();
        let found = run(self.folder.path(), &["tmx", "check", "bad.tmx", "--least", "error"]);
        assert_eq!(found.code, 1);
        let fixed = run(self.folder.path(), &["tmx", "fix", "bad.tmx", "-o", "pairs.tmx"]);
        assert_eq!(fixed.code, 0, "{}", fixed.err);
        self
    }

    fn tmx(&self) -> PathBuf {
        self.folder.path().join("pairs.tmx")
    }

    /// Memories as they were written, and as they were mended.
    fn all() -> [Self; 4] {
        [
            Self::statement(),
            Self::ugly(),
            Self::statement().damaged_and_mended(),
            Self::ugly().damaged_and_mended(),
        ]
    }

    fn linked(&self) -> impl Iterator<Item = &Pair> {
        self.beads.iter().filter(|(source, target)| !source.is_empty() && !target.is_empty())
    }
}

#[test]
fn xmllint_validates_it() {
    let Some(xmllint) = tool("MUQABALA_XMLLINT", "validation by xmllint") else { return };
    let Some(schemas) = tool("MUQABALA_SCHEMAS", "validation by the TMX 1.4 DTD") else { return };
    let dtd = Path::new(&schemas).join("tmx14.dtd");
    assert!(dtd.is_file(), "there is no {}", dtd.display());
    for aligned in Aligned::all() {
        // OmegaT's schema, which is stricter than the DTD in some places, where it is there.
        let schema = Path::new(&schemas).join("tmx14-omegat.xsd");
        if schema.is_file() {
            let arguments = ["--noout".into(), "--nonet".into(), "--schema".into(), schema.into()];
            succeed(&xmllint, &[&arguments[..], &[aligned.tmx().into()]].concat(), aligned.folder.path());
        }
        let arguments = ["--noout".into(), "--nonet".into(), "--dtdvalid".into(), dtd.clone().into()];
        let (_, messages) =
            succeed(&xmllint, &[&arguments[..], &[aligned.tmx().into()]].concat(), aligned.folder.path());
        assert_eq!(messages, "");
        // The check itself: what the DTD does not allow is refused.
        let broken = aligned.folder.path().join("broken.tmx");
        let text = fs::read_to_string(aligned.tmx()).unwrap();
        fs::write(&broken, text.replacen(" o-tmf=", " x-tmf=", 1)).unwrap();
        assert_cmd::Command::new(&xmllint).args(&arguments).arg(&broken).assert().failure();
    }
}

/// Has OmegaT translate the paragraphs of `source` by nothing but these memories.
fn translate_by_omegat(
    java: &OsString,
    jar: &OsString,
    memories: &[PathBuf],
    source: &[&str],
) -> Vec<String> {
    // Paragraphs are kept apart by empty lines, and are not cut further, so that each is one segment.
    for paragraph in source {
        assert!(!paragraph.contains(['\n', '\r']), "no paragraph: {paragraph:?}");
    }
    let scratch = tempfile::tempdir().unwrap();
    let (project, home) = (scratch.path().join("project"), scratch.path().join("home"));
    for folder in ["source", "target", "tm/auto", "omegat", "glossary", "dictionary"] {
        fs::create_dir_all(project.join(folder)).unwrap();
    }
    fs::create_dir(&home).unwrap();
    fs::write(project.join("omegat.project"), omegat_project(false)).unwrap();
    // This extension stands for UTF-8, whatever the locale.
    fs::write(project.join("source/document.utf8"), source.join("\n\n") + "\n").unwrap();
    for (number, tmx) in memories.iter().enumerate() {
        fs::copy(tmx, project.join(format!("tm/auto/pairs{number}.tmx"))).unwrap();
    }
    let mut user_home = OsString::from("-Duser.home=");
    user_home.push(&home);
    let mut config = OsString::from("--config-dir=");
    config.push(&home);
    let arguments = [
        "-Djava.awt.headless=true".into(),
        "-Dfile.encoding=UTF-8".into(),
        user_home,
        "-jar".into(),
        jar.clone(),
        project.clone().into(),
        "--mode=console-translate".into(),
        config,
    ];
    let (log, _) = succeed(java, &arguments, &home);
    let target = fs::read_to_string(project.join("target/document.utf8"))
        .unwrap_or_else(|e| panic!("OmegaT wrote no target document: {e}\n{log}"));
    target.trim_end_matches('\n').split("\n\n").map(str::to_owned).collect()
}

#[test]
fn omegat_fills_in_every_aligned_segment_exactly() {
    let Some(jar) = tool("MUQABALA_OMEGAT", "OmegaT") else { return };
    let java = std::env::var_os("MUQABALA_JAVA").unwrap_or_else(|| "java".into());
    for aligned in Aligned::all() {
        // What has no counterpart must stay as it is.
        let (source, expected): (Vec<&str>, Vec<&str>) = aligned
            .beads
            .iter()
            .filter(|(source, _)| !source.is_empty())
            .map(|(source, target)| (&**source, if target.is_empty() { &**source } else { &**target }))
            .unzip();
        let found = translate_by_omegat(&java, &jar, &[aligned.tmx()], &source);
        assert_eq!(found, expected);
    }
}

/// Memories of ours from files of two languages in several formats, all in one project.
#[test]
fn omegat_reads_all_units_of_many_memories() {
    let Some(jar) = tool("MUQABALA_OMEGAT", "OmegaT with many memories") else { return };
    let java = std::env::var_os("MUQABALA_JAVA").unwrap_or_else(|| "java".into());
    let folder = tempfile::tempdir().unwrap();
    let (mut memories, mut pairs): (Vec<PathBuf>, Vec<Pair>) = Default::default();
    for number in 0..12 {
        let own: Vec<Pair> = (0..5)
            .map(|n| {
                (
                    format!("الجملة {n} من الملف {number}: «ملح & خبز»."),
                    format!("Sentence {n} of file {number}: <salt> & \"bread\"."),
                )
            })
            .collect();
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let (name, text): (String, String) = match number % 3 {
            0 => (format!("{number}.tsv"), own.iter().map(|(a, b)| format!("{a}\t{b}\n")).collect()),
            1 => (
                format!("{number}.csv"),
                own.iter().map(|(a, b)| format!("\"{a}\",\"{}\"\n", b.replace('"', "\"\""))).collect(),
            ),
            _ => (
                format!("{number}.po"),
                own.iter()
                    .map(|(a, b)| format!("msgid \"{}\"\nmsgstr \"{}\"\n\n", quoted(a), quoted(b)))
                    .collect(),
            ),
        };
        fs::write(folder.path().join(&name), text).unwrap();
        let memory = format!("{number}.tmx");
        let ran = run(
            folder.path(),
            &[
                "align",
                "--from",
                &name,
                "--keep-units",
                "--source-lang",
                "ar",
                "--target-lang",
                "en",
                "-o",
                &memory,
            ],
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        memories.push(folder.path().join(memory));
        pairs.extend(own);
    }
    let source: Vec<&str> = pairs.iter().map(|(source, _)| &**source).collect();
    let expected: Vec<&str> = pairs.iter().map(|(_, target)| &**target).collect();
    assert_eq!(translate_by_omegat(&java, &jar, &memories, &source), expected);
}

#[test]
fn translate_toolkit_reads_every_unit() {
    let Some(python) = tool("MUQABALA_PYTHON", "translate-toolkit") else { return };
    let script = "\
import json, sys
from translate.storage import tmx
units = tmx.tmxfile.parsefile(sys.argv[1]).units
print(json.dumps([[unit.source, unit.target] for unit in units]))";
    for aligned in Aligned::all() {
        let (out, _) =
            succeed(&python, &["-c".into(), script.into(), aligned.tmx().into()], aligned.folder.path());
        let units: Vec<Pair> = serde_json::from_str(&out).unwrap();
        // A pair that recurs is one unit.
        let mut seen = BTreeSet::new();
        let expected: Vec<&Pair> = aligned.linked().filter(|pair| seen.insert(*pair)).collect();
        assert_eq!(units.iter().collect::<Vec<_>>(), expected);
    }
}
