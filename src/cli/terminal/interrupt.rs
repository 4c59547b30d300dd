//! Ctrl-C, SIGTERM, the end of the terminal and SIGQUIT: files under way are removed and a word is said before the program
//! ends by the signal. A program that was started so as to survive its terminal (`nohup`) does.
//!
//! `batch` listens for itself, and so does the review page from when it is served on: they finish what they were doing.
//! The workers of `batch` listen here. A limit on the size of files is an error like any other, not the program's end.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli::args::Command;

/// Whether somebody else listens by now.
static LEFT: AtomicBool = AtomicBool::new(false);

/// Listens from now on, for commands that do not listen for themselves.
pub(crate) fn listen(command: Option<&Command>) {
    outlive_limits();
    match command {
        Some(Command::Batch(batch)) if batch.as_worker.is_some() => clean_up_at_the_end(Words::None),
        None | Some(Command::Batch(_)) => {}
        Some(_) => clean_up_at_the_end(Words::Said),
    }
}

/// Leaves interrupts to the server that is about to begin.
pub(crate) fn leave_to_the_server() {
    LEFT.store(true, Ordering::Relaxed);
}

/// A file that grows beyond `ulimit -f` fails to be written, which is said, instead of ending the program.
#[cfg(unix)]
fn outlive_limits() {
    let heard = std::sync::Arc::new(AtomicBool::new(false));
    // Without it the program ends as it always did.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, heard);
}

#[cfg(not(unix))]
fn outlive_limits() {}

/// Whether a word is said at the end: those whom a run ends say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    Said,
    None,
}

#[cfg(unix)]
fn clean_up_at_the_end(words: Words) {
    use muqabala::signals;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::{emulate_default_handler, raise};

    // Without a listener an interrupt ends the program all the same; at worst a temporary file stays.
    let unless_ignored = [(SIGHUP, signals::ends_with_its_terminal()), (SIGQUIT, signals::ends_by_quit())];
    let unless_ignored = unless_ignored.into_iter().filter_map(|(signal, ends)| ends.then_some(signal));
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM].into_iter().chain(unless_ignored)) else { return };
    std::thread::spawn(move || {
        let mut sent_again = false;
        for signal in signals.forever() {
            if LEFT.load(Ordering::Relaxed) {
                // It may have come before the server listened, and be taken up here only now: it is sent once more. The
                // server minds the first alone.
                if !sent_again {
                    sent_again = true;
                    let _ = raise(signal);
                }
                continue;
            }
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
