//! Settings in files: what counts, that flags win, and what a stranger's file cannot do.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::support::program;

struct Place {
    folder: tempfile::TempDir,
    home: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap(), home: tempfile::tempdir().unwrap() };
        fs::create_dir(place.at().join("docs")).unwrap();
        fs::write(place.at().join("docs/ar.txt"), "وقع الوزيران اتفاقا في 2024.\nانتهى الاجتماع اليوم.\n")
            .unwrap();
        fs::write(
            place.at().join("docs/en.txt"),
            "The ministers signed an agreement in 2024.\nThe meeting ended today.\n",
        )
        .unwrap();
        place
    }

    fn at(&self) -> &Path {
        self.folder.path()
    }

    fn beside(&self, text: &str) {
        fs::write(self.at().join("docs/muqabala.toml"), text).unwrap();
    }

    fn own(&self, text: &str) {
        let folder = self.home.path().join("muqabala");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("muqabala.toml"), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = program();
        command.current_dir(self.at()).env("XDG_CONFIG_HOME", self.home.path()).args(arguments);
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

#[test]
fn settings_are_defaults_and_what_is_typed_wins() {
    let place = Place::new();
    place.beside("source-lang = \"ar-IQ\"\ntarget-lang = \"en-GB\"\nmonotone = true\n");
    place.own("source-lang = \"ar-EG\"\nduplicates = \"all\"\nwithout = [\"names\", \"dates\"]\n");
    let align = |more: &[&str]| {
        let mut arguments = vec!["align", "docs/ar.txt", "docs/en.txt", "-o", "out.tmx"];
        arguments.extend(more);
        let (code, _, err) = place.run(&arguments);
        assert_eq!(code, 0, "{err}");
        (fs::read_to_string(place.at().join("out.tmx")).unwrap(), err)
    };
    let (tmx, err) = align(&[]);
    assert!(tmx.contains("srclang=\"ar-IQ\"") && tmx.contains("xml:lang=\"en-GB\""), "{tmx}");
    assert!(err.contains("muqabala.toml: source-lang, target-lang, monotone"), "{err}");
    assert!(err.contains("muqabala.toml: without, duplicates"), "{err}");
    let (tmx, _) = align(&["--source-lang", "ar-SA"]);
    assert!(tmx.contains("srclang=\"ar-SA\"") && tmx.contains("xml:lang=\"en-GB\""), "{tmx}");
    let (tmx, err) = align(&["--no-settings"]);
    assert!(tmx.contains("srclang=\"ar\"") && !err.contains("muqabala.toml"), "{err}");
    // What excludes something that was typed gives way.
    place.beside("presegmented = true\n");
    place.own("");
    let (code, out, err) = place.run(&["segment", "docs/ar.txt", "--numbered"]);
    assert!(code == 0 && err.contains("presegmented") && out.contains("\tline\t"), "{out}{err}");
    fs::write(place.at().join("rules.srx"), place.run(&["segment", "--export-srx"]).1).unwrap();
    let (code, out, err) = place.run(&["segment", "docs/ar.txt", "--numbered", "--srx", "rules.srx"]);
    assert!(code == 0 && !err.contains("presegmented") && !out.contains("\tline\t"), "{out}{err}");
}

#[test]
fn a_lexicon_beside_the_documents_counts_and_one_outside_is_told_and_left() {
    let place = Place::new();
    fs::write(place.at().join("docs/terms.tsv"), "اتفاقا\tagreement\n").unwrap();
    fs::write(place.at().join("secret.tsv"), "اتفاقا\tagreement\n").unwrap();
    place.beside("lexicon = [\"terms.tsv\"]\n");
    let align = ["align", "docs/ar.txt", "docs/en.txt", "--save", "p.muq"];
    let (code, _, err) = place.run(&align);
    assert!(code == 0 && err.contains("muqabala.toml: lexicon"), "{err}");
    let project = muqabala::project::store::read(&place.at().join("p.muq")).unwrap().0;
    assert_eq!(project.aligning().dictionaries.len(), 1);
    fs::remove_file(place.at().join("p.muq")).unwrap();
    place
        .beside("lexicon = [\"../secret.tsv\"]\noutput = \"ar.txt\"\nlexicons = [\"terms.tsv\"]\njobs = 9\n");
    let before = fs::read(place.at().join("docs/ar.txt")).unwrap();
    let (code, _, err) = place.run(&align);
    assert_eq!(code, 0, "{err}");
    for said in [
        "`lexicon` leads to ../secret.tsv, which is not in the folder of the file",
        "there is no setting `output`",
        "there is no setting `lexicons`; did you mean `lexicon`?",
        "`jobs` is not taken from a file beside documents",
    ] {
        assert!(err.contains(said), "{said}: {err}");
    }
    let project = muqabala::project::store::read(&place.at().join("p.muq")).unwrap().0;
    assert!(project.aligning().dictionaries.is_empty());
    assert_eq!(fs::read(place.at().join("docs/ar.txt")).unwrap(), before);
}

#[test]
fn config_says_what_counts_and_where_it_comes_from() {
    let place = Place::new();
    let (code, out, err) = place.run(&["config", "docs/ar.txt"]);
    assert!(code == 0 && out.contains("source-lang\t-\t(a text)"), "{out}");
    assert!(
        err.contains("there is no muqabala.toml in docs or above") && err.contains("would stand in"),
        "{err}"
    );
    place.beside("source-lang = \"ar-IQ\"\nreviewr = \"x\"\n");
    place.own("reviewer = \"سارة\"\nsource-lang = \"ar\"\n");
    let (code, out, err) = place.run(&["config", "docs"]);
    assert_eq!(code, 0);
    let line = |key: &str| out.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    assert!(
        line("source-lang").contains("ar-IQ") && line("source-lang").ends_with("docs/muqabala.toml"),
        "{out}"
    );
    assert!(line("reviewer").contains("سارة") && line("jobs").contains("in your own file alone"), "{out}");
    assert!(err.contains("did you mean `reviewer`?"), "{err}");
    let json: serde_json::Value = serde_json::from_str(&place.run(&["config", "docs", "--json"]).1).unwrap();
    assert_eq!(json["settings"]["source-lang"]["value"], "ar-IQ");
    assert_eq!(json["files"].as_array().unwrap().len(), 2);
}

#[test]
fn a_setting_that_does_not_fit_is_told_and_passed_over() {
    let place = Place::new();
    for (text, said) in [
        ("source-lang = \"arabic language\"", "`source-lang`: "),
        ("source-lang = \"zz!\"", "`source-lang`: "),
        ("min-confidence = 7", "`min-confidence`: "),
        ("min-confidence = -1", "`min-confidence`: "),
        ("duplicates = \"drop\"", "`duplicates`: "),
        ("without = [\"lexicon\"]", "`without`: "),
        ("encoding = \"klingon\"", "`encoding`: "),
        ("bidi = \"sideways\"", "`bidi`: "),
        ("width = -3", "`width`: "),
        ("width = \"wide\"", "`width` is not a number"),
        ("source-lang = ar", "line 2: "),
        ("[[[", "line 2: "),
        ("\0", "line 2: "),
    ] {
        let whole = format!("target-lang = \"en-GB\"\n{text}\n");
        let arguments = ["align", "docs/ar.txt", "docs/en.txt", "--format", "tsv"];
        // A stranger's file stops nothing, and what else it says counts, if it can be read.
        place.beside(&whole);
        place.own("");
        let (code, out, err) = place.run(&arguments);
        assert!(code == 0 && out.lines().count() > 1, "{text}: {err}");
        assert!(err.contains("warning: ") && err.contains("muqabala.toml: "), "{text}: {err}");
        assert!(err.contains(said) && err.contains("passed over"), "{text}: {err}");
        assert_eq!(err.contains("muqabala.toml: target-lang"), !said.starts_with("line"), "{text}: {err}");
        let (code, _, err) = place.run(&["config", "docs/ar.txt"]);
        assert!(code == 0 && err.contains(said), "{text}: {err}");
        // So does one's own, but for one that is no settings at all.
        place.beside("");
        place.own(&whole);
        let (code, _, err) = place.run(&arguments);
        assert!(err.contains(said), "{text}: {err}");
        assert_eq!(code, if said.starts_with("line") { 2 } else { 0 }, "{text}: {err}");
        assert_eq!(place.run(&[&arguments[..], &["--no-settings"]].concat()).0, 0);
    }
    // What is nothing is as good as not there.
    place.beside("without = []\nlexicon = []\n");
    place.own("");
    let (code, _, err) = place.run(&["align", "docs/ar.txt", "docs/en.txt"]);
    assert!(code == 0 && !err.contains("warning"), "{err}");
}

#[test]
fn the_page_of_the_book_names_every_setting() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md")).unwrap();
    for key in muqabala::settings::KEYS {
        assert!(page.contains(&format!("| `{}` |", key.name)), "{}", key.name);
    }
}

#[test]
fn the_start_page_keeps_its_projects_where_the_settings_say() {
    let place = Place::new();
    place.own("folder = \"jobs\"\n");
    let mut command = crate::support::plain();
    command.args(["start", "--no-open", "--port", "0"]).current_dir(place.at());
    command.env("XDG_CONFIG_HOME", place.home.path()).env("HOME", place.home.path());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let said = lines.take_while(|line| !line.starts_with("stop")).find(|line| line.starts_with("projects"));
    child.kill().unwrap();
    child.wait().unwrap();
    let jobs = place.home.path().join("muqabala/jobs").canonicalize().unwrap();
    assert_eq!(said, Some(format!("projects  {}", jobs.display())));
}
