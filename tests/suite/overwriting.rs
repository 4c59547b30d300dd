//! No file of the user's is lost: outputs that meet inputs are refused, what is replaced is replaced whole.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use tempfile::TempDir;

use crate::support::{run, run_with_input};

const AR: &str = "وصلت السفينة في الصباح.\nكان البحر هادئا.\n";
const EN: &str = "The ship came in the morning.\nThe sea was calm.\n";

fn memory(tool: &str, units: usize) -> String {
    let units: String = (0..units)
        .map(|i| {
            format!("<tu><tuv xml:lang=\"ar\"><seg>مرسى {i}</seg></tuv><tuv xml:lang=\"en\"><seg>berth {i}</seg></tuv></tu>\n")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n<header creationtool=\"{tool}\" \
         creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" srclang=\"ar\" \
         datatype=\"plaintext\"/>\n<body>\n{units}</body>\n</tmx>\n"
    )
}

/// Two documents, a project of them, a memory of another program, and a link to each.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("ar.txt"), AR).unwrap();
    fs::write(at("en.txt"), EN).unwrap();
    fs::write(at("omegat.tmx"), memory("OmegaT", 3)).unwrap();
    let made = run(folder.path(), &["align", "ar.txt", "en.txt", "--save", "e.muq", "-o", "own.tmx"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let jsonl = run(folder.path(), &["align", "ar.txt", "en.txt", "-o", "a.jsonl"]);
    assert_eq!(jsonl.code, 0, "{}", jsonl.err);
    #[cfg(unix)]
    for name in ["ar.txt", "e.muq", "omegat.tmx"] {
        std::os::unix::fs::symlink(name, at(&format!("link-{name}"))).unwrap();
    }
    folder
}

/// Every file of a folder with its content.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    all.sort();
    all
}

#[test]
fn outputs_that_meet_inputs_are_refused_and_nothing_is_touched() {
    let folder = folder();
    let before = contents(folder.path());
    fs::write(folder.path().join("pairs.tsv"), "ar.txt\ten.txt\t../en.txt\n").unwrap();
    fs::write(folder.path().join("twice.tsv"), "ar.txt\ten.txt\tx.tmx\ta\nen.txt\tar.txt\t./x.tmx\tb\n")
        .unwrap();
    fs::write(folder.path().join("state.tsv"), "ar.txt\ten.txt\tmuqabala-batch.state\n").unwrap();
    let (mut count, before) = (0, [before, contents(folder.path())].concat());
    let mut refused = |line: &str, names: &[&str]| {
        let ran = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.code, 2, "{line}: {}", ran.err);
        for name in names {
            assert!(ran.err.contains(name), "{line}: {}", ran.err);
        }
        count += 1;
    };
    for format in ["tmx", "tsv", "xlsx", "html", "jsonl"] {
        refused(&format!("align ar.txt en.txt -f {format} -o ar.txt"), &["ar.txt"]);
        refused(&format!("export e.muq -f {format} -o e.muq"), &["e.muq"]);
    }
    refused("align ar.txt en.txt -o ./en.txt -f tsv", &["./en.txt", "en.txt"]);
    refused("align ar.txt en.txt -o both.muq -f tsv --save both.muq", &["both.muq"]);
    refused("align --from omegat.tmx -o omegat.tmx", &["omegat.tmx"]);
    refused("align ar.txt en.txt -f tmx -o e.muq", &["e.muq"]);
    refused("align ar.txt en.txt -f tmx -o omegat.tmx", &["omegat.tmx", "OmegaT", "--force"]);
    refused("show a.jsonl -f tsv -o a.jsonl", &["a.jsonl"]);
    refused("show a.jsonl -f tsv -o e.muq", &["e.muq", "project"]);
    refused("lexicon learn omegat.tmx -o omegat.tmx", &["omegat.tmx"]);
    refused("lexicon learn own.tmx -o e.muq", &["e.muq", "project"]);
    for command in ["clean", "reverse", "merge", "extract --source-lang ar --target-lang en"] {
        refused(&format!("tmx {command} omegat.tmx -o omegat.tmx"), &["omegat.tmx"]);
        refused(&format!("tmx {command} own.tmx -o omegat.tmx"), &["omegat.tmx", "OmegaT"]);
        refused(&format!("tmx {command} own.tmx -o e.muq"), &["e.muq", "project"]);
    }
    refused("tmx fix own.tmx -o omegat.tmx", &["OmegaT"]);
    refused("batch pairs.tsv -o out", &["en.txt"]);
    refused("batch twice.tsv -o out", &["x.tmx"]);
    refused("batch state.tsv -o out", &["muqabala-batch.state"]);
    refused("batch pairs.tsv -o out --report pairs.tsv", &["pairs.tsv"]);
    refused("batch pairs.tsv -o out --report r --html r", &["outputs", "r"]);
    #[cfg(unix)]
    {
        refused("align ar.txt en.txt -f tsv -o link-ar.txt", &["link-ar.txt", "ar.txt"]);
        refused("export e.muq -f tmx -o link-e.muq", &["link-e.muq", "e.muq"]);
        refused("tmx clean omegat.tmx -o link-omegat.tmx", &["link-omegat.tmx", "omegat.tmx"]);
    }
    for name in ["pairs.tsv", "twice.tsv", "state.tsv"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    assert!(!folder.path().join("out/x.tmx").exists());
    let after = contents(folder.path());
    assert!(after.iter().all(|file| before.contains(file)), "something was written");
    assert!(count > 30);
}

#[test]
fn files_whose_names_are_known_late_are_looked_at_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    // The texts of Moses have the names of documents.
    fs::write(at("text.ar"), AR).unwrap();
    fs::write(at("text.en"), EN).unwrap();
    let languages = ["--source-lang", "ar", "--target-lang", "en"];
    let mut line = vec!["align", "text.ar", "text.en", "-o", "text.moses"];
    line.extend(languages);
    let ran = run(folder.path(), &line);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("text.ar"), "{}", ran.err);
    assert_eq!(fs::read_to_string(at("text.ar")).unwrap(), AR);
    let mut line = vec!["align", "--from", "text.moses", "-o", "text.moses"];
    line.extend(languages);
    assert_eq!(run(folder.path(), &line).code, 2);
    assert_eq!(fs::read_to_string(at("text.ar")).unwrap(), AR);
    // They are known before a project is saved.
    let mut line = vec!["align", "text.ar", "text.en", "-o", "z.moses", "--save", "z.ar"];
    line.extend(languages);
    let ran = run(folder.path(), &line);
    assert!(ran.code == 2 && ran.err.contains("z.ar"), "{}", ran.err);
    assert!(!at("z.ar").exists() && !at("z.en").exists());
    // The settings are read.
    fs::write(at("muqabala.toml"), "whole-page = true\n").unwrap();
    let ran = run(folder.path(), &["align", "text.ar", "text.en", "-f", "tsv", "-o", "muqabala.toml"]);
    assert!(ran.code == 2 && ran.err.contains("muqabala.toml"), "{}", ran.err);
    assert_eq!(fs::read_to_string(at("muqabala.toml")).unwrap(), "whole-page = true\n");
    fs::remove_file(at("muqabala.toml")).unwrap();
    // The beads of a folder have its name.
    fs::create_dir(at("case")).unwrap();
    for (name, content) in [("ar.txt", AR), ("en.txt", EN), ("case.tsv", "0\t0\n1\t1\n")] {
        fs::write(at("case").join(name), content).unwrap();
    }
    let line = ["evaluate", "case", "--gold", "case.tsv", "--write-beads", "case"];
    let ran = run(folder.path(), &line);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("case.tsv"), "{}", ran.err);
    assert_eq!(fs::read_to_string(at("case/case.tsv")).unwrap(), "0\t0\n1\t1\n");
    // A part has the name of the whole.
    fs::write(at("all-2.tmx"), memory("OmegaT", 4)).unwrap();
    let ran = run(folder.path(), &["tmx", "split", "all-2.tmx", "--units", "2", "-o", "all.tmx"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(fs::read_to_string(at("all-2.tmx")).unwrap(), memory("OmegaT", 4));
}

#[test]
fn memories_of_others_are_replaced_only_where_nothing_of_them_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let ran = |line: &str| run(folder.path(), &line.split(' ').collect::<Vec<_>>());
    fs::write(at("a.tmx"), memory("OmegaT", 5)).unwrap();
    let later = memory("OmegaT", 50);
    let other = memory("OmegaT", 5).replace("berth 4", "quay 4");
    let noted = memory("OmegaT", 5).replacen("<tu>", "<!-- by hand --><tu>", 1);
    let headed = memory("OmegaT", 5).replace("segtype=\"sentence\"", "segtype=\"paragraph\"");
    for there in [&later, &other, &noted, &headed] {
        fs::write(at("there.tmx"), there).unwrap();
        for command in
            ["fix a.tmx", "clean a.tmx", "merge a.tmx", "extract a.tmx --source-lang ar --target-lang en"]
        {
            let refused = ran(&format!("tmx {command} -o there.tmx"));
            assert_eq!(refused.code, 2, "{command}: {}", refused.err);
            assert!(refused.err.contains("there.tmx is a memory written by OmegaT"), "{}", refused.err);
            assert_eq!(&fs::read_to_string(at("there.tmx")).unwrap(), there, "{command}");
        }
    }
    fs::write(at("there.tmx"), memory("OmegaT", 3)).unwrap();
    let replaced = ran("tmx fix a.tmx -o there.tmx");
    assert!(replaced.code == 0 && replaced.err.contains("replaced  there.tmx"), "{}", replaced.err);
    assert_eq!(ran("tmx fix a.tmx -o there.tmx").code, 0);
}

