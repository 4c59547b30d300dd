//! What reaches a terminal: nothing that it would obey, whatever stands in documents, names, ids and rules.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use muqabala::bitext::{Alignment, Bitext, Pin};
use muqabala::project::{BeadId, Edit, ProjectFile, Stamp};

use crate::support::run;

/// Blinks, names the window, blinks again by one character, turns the line around, goes back, isolates, and goes to
/// the line's beginning.
const HOSTILE: &str = "\u{1b}[5m\u{1b}]0;t\u{7}\u{9b}5m\u{202e}\u{8}\u{2067}\r";

/// The same without what XML has no place for.
const HOSTILE_XML: &str = "\u{9b}5m\u{202e}\u{2067}\u{85}";

/// The bytes that a terminal gets from the program, run in `folder` on one; it is ended when `until` has come.
fn shown(folder: &Path, arguments: &[OsString], coloured: bool, until: Option<&str>) -> String {
    use rustix::fs::OFlags;
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let no_control = i32::try_from(OFlags::NOCTTY.bits()).unwrap();
    let end = OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(no_control)
        .open(name.to_str().unwrap())
        .unwrap();
    let mut command = crate::support::plain();
    command.current_dir(folder).args(arguments).env("TERM", "xterm-256color").env("COLUMNS", "100");
    command.env_remove("NO_COLOR").env_remove("VTE_VERSION");
    if !coloured {
        command.env("NO_COLOR", "1");
    }
    command.stdin(Stdio::null()).stdout(end.try_clone().unwrap()).stderr(end);
    let mut child = command.spawn().unwrap();
    // The ends of the terminal that the command holds.
    drop(command);
    let id = child.id();
    let watch = std::thread::spawn(move || {
        let started = Instant::now();
        while started.elapsed() < Duration::from_mins(2) {
            if child.try_wait().unwrap().is_some() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
        panic!("it does not end");
    });
    let (mut terminal, mut bytes, mut piece) = (File::from(terminal), Vec::new(), [0; 4096]);
    let mut asked = false;
    // Where nobody holds the other end any more, reading fails.
    while let Ok(n @ 1..) = terminal.read(&mut piece) {
        bytes.extend_from_slice(&piece[..n]);
        if !asked && until.is_some_and(|until| String::from_utf8_lossy(&bytes).contains(until)) {
            asked = true;
            let _ = Command::new("kill").arg(id.to_string()).status();
        }
    }
    watch.join().unwrap();
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

/// What `text` holds that a terminal would obey, but for line ends and what a bar of progress writes.
fn obeyed(text: &str) -> BTreeSet<char> {
    let mut text = text.replace("\r\n", "\n");
    for ours in ["\u{1b}[2K", "\u{1b}[1A", "\u{1b}[1B", "\u{1b}[?25l", "\u{1b}[?25h", "\r"] {
        text = text.replace(ours, "");
    }
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| turns(c) || (c.is_control() && !matches!(c, '\n' | '\t'))).collect()
}

/// Documents, memories, rules and the like, whose names and contents would command a terminal.
fn hostile_files(folder: &Path) {
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let lines = |sentence: &str| {
        (1..=6).map(|i| format!("{sentence} {i}{HOSTILE}{i}.")).collect::<Vec<_>>().join("\n") + "\n"
    };
    write(&format!("ar{HOSTILE}.txt"), lines("وقع الطرفان الاتفاق رقم"));
    write(&format!("en{HOSTILE}.txt"), lines("The two parties signed agreement number"));
    for (name, text) in [("a.ar.txt", "الاتفاق رقم 7."), ("a.en.txt", "Agreement number 7.")] {
        write(&format!("gold/{name}"), text.to_owned());
        write(&format!("pairs/x{HOSTILE}{}", &name[1..]), format!("{text}{HOSTILE}\n"));
    }
    write("gold/a.gold", "0\t0\n".to_owned());
    let unit = |lang: &str| {
        format!(
            "<tu tuid=\"id{HOSTILE_XML}\"><tuv xml:lang=\"en\"><seg>one {HOSTILE_XML} (</seg></tuv>\
             <tuv xml:lang=\"{lang}\"><seg>واحد {HOSTILE_XML}</seg></tuv></tu>"
        )
    };
    write(
        &format!("m{HOSTILE}.tmx"),
        format!(
            "<?xml version=\"1.0\"?><tmx version=\"1.4\"><header creationtool=\"t{HOSTILE_XML}\" \
             creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"x\" adminlang=\"en\" srclang=\"en\" \
             datatype=\"plaintext\"/><body>{}{}</body></tmx>",
            unit("ar"),
            unit(&format!("ar{HOSTILE_XML}"))
        ),
    );
    write(&format!("l{HOSTILE}.tsv"), format!("one{HOSTILE}\tواحد{HOSTILE}\nbad{HOSTILE}\n"));
    write(
        &format!("r{HOSTILE}.srx"),
        format!(
            "<srx version=\"2.0\"><header/><body><languagerules><languagerule languagerulename=\"{HOSTILE_XML}\">\
             <rule break=\"yes\"><beforebreak>({HOSTILE_XML}</beforebreak><afterbreak>x</afterbreak></rule>\
             </languagerule></languagerules><maprules/></body></srx>"
        ),
    );
    let id = |text: &str| serde_json::json!({ "id": text, "source": "a.txt", "target": "b.txt" }).to_string();
    write(
        &format!("list{HOSTILE}.jsonl"),
        id(&format!("x{HOSTILE}")) + "\n" + &id("../y\u{202e}\u{9b}") + "\n",
    );
    let pair = serde_json::json!({ "id": format!("p{HOSTILE}"), "source": format!("واحد.{HOSTILE}"), "target": "One." });
    write("pipe.jsonl", format!("{pair}\n{{\"id\": \"\u{9b}\u{202e}\"}}\nno{HOSTILE} json\n"));
}

/// Every command, on files that would command the terminal.
fn lines() -> Vec<Vec<String>> {
    let (ar, en) = (format!("ar{HOSTILE}.txt"), format!("en{HOSTILE}.txt"));
    let (memory, lexicon) = (format!("m{HOSTILE}.tmx"), format!("l{HOSTILE}.tsv"));
    let (rules, list) = (format!("r{HOSTILE}.srx"), format!("list{HOSTILE}.jsonl"));
    let (project, missing) = (format!("p{HOSTILE}.muq"), format!("none{HOSTILE}"));
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut line = |words: &[&str]| lines.push(words.iter().map(ToString::to_string).collect());
    for format in ["text", "tsv", "csv", "tmx", "jsonl", "xliff", "po", "html"] {
        line(&["align", &ar, &en, "--format", format, "--verbose"]);
    }
    line(&["align", &ar, &en, "--save", &format!("new{HOSTILE}.muq"), "-o", &format!("o{HOSTILE}.tsv")]);
    line(&["align", &ar, &en, "--srx", &rules]);
    line(&["align", &ar, &en, "--lexicon", &lexicon, "--lexicon-lang", &missing]);
    line(&["align", &missing, &en]);
    line(&["align", "--from", &memory]);
    line(&["align", &ar, &en, &format!("--{HOSTILE}")]);
    line(&["align", &ar, &en, "--source-lang", HOSTILE]);
    line(&[HOSTILE]);
    line(&["read", &ar]);
    line(&["read", &ar, "--json"]);
    line(&["segment", &ar]);
    line(&["segment", &ar, "--srx", &rules]);
    line(&["anchors", &ar]);
    line(&["show", &format!("s{HOSTILE}.jsonl"), "--explain"]);
    line(&["show", &missing]);
    line(&["status", &project]);
    line(&["history", &project]);
    line(&["export", &project, "--format", "tsv"]);
    line(&["realign", &project]);
    line(&["review", &project, "--no-open", "--port", "0"]);
    line(&["review", &missing]);
    line(&["start", "--no-open", "--port", "0", "--folder", &format!("jobs{HOSTILE}")]);
    line(&["compare", &project, &project]);
    line(&["merge", &project, &missing]);
    line(&["update", &project, "--target", &en, "--save", &format!("later{HOSTILE}.muq")]);
    line(&["search", "واحد"]);
    line(&["search", HOSTILE]);
    line(&["config"]);
    line(&["config", &missing]);
    line(&["evaluate", "gold"]);
    line(&["evaluate", &missing]);
    line(&["snapshot", "gold"]);
    line(&["snapshot", &missing]);
    line(&["batch", &list, "-o", &format!("out{HOSTILE}")]);
    line(&["batch", "pairs", "pairs", "-o", &format!("out2{HOSTILE}"), "--progress", "json"]);
    line(&["pipe", "pipe.jsonl"]);
    line(&["lexicon", "check", &lexicon]);
    line(&["lexicon", "show", &format!("one{HOSTILE}"), "--lexicon", &lexicon]);
    line(&["lexicon", "learn", &memory]);
    for command in ["check", "fix", "clean", "merge", "stats", "reverse", "extract"] {
        line(&["tmx", command, &memory]);
    }
    line(&["tmx", "check", &memory, "--json"]);
    line(&["tmx", "split", &memory, "-o", &format!("parts{HOSTILE}"), "--units", "1"]);
    line(&["tmx", "diff", &memory, &memory]);
    line(&["tmx", "kinds"]);
    line(&["languages"]);
    line(&["languages", HOSTILE]);
    line(&["doctor"]);
    line(&["demo", "--no-open"]);
    line(&["completions", "bash"]);
    line(&["man", &format!("man{HOSTILE}")]);
    line(&["help"]);
    lines
}

#[test]
fn no_command_shows_a_terminal_what_it_would_obey() {
    let folder = tempfile::tempdir().unwrap();
    hostile_files(folder.path());
    let save = run(
        folder.path(),
        &["align", &format!("ar{HOSTILE}.txt"), &format!("en{HOSTILE}.txt"), "--format", "jsonl"],
    );
    assert!(save.out.contains('\u{202e}'), "what goes to a file or a pipe stays as it is: {}", save.err);
    std::fs::write(folder.path().join(format!("s{HOSTILE}.jsonl")), save.out).unwrap();
    // A project whose history and comments are hostile too.
    let project = folder.path().join(format!("p{HOSTILE}.muq"));
    let align = ["align".to_owned(), format!("ar{HOSTILE}.txt"), format!("en{HOSTILE}.txt")];
    let begun = ["--save", project.to_str().unwrap(), "-o", "o.tsv"];
    let arguments: Vec<&str> = align.iter().map(String::as_str).chain(begun).collect();
    assert_eq!(run(folder.path(), &arguments).code, 0);
    let mut file = ProjectFile::open(&project).unwrap();
    let comment = Edit::Comment { bead: BeadId(1), text: HOSTILE.to_owned() };
    let nothing = |_: &Bitext, _: &[Pin]| Alignment::default();
    file.edit(comment, Stamp { at: 0, reviewer: HOSTILE }, &nothing).unwrap();
    drop(file);
    let (mut escaped, mut commands) = (0, BTreeSet::new());
    for line in lines() {
        let words: Vec<OsString> = line.iter().map(OsString::from).collect();
        let until = matches!(&*line[0], "review" | "start").then_some("#code=");
        let text = shown(folder.path(), &words, false, until);
        assert_eq!(obeyed(&text), BTreeSet::new(), "{line:?}: {text:?}");
        assert!(!text.is_empty(), "{line:?}");
        escaped += usize::from(text.contains("<U+") || text.contains("<RLO>") || text.contains("<PDF>"));
        commands.insert(line[0].clone());
    }
    assert!(escaped >= 30, "only {escaped} of the commands had anything hostile to show");
    let help = run(folder.path(), &["help"]).out;
    let list = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    for line in list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let command = line.split_whitespace().next().unwrap();
        assert!(commands.contains(command), "`{command}` is not tried");
    }
}

