//! `pipe`: records on standard input → answers on standard output.

use std::io::{self, BufReader};

use anyhow::Result;
use muqabala::batch::RecordOptions;
use muqabala::batch::pipe::{PipeOptions, Piped, pipe};
use muqabala::bitext::{Side, Sides};
use muqabala::export::counted;

use crate::cli::args::batch::PipeCommand;
use crate::cli::setup::cutting;
use crate::cli::setup::evidence;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

pub(crate) fn execute(command: &PipeCommand, terminal: Terminal) -> Result<Exit> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut record = RecordOptions::default();
    record.align = evidence::options(&command.evidence, terminal)?;
    record.languages = Sides::new(
        command.languages.get(Side::Source).cloned(),
        command.languages.get(Side::Target).cloned(),
    );
    record.segment = cutting::options(command.srx.as_deref())?;
    cutting::warn_of_rules(&record.segment, command.srx.as_deref(), terminal);
    record.settings.presegmented = command.presegmented.then_some(true);
    record.detail = command.detail.into();
    record.min_confidence = command.min_confidence;
    let mut options = PipeOptions::default();
    options.record = record;
    options.jobs = command.jobs.map_or(cores, usize::from);
    options.threads = (cores / options.jobs).max(1);
    options.max_record = usize::try_from(command.max_record_size).unwrap_or(usize::MAX);
    options.timeout = command.timeout;
    // Standard input is read by a thread of its own, which a closed output does not wait for.
    let input = BufReader::with_capacity(1 << 16, io::stdin());
    let Piped { records, failed, left_out, .. } =
        Terminal::write_results(|mut out| pipe(input, &mut out, &options))?;
    terminal.note(format_args!("answered  {}, {failed} of them with an error", counted(records, "record")));
    if let Some(least) = command.min_confidence {
        terminal.note(format_args!("left out  {} less sure than {least}", counted(left_out, "pair")));
    }
    Ok(if failed > 0 && command.fail_on_error { Exit::Below } else { Exit::Done })
}
