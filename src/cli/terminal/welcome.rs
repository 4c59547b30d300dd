//! What is said when no command was given, or a file where a command should stand.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::failure::Failure;

/// What to do next, for someone who typed nothing but the program's name.
pub(crate) const WELCOME: &str = "\
muqabala aligns two documents that translate each other, sentence by sentence.

See it at work, on a text that is built in:
  muqabala demo

In the browser, by choosing two documents:
  muqabala start

Your own documents (text, Word, web page, PDF, EPUB and others):
  muqabala align SOURCE TARGET                  show what corresponds to what
  muqabala align SOURCE TARGET -o memory.tmx    write a translation memory
  muqabala review SOURCE TARGET                 correct it in the browser

What optional programs are there?  muqabala doctor
All commands, with examples:       muqabala --help";

/// What was meant by a command line that cannot be read.
pub(crate) fn meant(error: &clap::Error, arguments: &[OsString]) -> Option<Failure> {
    documents_for_command(error, arguments)
        .or_else(|| one_language(error, arguments))
        .or_else(|| memory_alone(error, arguments))
}

/// `--lang` where there are two documents.
fn one_language(error: &clap::Error, arguments: &[OsString]) -> Option<Failure> {
    let Some(ContextValue::String(option)) = error.get(ContextKind::InvalidArg) else { return None };
    let two = arguments.iter().skip(1).find(|a| ["align", "batch", "review"].iter().any(|c| *a == c))?;
    (error.kind() == ErrorKind::UnknownArgument && option.starts_with("--lang")).then(|| {
        Failure::new(
            format!("`{}` has two documents, and so no option --lang", two.to_string_lossy()),
            "name their languages with --source-lang and --target-lang",
        )
    })
}

/// `align memory.tmx`: a file that holds both sides.
fn memory_alone(error: &clap::Error, arguments: &[OsString]) -> Option<Failure> {
    const BOTH: [&str; 9] = ["tmx", "xlf", "xliff", "sdlxliff", "mqxliff", "mxliff", "po", "csv", "tsv"];
    if error.kind() != ErrorKind::MissingRequiredArgument || arguments.get(1)? != "align" {
        return None;
    }
    let typed = |a: &OsString| a.to_string_lossy().into_owned();
    let file = arguments.iter().skip(2).map(typed).find(|a| BOTH.iter().any(|e| has_extension(a, e)))?;
    let file = quoted(&file);
    Some(Failure::new(
        format!("{file} is one file, and `align` takes two documents"),
        format!("if it holds both languages, run `muqabala align --from {file}`"),
    ))
}

/// What was meant where documents stand in place of a command: `muqabala ar.txt en.txt`.
fn documents_for_command(error: &clap::Error, arguments: &[OsString]) -> Option<Failure> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let is_document = |word: &str| word.contains("://") || Path::new(word).is_file();
    if !is_document(word) {
        return None;
    }
    let typed = |argument: &OsString| argument.to_string_lossy().into_owned();
    let documents: Vec<String> =
        arguments.iter().skip(1).map(typed).filter(|word| is_document(word)).map(|w| quoted(&w)).collect();
    let command = match &documents[..] {
        [one] if has_extension(one, "muq") => format!("to open the project, run `muqabala review {one}`"),
        [one] if has_extension(one, "tmx") => {
            format!("to see what is wrong with the translation memory, run `muqabala tmx check {one}`")
        }
        [one] => format!("to align it, name its translation too: `muqabala align {one} TARGET`"),
        [source, target, ..] => format!("to align the two documents, run `muqabala align {source} {target}`"),
        [] => return None,
    };
    Some(Failure::new(format!("{word} stands where a command is due"), command))
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name.trim_end_matches('\'')).extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

/// `word` as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=%+,@~".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
