//! Our bilingual files, read by the programs that people use: LibreOffice, openpyxl, translate-toolkit, OmegaT.
//!
//! `scripts/test` installs them and says where they are: `MUQABALA_SOFFICE`, `MUQABALA_PYTHON` (with openpyxl and
//! translate-toolkit), `MUQABALA_OMEGAT` and `MUQABALA_JAVA`. What is not named there is left out, with a line that
//! says so.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::programs::{omegat_project, succeed, tool};
use crate::support::run;

type Pair = (String, String);

/// Texts with marks that get lost easily, and the statement below them, aligned and written as `files`.
fn exported(files: &[&str]) -> (TempDir, Vec<Pair>) {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
    let awkward = (
        "قال: \u{ab}نعم\u{bb}\u{200f} & <b>لا</b>\u{a0}\"١\" في 2024، مى\u{200c}خواهم \u{1f600} ق\u{64f}.\n",
        "He said: \"yes\" & <b>no</b>\u{a0}'1' in 2024, I want \u{1f600} _x000B_ \u{200e}x.\n",
    );
    for (name, first) in [("ar.txt", awkward.0), ("en.txt", awkward.1)] {
        let text = fs::read_to_string(corpus.join(name)).unwrap();
        fs::write(folder.path().join(name), format!("{first}{text}")).unwrap();
    }
    for file in files.iter().chain(&["beads.jsonl"]) {
        let ran = run(folder.path(), &["align", "ar.txt", "en.txt", "-o", file]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let beads = fs::read_to_string(folder.path().join("beads.jsonl")).unwrap();
    let pair = |line: &str| {
        let bead: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| bead[field].as_str().unwrap().to_owned();
        (text("source_text"), text("target_text"))
    };
    let pairs: Vec<Pair> = beads.lines().map(pair).collect();
    assert!(pairs.contains(&(awkward.0.trim().to_owned(), awkward.1.trim().to_owned())), "{pairs:?}");
    (folder, pairs)
}

/// Fails with the first pair that differs, not with all of them.
fn same(found: &[Pair], expected: &[Pair], what: &str) {
    for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found, expected, "{what}, pair {index}");
    }
    assert_eq!(found.len(), expected.len(), "{what}");
}

fn with_source(pairs: &[Pair]) -> Vec<Pair> {
    pairs.iter().filter(|p| !p.0.is_empty()).cloned().collect()
}

/// Runs a Python script on `file`; it prints JSON.
fn python<T: serde::de::DeserializeOwned>(python: &OsString, script: &str, file: &Path) -> T {
    let home = tempfile::tempdir().unwrap();
    let (out, _) = succeed(python, &["-c".into(), script.into(), file.into()], home.path());
    serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}"))
}

#[test]
fn translate_toolkit_reads_xliff_and_po() {
    let Some(program) = tool("MUQABALA_PYTHON", "translate-toolkit") else { return };
    let (folder, pairs) = exported(&["x.xlf", "x.xlf2", "x.po"]);
    let read = |module: &str, class: &str, file: &str| -> Vec<(String, String)> {
        let script = format!(
            "import json, sys\nfrom translate.storage import {module}\n\
             units = {module}.{class}.parsefile(sys.argv[1]).units\n\
             print(json.dumps([[str(u.source), str(u.target or '')] for u in units if not u.isheader()]))"
        );
        python(&program, &script, &folder.path().join(file))
    };
    let expected = with_source(&pairs);
    same(&read("xliff", "xlifffile", "x.xlf"), &expected, "XLIFF 1.2");
    same(&read("xliff2", "Xliff2File", "x.xlf2"), &expected, "XLIFF 2.1");
    let mut once = expected.clone();
    let mut seen = std::collections::BTreeSet::new();
    once.retain(|p| seen.insert(p.clone()));
    same(&read("pypo", "pofile", "x.po"), &once, "PO");
}

#[test]
fn openpyxl_reads_the_workbook_and_its_directions() {
    let Some(program) = tool("MUQABALA_PYTHON", "openpyxl") else { return };
    let (folder, pairs) = exported(&["x.xlsx"]);
    let script = "\
import json, sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
rows = [[c.value or '' for c in row[:2]] for row in sheet.iter_rows(min_row=2)]
orders = sorted({(c.column, c.alignment.readingOrder) for row in sheet.iter_rows(min_row=2) for c in row[:2] if c.value})
print(json.dumps([bool(sheet.sheet_view.rightToLeft), orders, rows]))";
    let (right_to_left, orders, rows): (bool, Vec<(u32, f64)>, Vec<Pair>) =
        python(&program, script, &folder.path().join("x.xlsx"));
    assert!(right_to_left, "the sheet runs as its source does");
    assert_eq!(orders, [(1, 2.0), (2, 1.0)], "1 is left to right, 2 right to left");
    // openpyxl does not undo the escapes of characters that XML cannot hold.
    let undone = |text: &str| text.replace("_x005F_", "_");
    let rows: Vec<Pair> = rows.iter().map(|(s, t)| (undone(s), undone(t))).collect();
    same(&rows, &pairs, "XLSX");
}

