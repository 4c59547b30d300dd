//! Tests: every path of every command is known, and no output meets what it must not.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use clap::parser::ValueSource;
use clap::{ArgMatches, FromArgMatches};

use super::*;
use crate::cli::args::{Cli, examples};

/// Every path that can be typed after any command, in as many lines as it takes: `@in` is read, `@out` is written,
/// `@new` is a project that is made, `@names` a folder or a name that others are made of, `@same` may be the input.
const LINES: &[&str] = &[
    "start --folder @names",
    "demo --review --save @new --write-documents @names",
    "align @in @in -o @out --figures @out --save @new --lexicon @in --pins @in --srx @in VECTORS",
    "align --from @in -o @out --embedding-model @in",
    "align --interleaved @in -o @out",
    "read @in --srx @in",
    "segment @in --srx @in",
    "anchors @in --srx @in",
    "show @in -o @out",
    "review @in @in --save @new --lexicon @in --srx @in VECTORS",
    "review @in @in --save @new --embedding-model @in",
    "status @in",
    "history @in",
    "export @in -o @out",
    "export @in -o @names --split-by-status",
    "realign @in",
    "compare @in @in --html @out",
    "config @in",
    "search word --folder @in -o @out --index @names",
    "merge @in @in",
    "update @in --source @in --target @in --save @new --srx @in",
    "evaluate @in --gold @in --write-beads @names --lexicon @in VECTORS",
    "evaluate @in --embedding-model @in",
    "snapshot @in --snapshots @names --srx @in --lexicon @in VECTORS",
    "snapshot @in --embedding-model @in",
    "batch @in @in -o @names --report @out --html @out --state @out --learn-together --learnt @in --srx @in \
     --lexicon @in VECTORS",
    "batch @in -o @names --embedding-model @in",
    "pipe --srx @in --lexicon @in VECTORS",
    "pipe --embedding-model @in",
    "lexicon check @in",
    "lexicon show word --lexicon @in",
    "lexicon learn @in @in -o @out",
    "tmx check @in",
    "tmx fix @in -o @same",
    "tmx clean @in -o @out",
    "tmx merge @in @in -o @out",
    "tmx split @in -o @names --units 5",
    "tmx diff @in @in",
    "tmx stats @in",
    "tmx reverse @in -o @out",
    "tmx extract @in -o @out --source-lang fr --target-lang ar",
    "man @names",
];

const VECTORS: &str =
    "--overlaps-source @in --embeddings-source @in --overlaps-target @in --embeddings-target @in";