/// However they are packed or spelt, and whatever stands before what shows that they are translations.
#[test]
fn translations_of_others_are_known_wherever_they_show() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let zipped = |name: &str, content: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let gzipped = |content: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(content).unwrap();
        packer.finish().unwrap()
    };
    let tmx = memory("OmegaT", 2).into_bytes();
    let utf_32: Vec<u8> = "\u{feff}"
        .chars()
        .chain(memory("OmegaT", 2).chars())
        .flat_map(|c| (c as u32).to_le_bytes())
        .collect();
    let unit = "<trans-unit id='1'><source>Precious</source></trans-unit>";
    let skeleton = "QUJD".repeat(30_000);
    let sdlxliff = format!(
        "<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'><file><header><internal-file>{skeleton}</internal-file></header><body>{unit}</body></file></xliff>"
    );
    let plain = format!("<xliff version='1.2'><file><body>{unit}</body></file></xliff>");
    let po = "msgid \"\"\n\"Save\"\nmsgstr \"\"\n\"احفظ\"\n";
    let licence = "# a licence\n".repeat(9_000) + po;
    let files: [(&str, Vec<u8>); 10] = [
        ("a zip", zipped("omegat.tmx", &tmx)),
        ("gzip of gzip", gzipped(&gzipped(&tmx))),
        ("bzip2", b"BZh91AY&SY\x00".to_vec()),
        ("UTF-32", utf_32),
        ("blank lines", ["\n".repeat(100_000).as_bytes(), &tmx].concat()),
        ("a skeleton", sdlxliff.into_bytes()),
        ("no namespace", plain.into_bytes()),
        ("PO", po.as_bytes().to_vec()),
        ("a long head", licence.into_bytes()),
        ("a zip of it", zipped("job.xlf", unit.as_bytes())),
    ];
    for (what, content) in files {
        for name in ["there.tmx", "there.xlf", "there.po"] {
            fs::write(at(name), &content).unwrap();
            let ran = run(folder.path(), &["align", "ar.txt", "en.txt", "-o", name]);
            assert_eq!(ran.code, 2, "{what}, {name}: {}", ran.err);
            assert!(ran.err.contains("it is not replaced"), "{what}: {}", ran.err);
            assert!(fs::read(at(name)).unwrap() == content, "{what}");
            fs::remove_file(at(name)).unwrap();
        }
    }
    // What this program wrote is its own.
    for name in ["own.tmx", "own.xlf", "own.po", "own.xlsx"] {
        for _ in 0..2 {
            let ran = run(folder.path(), &["align", "ar.txt", "en.txt", "-o", name]);
            assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        }
    }
}

