//! A run over a collection: hands the pairs to worker processes and collects what comes of them.
//!
//! In: tasks, results of earlier runs, the command that starts a worker. Out: an outcome for each task, in their
//! order. Guarantee: whatever happens to a worker (a mistake of the program, no memory, the time limit) costs the
//! pair it was at and nothing else; a run that is asked to stop ends after the pairs under way.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::task::{Finished, Outcome, Task};
use super::worker::{Assignment, GREETING};
use crate::outside;

/// How to run.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RunOptions {
    /// The command that starts a worker: a program and its arguments. It must call
    /// [`serve`](super::worker::serve).
    pub worker: Vec<OsString>,
    /// Pairs aligned at a time, at least 1.
    pub jobs: usize,
    /// Threads that one pair may use, at least 1.
    pub threads: usize,
    /// The longest time that one pair may take.
    pub timeout: Option<Duration>,
}

impl RunOptions {
    /// Options with one job, one thread and no time limit.
    pub fn new(worker: Vec<OsString>) -> Self {
        Self { worker, jobs: 1, threads: 1, timeout: None }
    }
}

/// A wish, from another thread, that a run stop.
#[derive(Debug, Default)]
pub struct Stop(AtomicU8);

impl Stop {
    /// Asks the run to stop: the first time after the pairs under way, the second time at once.
    pub fn ask(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    /// Whether it was asked to stop.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 0
    }

    fn is_urgent(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 1
    }
}

/// Runs `tasks`; `each` is told every outcome as it comes, with the task's index.
///
/// Returns the outcomes by task; `None` for those that a stop left undone. An error means that no worker could
/// be started, or comes from `each`.
pub fn run<E: From<io::Error>>(
    tasks: &[Task],
    earlier: &BTreeMap<String, Finished>,
    options: &RunOptions,
    stop: &Stop,
    mut each: impl FnMut(usize, &Outcome) -> Result<(), E>,
) -> Result<Vec<Option<Outcome>>, E> {
    let next = AtomicUsize::new(0);
    let (tell, told) = channel::<io::Result<(usize, Outcome)>>();
    let mut outcomes: Vec<Option<Outcome>> = vec![None; tasks.len()];
    thread::scope(|scope| {
        for _ in 0..options.jobs.clamp(1, tasks.len().max(1)) {
            let (tell, next) = (tell.clone(), &next);
            scope.spawn(move || job(tasks, earlier, options, stop, next, &tell));
        }
        drop(tell);
        let mut result = Ok(());
        for found in told {
            let taken = found.map_err(E::from).and_then(|(index, outcome)| {
                each(index, &outcome)?;
                outcomes[index] = Some(outcome);
                Ok(())
            });
            if taken.is_err() && result.is_ok() {
                result = taken;
                stop.ask();
                stop.ask();
            }
        }
        result
    })?;
    Ok(outcomes)
}

/// One job: a worker at a time, and the tasks that it gets.
fn job(
    tasks: &[Task],
    earlier: &BTreeMap<String, Finished>,
    options: &RunOptions,
    stop: &Stop,
    next: &AtomicUsize,
    tell: &Sender<io::Result<(usize, Outcome)>>,
) {
    let mut worker: Option<Worker> = None;
    while !stop.is_asked() {
        let index = next.fetch_add(1, Ordering::SeqCst);
        let Some(task) = tasks.get(index) else { break };
        let mut ready = match worker.take() {
            Some(worker) => worker,
            None => match Worker::start(options) {
                Ok(worker) => worker,
                Err(error) => {
                    // Nobody is left to tell if the run has ended.
                    let _ = tell.send(Err(error));
                    return;
                }
            },
        };
        let assignment = Assignment { task: task.clone(), earlier: earlier.get(&task.id).cloned() };
        let Ok(line) = serde_json::to_string(&assignment) else {
            let outcome = Outcome::Failed("the name of a file is not Unicode".to_owned());
            worker = Some(ready);
            if tell.send(Ok((index, outcome))).is_err() {
                return;
            }
            continue;
        };
        let outcome = match ready.align(&line, options.timeout, stop) {
            Answer::Outcome(outcome) => {
                worker = Some(ready);
                *outcome
            }
            Answer::Ended => Outcome::Failed(ready.end()),
            Answer::Late(limit) => {
                ready.kill();
                Outcome::Failed(format!("it took longer than {} s", limit.as_secs_f64()))
            }
            Answer::Stopped => return ready.kill(),
        };
        if tell.send(Ok((index, outcome))).is_err() {
            return;
        }
    }
    if let Some(worker) = worker {
        worker.close();
    }
}

/// A worker process.
struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<String>,
}

enum Answer {
    Outcome(Box<Outcome>),
    /// The process has ended, or speaks no sense.
    Ended,
    Late(Duration),
    Stopped,
}

impl Worker {
    fn start(options: &RunOptions) -> io::Result<Self> {
        let (program, arguments) = options.worker.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        let mut command = Command::new(program);
        command.args(arguments).env("RAYON_NUM_THREADS", options.threads.max(1).to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        // An interrupt from the keyboard is for the run, which lets the pairs under way be finished.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (tell, answers) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        let mut worker = Self { child, input, answers };
        match worker.answers.recv() {
            Ok(line) if line == GREETING => Ok(worker),
            _ => Err(io::Error::other(format!("a worker could not be started: {}", worker.end()))),
        }
    }

    fn align(&mut self, line: &str, timeout: Option<Duration>, stop: &Stop) -> Answer {
        const LOOK_UP: Duration = Duration::from_millis(100);
        let start = Instant::now();
        if writeln!(self.input, "{line}").and_then(|()| self.input.flush()).is_err() {
            return Answer::Ended;
        }
        loop {
            let left = timeout.map(|limit| limit.saturating_sub(start.elapsed()));
            match self.answers.recv_timeout(left.map_or(LOOK_UP, |left| left.min(LOOK_UP))) {
                Ok(line) => return serde_json::from_str(&line).map_or(Answer::Ended, Answer::Outcome),
                Err(RecvTimeoutError::Disconnected) => return Answer::Ended,
                Err(RecvTimeoutError::Timeout) if stop.is_urgent() => return Answer::Stopped,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if let Some(limit) = timeout.filter(|&limit| start.elapsed() >= limit) {
                return Answer::Late(limit);
            }
        }
    }

    /// Waits for the process's end and says how it ended.
    fn end(&mut self) -> String {
        const PATIENCE: Duration = Duration::from_secs(2);
        let start = Instant::now();
        while start.elapsed() < PATIENCE && matches!(self.child.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(5));
        }
        // One that still runs has said something that is no answer.
        let _ = self.child.kill();
        match self.child.wait() {
            Ok(status) => format!("the aligner ended unexpectedly ({status}); it may have run out of memory"),
            Err(error) => format!("the aligner ended unexpectedly ({error})"),
        }
    }

    /// Lets the process end by itself: it does so when nothing more can come.
    fn close(mut self) {
        drop(self.input);
        let _ = self.child.wait();
    }

    /// Ends the process and the programs that it started.
    fn kill(mut self) {
        const PATIENCE: Duration = Duration::from_secs(2);
        // Asked, it ends its own children first; if it does not listen, it is killed.
        outside::ask_to_end(self.child.id());
        let start = Instant::now();
        while cfg!(unix) && start.elapsed() < PATIENCE && matches!(self.child.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
