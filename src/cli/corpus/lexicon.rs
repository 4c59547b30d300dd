//! `lexicon`: check a lexicon, look a word up, learn a lexicon from translation memories.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use muqabala::bitext::{Lang, Sides};
use muqabala::export::counted;
use muqabala::export::file::write_whole;
use muqabala::formats::tbx;
use muqabala::lexicon::{self, Dictionary, LearntWord, UnitPair};

use crate::cli::args::{LexiconAction, LexiconCommand};
use crate::cli::files;
use crate::cli::setup::evidence;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

pub(crate) fn execute(command: &LexiconCommand, terminal: Terminal) -> Result<Exit> {
    match &command.action {
        LexiconAction::Check { file } => check(file),
        LexiconAction::Show { word, lexicon, no_builtin_lexicon } => {
            let builtin = Sides::new(Lang::english(), Lang::arabic());
            let builtin = if *no_builtin_lexicon { None } else { lexicon::builtin(&builtin) };
            show(word, lexicon, builtin, terminal)
        }
        LexiconAction::Learn { files, output, .. } => learn(files, output, terminal),
    }
}

fn check(file: &Path) -> Result<Exit> {
    let imported = evidence::load(file)?;
    Terminal::write_results(|out| {
        for notice in &imported.notices {
            writeln!(out, "{}", evidence::line(file, notice))?;
        }
        let pairs: usize = imported.dictionaries.iter().map(Dictionary::len).sum();
        writeln!(
            out,
            "{}: {}, {}, {}, {} passed over",
            file.display(),
            imported.format,
            counted(imported.entries, "entry"),
            counted(pairs, "word pair"),
            imported.notices.len()
        )
    })?;
    Ok(if imported.notices.is_empty() { Exit::Done } else { Exit::Below })
}

fn show(word: &str, files: &[PathBuf], builtin: Option<&Dictionary>, terminal: Terminal) -> Result<Exit> {
    let mut lines = Vec::new();
    let mut look = |dictionary: &Dictionary, name: &str| {
        let mut add = |term: &str| {
            let translations = dictionary.translations(term);
            lines.extend(translations.iter().map(|t| format!("{term}\t{}\t{:.3}\t{name}", t.term, t.weight)));
            !translations.is_empty()
        };
        // An inflected word is found as an alignment finds it.
        if !add(word) {
            for lemma in dictionary.lemmas(word) {
                add(&lemma);
            }
        }
    };
    for path in files {
        for dictionary in &evidence::load(path)?.dictionaries {
            look(dictionary, &path.display().to_string());
        }
    }
    if let Some(builtin) = builtin {
        look(builtin, "built-in");
    }
    Terminal::write_results(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
    if lines.is_empty() {
        terminal.note(format_args!("no lexicon knows `{word}`"));
        return Ok(Exit::Below);
    }
    Ok(Exit::Done)
}

fn learn(memories: &[PathBuf], output: &Path, terminal: Terminal) -> Result<Exit> {
    let mut units: BTreeMap<(Lang, Lang), Vec<UnitPair>> = BTreeMap::new();
    for path in memories {
        let bytes = evidence::read_memory(path)?;
        let mut notices = Vec::new();
        let pairs = lexicon::tmx_units(&bytes, &mut notices).map_err(|e| evidence::refused(path, &e))?;
        for notice in &notices {
            terminal.warn(evidence::line(path, notice), None);
        }
        for (languages, pair) in pairs {
            units.entry(languages).or_default().push(pair);
        }
    }
    let Some((languages, units)) = units.into_iter().rev().max_by_key(|(_, units)| units.len()) else {
        return Err(Failure::new(
            "there is no unit with texts in two languages",
            "give translation memories that hold translated texts",
        )
        .into());
    };
    let mut replaced = false;
    let words = lexicon::learn_words(&units, &languages);
    if output.as_os_str() == "-" {
        Terminal::write_results(|out| write(&words, out))?;
    } else {
        replaced = files::verb(output, "written") == "replaced";
        let is_tbx = output.extension().is_some_and(|e| e.eq_ignore_ascii_case("tbx"));
        let languages = Sides::new(languages.0.clone(), languages.1.clone());
        write_whole(
            output,
            |out| if is_tbx { write_tbx(&words, &languages, out) } else { write(&words, out) },
        )?;
    }
    if replaced {
        terminal.note(format_args!("replaced  {}", output.display()));
    }
    terminal.note(format_args!(
        "learnt    {}, {} to {}, from {}",
        counted(words.len(), "word pair"),
        languages.0,
        languages.1,
        counted(units.len(), "unit")
    ));
    if words.is_empty() {
        terminal.warn("nothing could be learnt", Some("words must recur: give more translated material"));
    }
    Ok(Exit::Done)
}

fn write(words: &[LearntWord], out: &mut (impl Write + ?Sized)) -> std::io::Result<()> {
    for word in words {
        writeln!(out, "{}\t{}\t{:.4}", word.source, word.target, word.probability)?;
    }
    Ok(())
}

fn write_tbx(words: &[LearntWord], languages: &Sides<Lang>, out: &mut dyn Write) -> std::io::Result<()> {
    let terms = words
        .iter()
        .map(|w| tbx::Term { terms: Sides::new(&*w.source, &*w.target), probability: w.probability });
    tbx::write(terms, languages, out).map(|_| ())
}