#[test]
fn a_memory_is_not_mended_in_its_place_where_units_would_be_lost() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let torn = memory("OmegaT", 3).replacen("berth 1", "<b>berth 1", 1);
    fs::write(at("a.tmx"), &torn).unwrap();
    let ran = run(folder.path(), &["tmx", "fix", "a.tmx", "-o", "a.tmx"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("a.tmx: stays as it is: 1 place named above would be left out"), "{}", ran.err);
    assert_eq!(fs::read_to_string(at("a.tmx")).unwrap(), torn);
    assert_eq!(run(folder.path(), &["tmx", "fix", "a.tmx", "-o", "b.tmx"]).code, 1);
    let forced = run(folder.path(), &["tmx", "fix", "a.tmx", "-o", "a.tmx", "--force"]);
    assert!(forced.err.contains("in place  a.tmx (2 units, 1 left out)"), "{}", forced.err);
}

/// It is known of all parts before the first is written; of standard input as well.
#[test]
fn no_part_is_written_where_one_would_replace_what_is_another_s() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.tmx"), memory("OmegaT", 5)).unwrap();
    let project = b"SQLite format 3\0and more".to_vec();
    let line = ["tmx", "split", "a.tmx", "--units", "2", "-o", "part.tmx"];
    let piped = ["tmx", "split", "-", "--units", "2", "-o", "part.tmx"];
    let whole = memory("OmegaT", 5).into_bytes();
    for (name, there, said) in [
        ("part-1.tmx", &whole, "part-1.tmx is a memory written by OmegaT"),
        ("part-3.tmx", &memory("Trados", 1).into_bytes(), "part-3.tmx is a memory written by Trados"),
        ("part-2.tmx", &project, "part-2.tmx is a project"),
    ] {
        fs::write(at(name), there).unwrap();
        let before = contents(folder.path());
        for ran in [run(folder.path(), &line), run_with_input(folder.path(), &piped, &whole)] {
            assert_eq!(ran.code, 2, "{name}: {}", ran.err);
            assert!(ran.err.contains(said) && !ran.err.contains("wrote"), "{}", ran.err);
            assert!(contents(folder.path()) == before, "{name}");
        }
        fs::remove_file(at(name)).unwrap();
    }
    // A part that is not reached is none; what was written before is written again.
    fs::write(at("part-4.tmx"), memory("Trados", 1)).unwrap();
    assert_eq!(run(folder.path(), &line).code, 0);
    let again = run(folder.path(), &line);
    assert!(again.code == 0 && again.err.contains("replaced  part-3.tmx"), "{}", again.err);
    fs::write(at("part-3.tmx"), memory("Trados", 1)).unwrap();
    let forced = run(folder.path(), &[&line[..], &["--force"]].concat());
    assert!(forced.code == 0 && forced.err.contains("replaced  part-3.tmx"), "{}", forced.err);
    // The memory itself, under the name of a part.
    fs::write(at("all-3.tmx"), &whole).unwrap();
    let ran = run(folder.path(), &["tmx", "split", "all-3.tmx", "--units", "2", "-o", "all.tmx"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(!at("all-1.tmx").exists() && fs::read(at("all-3.tmx")).unwrap() == whole);
}

#[test]
fn what_is_there_is_replaced_and_said_to_be() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("notes.tsv"), "my notes").unwrap();
    let said = |line: &str| {
        let ran = run(folder.path(), &line.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
        ran.err
    };
    assert!(said("align ar.txt en.txt -o notes.tsv").contains("replaced  notes.tsv"));
    assert!(said("align ar.txt en.txt -o own.tmx").contains("replaced  own.tmx"));
    assert!(said("align ar.txt en.txt -o new.tmx").contains("written   new.tmx"));
    assert!(said("export e.muq -o own.tmx").contains("replaced  own.tmx"));
    // What a command wrote when it was last run is its own.
    assert!(said("tmx fix omegat.tmx -o fixed.tmx").contains("wrote     fixed.tmx"));
    assert!(said("tmx fix omegat.tmx -o fixed.tmx").contains("replaced  fixed.tmx"));
    assert!(said("tmx split omegat.tmx --units 2 -o part.tmx").contains("wrote     part-1.tmx"));
    assert!(said("tmx split omegat.tmx --units 2 -o part.tmx").contains("replaced  part-2.tmx"));
    assert!(said("tmx clean own.tmx -o omegat.tmx --force").contains("replaced  omegat.tmx"));
    // Mending in place stays, through a link as well.
    fs::write(at("in.tmx"), memory("OmegaT", 2).replace("xml:lang=\"en\"", "lang=\"en\"")).unwrap();
    assert!(said("tmx fix in.tmx -o in.tmx").contains("in place  in.tmx"));
    assert_eq!(fs::read_to_string(at("in.tmx")).unwrap(), memory("OmegaT", 2));
    // A device is written to.
    if Path::new("/dev/null").exists() {
        fs::write(at("pair.tsv"), "ar.txt\ten.txt\tout.tsv\n").unwrap();
        said("batch pair.tsv -o out --report /dev/null --html /dev/null");
        let again = said("batch pair.tsv -o out --report /dev/null --html /dev/null");
        assert!(again.contains("replaced  1 file"), "{again}");
    }
}

#[cfg(unix)]
#[test]
fn a_program_that_is_killed_while_it_writes_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.tmx");
    let before = memory("muqabala", 2);
    fs::write(&path, &before).unwrap();
    let mut child = crate::support::plain()
        .args(["tmx", "clean", "-", "-o"])
        .arg(&path)
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let long = memory("muqabala", 20_000);
    input.write_all(&long.as_bytes()[..long.len() - 100]).unwrap();
    input.flush().unwrap();
    let parts = || {
        let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        names.filter(|p| *p != path && fs::metadata(p).is_ok_and(|m| m.len() > 100_000)).count()
    };
    // It is in the middle of the new file once much of it stands in a file of another name.
    for _ in 0..600 {
        if parts() > 0 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(parts(), 1, "nothing was written");
    child.kill().unwrap();
    child.wait().unwrap();
    drop(input);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}