/// Has LibreOffice convert `file` to `format`, and gives the text of the result.
fn converted(soffice: &OsString, file: &Path, options: &[&str], format: &str, extension: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut profile = OsString::from("-env:UserInstallation=file://");
    profile.push(home.path());
    let mut arguments = vec![profile, "--headless".into()];
    arguments.extend(options.iter().map(OsString::from));
    arguments.extend([
        "--convert-to".into(),
        format.into(),
        "--outdir".into(),
        home.path().into(),
        file.into(),
    ]);
    let (log, _) = succeed(soffice, &arguments, home.path());
    let result = home.path().join(file.file_stem().unwrap()).with_extension(extension);
    fs::read_to_string(&result).unwrap_or_else(|e| panic!("{}: {e}\n{log}", result.display()))
}

#[test]
fn libreoffice_gives_the_texts_of_workbook_and_document_back() {
    let Some(soffice) = tool("MUQABALA_SOFFICE", "LibreOffice") else { return };
    let (folder, pairs) = exported(&["x.xlsx", "x.docx", "x.csv"]);
    // 44 is the comma, 34 the quote, 76 UTF-8. In a window LibreOffice sees the mark; here it wants to be told.
    let csv = "csv:Text - txt - csv (StarCalc):44,34,76";
    for (file, options) in [("x.xlsx", &[][..]), ("x.csv", &["--infilter=CSV:44,34,76"])] {
        let text = converted(&soffice, &folder.path().join(file), options, csv, "csv");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows = reader.records().map(|r| r.unwrap());
        let rows: Vec<Pair> = rows.map(|r| (r[0].to_owned(), r[1].to_owned())).collect();
        same(&rows, &pairs, file);
    }
    let text = converted(&soffice, &folder.path().join("x.docx"), &[], "txt:Text (encoded):UTF8", "txt");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    for text in pairs.iter().flat_map(|(s, t)| [s, t]).filter(|t| !t.is_empty()) {
        assert!(lines.contains(&&**text), "not in the document: {text:?}");
    }
}

/// A project of OmegaT with one source document.
struct Omegat {
    scratch: TempDir,
    java: OsString,
    jar: OsString,
}

impl Omegat {
    fn new(source: &str, segmenting: bool) -> Option<Self> {
        let jar = tool("MUQABALA_OMEGAT", "OmegaT")?;
        let java = std::env::var_os("MUQABALA_JAVA").unwrap_or_else(|| "java".into());
        let project = Self { scratch: tempfile::tempdir().unwrap(), java, jar };
        for folder in
            ["source", "target", "tm/auto", "tm/enforce", "omegat", "glossary", "dictionary", "../home"]
        {
            fs::create_dir_all(project.path().join(folder)).unwrap();
        }
        fs::write(project.path().join("omegat.project"), omegat_project(segmenting)).unwrap();
        // This extension stands for UTF-8, whatever the locale.
        fs::write(project.path().join("source/document.utf8"), source).unwrap();
        Some(project)
    }

    fn path(&self) -> PathBuf {
        self.scratch.path().join("project")
    }

    fn run(&self, mode: &[OsString]) -> String {
        let home = self.scratch.path().join("home");
        let option = |name: &str| {
            let mut option = OsString::from(name);
            option.push(&home);
            option
        };
        let arguments = [
            "-Djava.awt.headless=true".into(),
            "-Dfile.encoding=UTF-8".into(),
            option("-Duser.home="),
            "-jar".into(),
            self.jar.clone(),
            self.path().into(),
            option("--config-dir="),
        ];
        succeed(&self.java, &[&arguments[..], mode].concat(), &home).0
    }
}

