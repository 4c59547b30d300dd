//! What a command that takes long is doing: a line that moves on a terminal, elsewhere a line now and then.
//!
//! In: what is being done, and how far it is where that is known. Out: nothing in the first second, nothing with
//! `--quiet`. Guarantee: the moving line never stands in a result or a message; results are the same with and without.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Terminal;
use crate::cli::args::Command;

/// How long nothing is said.
const AFTER: Duration = Duration::from_secs(1);
/// How often the line on a terminal moves.
const BETWEEN_MOVES: Duration = Duration::from_millis(250);
/// How often a line is said elsewhere.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// The work under way, if any is to be shown.
static WORK: Mutex<Option<Work>> = Mutex::new(None);
/// Wakes who shows it when it ends.
static ENDED: Condvar = Condvar::new();
/// How far it is, and how far it goes; 0 where that is not known. Bytes where they are marked so.
static DONE: AtomicU64 = AtomicU64::new(0);
static ALL: AtomicU64 = AtomicU64::new(0);

struct Work {
    doing: &'static str,
    counted: Counted,
    start: Instant,
    bar: Option<ProgressBar>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Things,
    Bytes,
}

fn work() -> MutexGuard<'static, Option<Work>> {
    WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What `command` is doing; nothing for those that take no time, or that show it themselves.
fn doing(command: &Command) -> Option<&'static str> {
    Some(match command {
        Command::Align(_) | Command::Read(_) | Command::Show(_) | Command::Review(_) | Command::Update(_) => {
            "reading"
        }
        Command::Segment(_) => "cutting into segments",
        Command::Anchors(_) => "looking for anchors",
        Command::Demo(_) | Command::Realign(_) | Command::Evaluate(_) | Command::Snapshot(_) => "aligning",
        Command::Status(_) | Command::History(_) | Command::Compare(_) | Command::Merge(_) => {
            "opening the project"
        }
        Command::Export(_) => "writing",
        Command::Lexicon(_) => "reading lexicons",
        Command::Search(_) => "looking through the projects",
        Command::Tmx(_) => "going through the memory",
        // Who starts it from another program may never read what it says.
        Command::Pipe(_) if Terminal::shows_messages() => "answering",
        Command::Pipe(_)
        | Command::Batch(_)
        | Command::Start(_)
        | Command::Config(_)
        | Command::Languages(_)
        | Command::Doctor(_)
        | Command::Completions(_)
        | Command::Man(_) => return None,
    })
}

/// Shows from now on what `command` is doing.
pub(crate) fn begin(command: Option<&Command>, terminal: Terminal) {
    let Some(doing) = command.and_then(doing).filter(|_| terminal.speaks()) else { return };
    *work() = Some(Work { doing, counted: Counted::Things, start: Instant::now(), bar: None });
    // Without a thread for it nothing is shown.
    let _ = std::thread::Builder::new().spawn(show);
}

/// Says that something else is being done now, how far is not known.
pub(crate) fn on(doing: &'static str) {
    of(doing, 0, 0);
}

/// Says that `done` of `all` things have been dealt with.
pub(crate) fn of(doing: &'static str, done: usize, all: usize) {
    DONE.store(done as u64, Ordering::Relaxed);
    ALL.store(all as u64, Ordering::Relaxed);
    if let Some(work) = work().as_mut() {
        work.doing = doing;
        work.counted = Counted::Things;
    }
}

/// A reader of so many bytes that shows how much of it has been read.
pub(crate) fn reader<R: io::Read>(inner: R, length: u64) -> impl io::Read {
    ALL.fetch_add(length, Ordering::Relaxed);
    if let Some(work) = work().as_mut() {
        work.counted = Counted::Bytes;
    }
    Reader(inner)
}

struct Reader<R>(R);

impl<R: io::Read> io::Read for Reader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(into)?;
        DONE.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Shows nothing any more: results or a question come to the terminal, or a server begins.
pub(crate) fn end() {
    if let Some(Work { bar: Some(bar), .. }) = work().take() {
        bar.finish_and_clear();
    }
    ENDED.notify_all();
}

/// Does something, a message, while the moving line is away.
pub(crate) fn aside(message: impl FnOnce()) {
    match work().as_ref().and_then(|work| work.bar.as_ref()) {
        Some(bar) => bar.suspend(message),
        None => message(),
    }
}

/// Shows the work until it ends.
fn show() {
    let moves = Terminal::shows_messages();
    let mut pause = if moves { AFTER } else { BETWEEN_LINES };
    let mut guard = work();
    loop {
        let (after, waited) = ENDED.wait_timeout(guard, pause).unwrap_or_else(PoisonError::into_inner);
        guard = after;
        let Some(work) = guard.as_mut() else { return };
        if !waited.timed_out() {
            continue;
        }
        let (done, all) = (DONE.load(Ordering::Relaxed), ALL.load(Ordering::Relaxed));
        let line = line(work.doing, work.counted, (done, all), work.start.elapsed());
        if moves {
            pause = BETWEEN_MOVES;
            let bar = work.bar.get_or_insert_with(bar);
            bar.set_message(line);
            bar.tick();
        } else {
            let _ = writeln!(io::stderr(), "          {line}");
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{spinner} {wide_msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar
}

/// What is said of the work.
fn line(doing: &str, counted: Counted, (done, all): (u64, u64), elapsed: Duration) -> String {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let far = match counted {
        _ if all == 0 => String::new(),
        Counted::Things => format!(" {done} of {all}"),
        Counted::Bytes => format!(", {:.1} of {:.1} MB", megabytes(done.min(all)), megabytes(all)),
    };
    format!("{doing}{far}, {} s so far", elapsed.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_is_done_and_how_far_it_is() {
        let after = Duration::from_millis(12_900);
        assert_eq!(line("aligning", Counted::Things, (0, 0), after), "aligning, 12 s so far");
        assert_eq!(line("aligning", Counted::Things, (3, 12), after), "aligning 3 of 12, 12 s so far");
        let memory = line("going through the memory", Counted::Bytes, (1_500_000, 300_000_000), after);
        assert_eq!(memory, "going through the memory, 1.5 of 300.0 MB, 12 s so far");
    }
}
