//! Ctrl-C and SIGTERM: files under way are removed and a word is said before the program ends by the signal.
//!
//! `batch` and `review` listen for themselves: they finish what they were doing. The workers of `batch` listen here.

use crate::cli::args::Command;

/// Listens from now on, for commands that do not listen for themselves.
pub(crate) fn listen(command: Option<&Command>) {
    match command {
        Some(Command::Batch(batch)) if batch.as_worker.is_some() => clean_up_at_the_end(Words::None),
        None | Some(Command::Batch(_) | Command::Review(_) | Command::Demo(_)) => {}
        Some(_) => clean_up_at_the_end(Words::Said),
    }
}

/// Whether a word is said at the end: those whom a run ends say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Said,
    None,
}

#[cfg(unix)]
fn clean_up_at_the_end(words: Words) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // Without a listener an interrupt ends the program all the same; at worst a temporary file stays.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            muqabala::export::file::discard_unfinished();
            muqabala::outside::end_all();
            if words == Words::Said {
                super::Terminal::say("interrupted; files that were not finished are removed");
            }
            let _ = emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
fn clean_up_at_the_end(_: Words) {}