#[test]
fn colours_on_a_terminal_are_ours_alone() {
    let folder = tempfile::tempdir().unwrap();
    hostile_files(folder.path());
    let documents = [format!("ar{HOSTILE}.txt"), format!("en{HOSTILE}.txt")].map(OsString::from);
    let align = [&[OsString::from("align")], documents.as_slice()].concat();
    for words in [align.as_slice(), &[OsString::from("align"), "none\u{1b}[5m".into(), "b".into()]] {
        let text = shown(folder.path(), words, true, None);
        assert!(text.contains("\u{1b}[") && text.contains("<U+001B>[5m"), "{text:?}");
        assert!(
            !text.contains("\u{1b}[5m") && !text.contains("\u{9b}") && !text.contains('\u{202e}'),
            "{text:?}"
        );
    }
    // What clap says of a command line, too.
    for typed in ["--\u{1b}[5m", "--colour"] {
        let text = shown(folder.path(), &[OsStr::new("align").into(), typed.into()], true, None);
        assert_eq!(text.contains("\u{1b}["), typed == "--colour", "{text:?}");
    }
}

/// A signal that comes between the address and the server's own listener was nobody's, and the page stayed.
#[test]
fn a_page_ends_however_soon_it_is_told_to() {
    use std::io::BufRead;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "One.\n").unwrap();
    std::fs::write(folder.path().join("b.txt"), "واحد.\n").unwrap();
    assert_eq!(run(folder.path(), &["align", "b.txt", "a.txt", "--save", "p.muq", "-o", "o.tsv"]).code, 0);
    for round in 0..40 {
        let mut command = crate::support::plain();
        command.current_dir(folder.path()).args(["review", "p.muq", "--no-open"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        std::io::BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("#code="), "{line}");
        let _ = Command::new("kill").arg(child.id().to_string()).status();
        let told = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if told.elapsed() > Duration::from_secs(30) {
                let _ = child.kill();
                let _ = child.wait();
                panic!("round {round}: it does not end");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
