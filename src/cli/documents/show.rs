//! `show`: a saved alignment → the readable text, or another format.

use std::io::BufReader;

use anyhow::Result;
use muqabala::bitext::{Lang, Sides};
use muqabala::export::saved;
use muqabala::read::{self, Input, ReadError, ReadOptions};

use crate::cli::args::ShowCommand;
use crate::cli::files::Files;
use crate::cli::setup::output::{self, Destination};
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

pub(crate) fn execute(command: &ShowCommand, files: Files, terminal: Terminal) -> Result<Exit> {
    let plan = output::plan(&command.output, files)?;
    let input = Input::from_argument(&command.file);
    let name = input.name();
    let beads = match &input {
        Input::Stdin => saved::read(std::io::stdin().lock()),
        Input::File(path) if path.is_dir() => return Err(ReadError::Directory { name }.into()),
        Input::File(path) => {
            let file = std::fs::File::open(path).map_err(|e| ReadError::from_io(&name, e))?;
            saved::read(BufReader::new(file))
        }
        Input::Web(_) => saved::read(&*read::read_bytes(&input, ReadOptions::default().max_size)?),
    };
    let beads = beads.map_err(|e| {
        Failure::new(format!("{name}: {e}"), "give an alignment written with `align --format jsonl`")
    })?;
    let languages = match (&command.languages.source_lang, &command.languages.target_lang) {
        (Some(source), Some(target)) => Sides::new(source.clone(), target.clone()),
        _ if plan.format.names_languages() => {
            return Err(Failure::new(
                format!("{} names the languages, and a saved alignment does not", plan.format.name()),
                "name them with --source-lang and --target-lang",
            )
            .into());
        }
        _ => Sides::new(Lang::undetermined(), Lang::undetermined()),
    };
    let verb = plan.verb();
    let report = output::write(beads.iter().cloned(), languages, &plan, &command.readable, terminal)?;
    output::describe_omissions(report.as_ref(), terminal);
    if let Destination::File(path) = &plan.destination
        && !plan.format.is_several_files()
    {
        terminal.note(format_args!("{verb:<10}{}", path.display()));
    }
    Ok(Exit::Done)
}