/// A line of [`LINES`] with paths in `folder`: the words, and each path with what stood for it.
struct Line {
    words: Vec<String>,
    paths: Vec<(usize, &'static str)>,
}

fn line(line: &str, folder: &Path) -> Line {
    let mut paths = Vec::new();
    let line = line.replace("VECTORS", VECTORS);
    let words = ["muqabala"].into_iter().chain(line.split(' ')).enumerate().map(|(at, word)| {
        let known = ["@in", "@out", "@new", "@names", "@same"].into_iter().find(|known| *known == word);
        let Some(known) = known else { return word.to_owned() };
        paths.push((at, known));
        folder.join(format!("{}{at}.x", &known[1..])).display().to_string()
    });
    let words = words.collect();
    Line { words, paths }
}

fn parsed(words: &[String]) -> (ArgMatches, Command) {
    let matches = examples::command().try_get_matches_from(words);
    let matches = matches.unwrap_or_else(|e| panic!("{words:?}: {e}"));
    let command = Cli::from_arg_matches(&matches).unwrap().command.unwrap();
    (matches, command)
}

/// The paths that can be typed after each command, and below it.
fn path_arguments(command: &clap::Command, name: &str, out: &mut BTreeSet<String>) {
    for argument in command.get_arguments() {
        if argument.get_value_parser().type_id() == TypeId::of::<PathBuf>() {
            out.insert(format!("{name} {}", argument.get_id()));
        }
    }
    for inner in command.get_subcommands() {
        path_arguments(inner, format!("{name} {}", inner.get_name()).trim(), out);
    }
}

#[test]
fn every_path_that_can_be_typed_is_known_as_read_or_written() {
    let mut all = BTreeSet::new();
    path_arguments(&examples::command(), "", &mut all);
    let mut seen = BTreeSet::new();
    let folder = tempfile::tempdir().unwrap();
    for text in LINES {
        let line = line(text, folder.path());
        let (matches, command) = parsed(&line.words);
        let (mut inner, mut name) = (&matches, String::new());
        while let Some((sub, matches)) = inner.subcommand() {
            name = format!("{name} {sub}").trim().to_owned();
            inner = matches;
        }
        for id in inner.ids() {
            if inner.value_source(id.as_str()) == Some(ValueSource::CommandLine) {
                seen.insert(format!("{name} {id}"));
            }
        }
        let files = Files::of(&command);
        for (at, known) in &line.paths {
            let path = Path::new(&line.words[*at]);
            let (read, written) =
                (files.inputs.iter().any(|p| p == path), files.outputs.iter().any(|(p, _)| p == path));
            assert_eq!((read, written), (*known == "@in", *known != "@in"), "{} in {text}", path.display());
        }
    }
    let missing: Vec<_> = all.difference(&seen).collect();
    assert!(missing.is_empty(), "no line of this test has {missing:?}");
    assert!(all.len() > 90, "{}", all.len());
}

/// The ways to name a file: by another name for the place, by a symbolic link, by a hard link.
fn names(folder: &Path, path: &Path) -> Vec<PathBuf> {
    let mut names = vec![path.to_owned(), folder.join("sub/..").join(path.file_name().unwrap())];
    if cfg!(unix) {
        let (soft, hard) = (folder.join("soft"), folder.join("hard"));
        let _ = (fs::remove_file(&soft), fs::remove_file(&hard));
        #[cfg(unix)]
        std::os::unix::fs::symlink(path, &soft).unwrap();
        fs::hard_link(path, &hard).unwrap();
        names.extend([soft, hard]);
    }
    names
}

#[test]
fn no_output_of_any_command_is_a_file_that_it_reads_or_another_output() {
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    for text in LINES {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        let line = line(text, folder.path());
        for (at, known) in line.paths.iter().filter(|(_, known)| *known != "@names") {
            fs::write(&line.words[*at], if *known == "@in" { "text" } else { "" }).unwrap();
        }
        Files::of(&parsed(&line.words).1).check().unwrap_or_else(|e| panic!("{text}: {e}"));
        let outputs = line.paths.iter().filter(|(_, known)| matches!(*known, "@out" | "@new"));
        for (output, _) in outputs {
            let others = line.paths.iter().filter(|(at, known)| at != output && *known != "@names");
            for (other, _) in others {
                for name in names(folder.path(), Path::new(&line.words[*other])) {
                    let mut words = line.words.clone();
                    words[*output] = name.display().to_string();
                    let error = Files::of(&parsed(&words).1).check().err();
                    let error = error.unwrap_or_else(|| panic!("{words:?} is let through")).to_string();
                    assert!(error.contains(&words[*output]), "{error}");
                    *refused.entry(text).or_default() += 1;
                }
            }
        }
    }
    assert!(refused.len() >= 12, "{refused:?}");
}

#[test]
fn projects_and_memories_of_other_programs_are_not_replaced_and_the_rest_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("there");
    let memory = |tool: &str| {
        format!(
            "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header creationtool=\"{tool}\"/><body></body></tmx>"
        )
    };
    let utf16: Vec<u8> = "\u{feff}<tmx version=\"1.4\"><header creationtool=\"Trados\"/><body/></tmx>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, memory("memoQ").as_bytes()).unwrap();
    let xliff = |mark: &str| {
        format!(
            "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"><file><body><trans-unit id=\"1\">{mark}</trans-unit></body></file></xliff>"
        )
    };
    let (omegat, other) = (memory("OmegaT"), xliff(""));
    let packed = packed.finish().unwrap();
    let po = |by: &str| {
        format!("msgid \"\"\nmsgstr \"\"\n\"X-Generator: {by}\\n\"\n\nmsgid \"a\"\nmsgstr \"b\"\n")
    };
    let tbx = |by: &str| {
        format!("<?xml version=\"1.0\"?>\n<tbx style=\"dca\"><tbxHeader><p>{by}</p></tbxHeader></tbx>")
    };
    let (poedit, terms) = (po("Poedit"), tbx("Our terms"));
    let kept: [(&[u8], &str); 9] = [
        (b"SQLite format 3\0...", "project"),
        (omegat.as_bytes(), "OmegaT"),
        (&utf16, "Trados"),
        (&packed, "memoQ"),
        (other.as_bytes(), "XLIFF"),
        (poedit.as_bytes(), "a PO file of another program"),
        (terms.as_bytes(), "a term base of another program"),
        (b"<?xml version=\"1.0\"?><martif type=\"TBX\"/>", "term base"),
        (b"%20240101~120000\t%User\t%TU=1\t%AR\t%Wordfast TM v.5\t%EN\n", "Wordfast"),
    ];
    for (content, said) in kept {
        fs::write(&path, content).unwrap();
        let check = |force| Files { force, ..Files::default() }.writes(&path);
        let error = check(Force::Possible).unwrap_err().to_string();
        assert!(error.contains(said) && error.contains("not replaced"), "{error}");
        check(Force::Given).unwrap();
    }
    let own = xliff("<context-group name=\"muqabala\"/>");
    let (own_po, own_terms) = (po("muqabala"), tbx("Word pairs that muqabala learnt from translated texts."));
    for content in ["", "text", "<html/>", &memory("muqabala"), &own, &own_po, &own_terms] {
        fs::write(&path, content).unwrap();
        Files { force: Force::Possible, ..Files::default() }.writes(&path).unwrap();
    }
    assert_eq!((verb(&path, "wrote"), verb(&folder.path().join("new"), "wrote")), ("replaced", "wrote"));
}
