//! Programs of others that read what this one does not: started, bounded, ended.
//!
//! In: a program, its arguments, and how much it may take. Out: what it wrote to its standard output. Guarantee: it
//! runs in a process group of its own, which is ended as a whole when the time is over, when it writes too much,
//! and by [`end_all`]; then its folder of temporary files is removed too. On Linux its memory is bounded as well.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The programs that run, by their process ids, and the folders that they work in.
static RUNNING: Mutex<BTreeMap<u32, PathBuf>> = Mutex::new(BTreeMap::new());

fn running() -> MutexGuard<'static, BTreeMap<u32, PathBuf>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends all programs that run for this process, with what they started, and removes their folders. Only for a
/// process that ends at once, such as one that was interrupted: what waits for them fails.
pub fn end_all() {
    for (id, folder) in std::mem::take(&mut *running()) {
        end_group(id);
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// Asks a process of ours to end, so that it can end what it started.
pub(crate) fn ask_to_end(id: u32) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process};
        if let Some(process) = i32::try_from(id).ok().and_then(Pid::from_raw) {
            let _ = kill_process(process, Signal::TERM);
        }
    }
    #[cfg(not(unix))]
    let _ = id;
}

/// How much a program may take.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Its time.
    pub time: Duration,
    /// Its memory, in bytes; kept on Linux only.
    pub memory: u64,
    /// What it may write to its standard output, in bytes.
    pub output: u64,
}

/// A program to run, with a folder for its files that is removed with it.
#[derive(Debug)]
pub struct Outside {
    program: OsString,
    arguments: Vec<OsString>,
    folder: TempDir,
}

/// What a program gave.
#[derive(Debug)]
pub struct Answer {
    /// How it ended.
    pub status: ExitStatus,
    /// What it wrote to its standard output.
    pub output: Vec<u8>,
    /// What it said on its standard error, its first 4,096 bytes.
    pub messages: String,
    /// Its folder, with the files that it made.
    pub folder: TempDir,
    /// How long it took.
    pub took: Duration,
}

/// Why there is no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failed {
    /// There is no such program.
    Missing,
    /// It took longer than allowed.
    Late(Duration),
    /// It wrote more than allowed.
    TooMuch,
    /// The operating system refuses.
    Io(io::Error),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Self::Missing } else { Self::Io(error) }
    }
}

impl Outside {
    /// The program `program`, not yet running.
    pub fn new(program: impl Into<OsString>) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("muqabala-").tempdir()?;
        Ok(Self { program: program.into(), arguments: Vec::new(), folder })
    }

    /// The program `program` in the folder of one that ran before.
    pub fn within(program: impl Into<OsString>, folder: TempDir) -> Self {
        Self { program: program.into(), arguments: Vec::new(), folder }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Adds an argument.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Runs it to its end.
    pub fn run(self, bounds: Bounds) -> Result<Answer, Failed> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // What it makes on the way goes the same way as its folder.
        for name in ["TMPDIR", "TEMP", "TMP"] {
            command.env(name, self.folder.path());
        }
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let start = Instant::now();
        let mut guard = Guard::start(&mut command, self.folder.path(), bounds.memory)?;
        let streams = guard.child.stdout.take().zip(guard.child.stderr.take());
        let Some((output, errors)) = streams else {
            return Err(Failed::Io(io::ErrorKind::BrokenPipe.into()));
        };
        let (tell, told) = mpsc::channel();
        let messages = thread::spawn(move || head(errors));
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = output.take(bounds.output.saturating_add(1)).read_to_end(&mut bytes);
            // Where nobody waits any more, the time is over.
            let _ = tell.send(read.map(|_| bytes));
        });
        let output = told.recv_timeout(bounds.time).map_err(|_| Failed::Late(bounds.time))??;
        if output.len() as u64 > bounds.output {
            return Err(Failed::TooMuch);
        }
        let status =
            guard.wait(bounds.time.saturating_sub(start.elapsed()))?.ok_or(Failed::Late(bounds.time))?;
        // What it left running holds the stream of messages open.
        drop(guard);
        let messages = messages.join().unwrap_or_default();
        Ok(Answer { status, output, messages, folder: self.folder, took: start.elapsed() })
    }
}