#[test]
fn omegat_fills_in_every_segment_from_a_memory_to_be_used_or_enforced() {
    let (folder, pairs) = exported(&["x.tmx"]);
    let (source, expected): (Vec<&str>, Vec<&str>) = pairs
        .iter()
        .filter(|(source, _)| !source.is_empty())
        .map(|(source, target)| (&**source, if target.is_empty() { &**source } else { &**target }))
        .unzip();
    for place in ["tm/auto", "tm/enforce"] {
        let Some(project) = Omegat::new(&(source.join("\n\n") + "\n"), false) else { return };
        fs::copy(folder.path().join("x.tmx"), project.path().join(place).join("x.tmx")).unwrap();
        project.run(&["--mode=console-translate".into()]);
        let target = fs::read_to_string(project.path().join("target/document.utf8")).unwrap();
        assert_eq!(target.trim_end_matches('\n').split("\n\n").collect::<Vec<_>>(), expected, "{place}");
    }
}

/// Our SRX as OmegaT 3.6 keeps rules: Java's own serialisation of its objects. Newer versions take SRX as it is.
fn segmentation_conf(srx: &str) -> String {
    let list =
        regex::Regex::new(r#"(?s)<languagerule languagerulename="([^"]*)">(.*?)</languagerule>"#).unwrap();
    let rule = regex::Regex::new(
        r#"(?s)<rule break="(\w+)">\s*<beforebreak>(.*?)</beforebreak>\s*<afterbreak>(.*?)</afterbreak>\s*</rule>"#,
    )
    .unwrap();
    let map =
        regex::Regex::new(r#"<languagemap languagepattern="([^"]*)" languagerulename="([^"]*)"/>"#).unwrap();
    assert!(srx.contains("cascade=\"yes\""), "OmegaT adds up what all matching maps say");
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<java version=\"1.8\" class=\"java.beans.XMLDecoder\">\n\
         <object class=\"org.omegat.core.segmentation.SRX\">\n<void property=\"mappingRules\"><object class=\"java.util.ArrayList\">\n",
    );
    let mut rules = 0;
    for map in map.captures_iter(srx) {
        let found = list.captures_iter(srx).find(|l| l[1] == map[2]).unwrap();
        out.push_str(&format!(
            "<void method=\"add\"><object class=\"org.omegat.core.segmentation.MapRule\"><void property=\"language\"><string>{}</string></void>\
             <void property=\"pattern\"><string>{}</string></void><void property=\"rules\"><object class=\"java.util.ArrayList\">\n",
            &map[2], &map[1]
        ));
        for rule in rule.captures_iter(&found[2]) {
            let breaks = &rule[1] == "yes";
            out.push_str(&format!(
                "<void method=\"add\"><object class=\"org.omegat.core.segmentation.Rule\"><void property=\"breakRule\"><boolean>{breaks}</boolean></void>\
                 <void property=\"beforebreak\"><string>{}</string></void><void property=\"afterbreak\"><string>{}</string></void></object></void>\n",
                &rule[2], &rule[3]
            ));
            rules += 1;
        }
        out.push_str("</object></void></object></void>\n");
    }
    assert!(rules > 50, "the rules of the SRX were not found");
    out.push_str(
        "</object></void>\n<void property=\"version\"><string>0.2.2</string></void>\n</object>\n</java>\n",
    );
    out
}

#[test]
fn omegat_with_our_srx_cuts_the_statement_as_we_do() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024/ar.txt");
    let text = fs::read_to_string(corpus).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let text = lines.join("\n\n") + "\n";
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ar.txt"), &text).unwrap();
    let ours = run(folder.path(), &["segment", "ar.txt", "--lang", "ar"]);
    let ours: Vec<&str> = ours.out.lines().collect();
    assert!(ours.len() > lines.len(), "some paragraphs have several sentences");
    let srx = run(folder.path(), &["segment", "--export-srx"]).out;

    let Some(project) = Omegat::new(&text, true) else { return };
    fs::write(project.path().join("omegat/segmentation.conf"), segmentation_conf(&srx)).unwrap();
    let memory = project.path().join("all.tmx");
    let mut output = OsString::from("--pseudotranslatetmx=");
    output.push(&memory);
    project.run(&[
        "--mode=console-createpseudotranslatetmx".into(),
        output,
        "--pseudotranslatetype=equal".into(),
    ]);
    let memory = fs::read_to_string(&memory).unwrap();
    let segment = regex::Regex::new(r#"(?s)<tuv (?:xml:)?lang="(?i:ar)[^"]*">\s*<seg>(.*?)</seg>"#).unwrap();
    let unescaped =
        |s: &str| s.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let theirs: Vec<String> = segment.captures_iter(&memory).map(|c| unescaped(&c[1])).collect();
    // A memory has each text once, in an order of its own.
    let set =
        |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(set(theirs.iter().map(String::as_str).collect()), set(ours));
}