/// The first 4,096 bytes; the rest is read too, so that the program does not wait.
fn head(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = stream.by_ref().take(4096).read_to_end(&mut bytes);
    let _ = io::copy(&mut stream, &mut io::sink());
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

/// A running program, which is ended with its group when this is dropped.
struct Guard {
    child: Child,
    id: u32,
}

impl Guard {
    fn start(command: &mut Command, folder: &Path, memory: u64) -> io::Result<Self> {
        // Nothing must end this process between the program's start and its entry.
        let mut list = running();
        let child = command.spawn()?;
        let id = child.id();
        list.insert(id, folder.to_owned());
        drop(list);
        bound_memory(id, memory);
        Ok(Self { child, id })
    }

    /// How it ended; nothing if it has not after `time`.
    fn wait(&mut self, time: Duration) -> io::Result<Option<ExitStatus>> {
        let start = Instant::now();
        loop {
            let status = self.child.try_wait()?;
            if status.is_some() || start.elapsed() > time {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        end_group(self.id);
        let _ = self.child.kill();
        let _ = self.child.wait();
        running().remove(&self.id);
    }
}

#[cfg(unix)]
fn end_group(id: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        // It may have ended just now.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end_group(_: u32) {}

#[cfg(target_os = "linux")]
fn bound_memory(id: u32, memory: u64) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    if let Some(process) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        // Its children take the bound over.
        let limit = Rlimit { current: Some(memory), maximum: Some(memory) };
        let _ = prlimit(Some(process), Resource::As, limit);
    }
}

#[cfg(not(target_os = "linux"))]
fn bound_memory(_: u32, _: u64) {}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Outside {
        Outside::new("/bin/sh").expect("a temporary folder can be made").argument("-c").argument(script)
    }

    fn bounds(milliseconds: u64) -> Bounds {
        Bounds { time: Duration::from_millis(milliseconds), memory: 1 << 30, output: 1 << 20 }
    }

    #[test]
    fn what_a_program_says_is_given_back() {
        let answer = shell("echo out; echo err >&2; exit 3").run(bounds(20_000)).unwrap();
        assert_eq!((answer.output.as_slice(), &*answer.messages), (b"out\n".as_slice(), "err"));
        assert_eq!(answer.status.code(), Some(3));
        assert!(matches!(Outside::new("no such program").unwrap().run(bounds(1)), Err(Failed::Missing)));
        assert!(matches!(shell("yes").run(bounds(20_000)), Err(Failed::TooMuch)));
    }

    /// A program that started others and went to sleep is ended with them, and its folder goes too.
    #[test]
    fn a_late_program_is_ended_with_its_children() {
        let outside = shell("");
        let folder = outside.folder().to_owned();
        let note = tempfile::NamedTempFile::new_in(folder.parent().unwrap()).unwrap();
        let name = note.path().file_name().unwrap().to_str().unwrap().to_owned();
        let script = format!("sleep 600 & echo $! >\"$TMPDIR/../{name}\"; wait");
        let outside = Outside { arguments: vec!["-c".into(), script.into()], ..outside };
        let start = Instant::now();
        assert!(matches!(outside.run(bounds(500)), Err(Failed::Late(_))));
        assert!(start.elapsed() < Duration::from_mins(1) && !folder.exists());
        let child = std::fs::read_to_string(note.path()).unwrap();
        let gone = || {
            let state = std::fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
            state.is_empty() || state.contains(") Z")
        };
        let waited = (0..100).any(|_| {
            thread::sleep(Duration::from_millis(20));
            gone()
        });
        assert!(waited, "{child} still runs");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_is_bounded() {
        let script = "sleep 0.3; x=$(head -c 300000000 /dev/zero | tr '\\0' a); echo ${#x}";
        let answer = shell(script).run(Bounds { memory: 100 << 20, ..bounds(60_000) }).unwrap();
        assert!(!String::from_utf8_lossy(&answer.output).contains("300000000"), "{}", answer.messages);
    }
}
