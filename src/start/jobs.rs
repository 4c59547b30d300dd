//! Work that takes its time, on threads of its own, with a word on how far it is, and a way to stop it.
//!
//! In: the work. Out: a number under which a page asks how far it is. Guarantee: whoever stopped a job is answered at
//! once and gets nothing of it; a mistake of the program costs one job and is said.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::review::Refusal;

use super::trouble::gone;

/// The most jobs at a time.
const MOST: usize = 4;
/// How many jobs that have ended are remembered.
const REMEMBERED: usize = 200;
/// How long a page that asks waits for news.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a job ended before it was done.
#[derive(Debug)]
pub(super) enum Halt {
    /// It was asked to stop.
    Stopped,
    /// It cannot be done.
    Failed(Refusal),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(refusal)
    }
}

/// A job, for those who do it and those who ask about it.
#[derive(Debug)]
pub(super) struct Job {
    stop: AtomicBool,
    /// How often something was said, and what was said last.
    said: watch::Sender<(u64, Arc<Value>)>,
    /// What is done so far of a job that consists of many parts.
    rows: Mutex<Vec<Value>>,
}

impl Job {
    fn new() -> Self {
        let said = watch::Sender::new((1, Arc::new(json!({ "state": "working" }))));
        Self { stop: AtomicBool::new(false), said, rows: Mutex::default() }
    }

    /// Says what is being done; after a stop it is too late.
    pub(super) fn say(&self, mut what: Value) -> Result<(), Halt> {
        if self.is_stopped() {
            return Err(Halt::Stopped);
        }
        what["state"] = "working".into();
        self.put(what);
        Ok(())
    }

    /// Whether it was asked to stop.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn put(&self, what: Value) {
        self.said.send_modify(|said| {
            // What was stopped stays stopped, whatever the work says that goes on to its next stage.
            if said.1["state"] == "working" {
                *said = (said.0 + 1, Arc::new(what));
            }
        });
    }

    fn rows(&self) -> MutexGuard<'_, Vec<Value>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds what is done.
    pub(super) fn add(&self, row: Value) {
        self.rows().push(row);
    }

    /// What is done from row `from` on, so many at most.
    pub(super) fn done(&self, from: usize, most: usize) -> Vec<Value> {
        self.rows().iter().skip(from).take(most).cloned().collect()
    }

    fn is_over(&self) -> bool {
        self.said.borrow().1["state"] != "working"
    }

    /// What was said after the first `seen` times, as soon as there is something, or what was said last.
    pub(super) async fn news(&self, seen: u64) -> (u64, Arc<Value>) {
        let mut said = self.said.subscribe();
        let news = tokio::time::timeout(PATIENCE, said.wait_for(|said| said.0 != seen));
        match news.await {
            Ok(Ok(said)) => said.clone(),
            _ => self.said.borrow().clone(),
        }
    }
}

/// All jobs.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    all: Mutex<BTreeMap<u64, Arc<Job>>>,
    next: AtomicU64,
    /// Threads that are at work, those of stopped jobs too.
    busy: Arc<AtomicU64>,
}

impl Jobs {
    fn all(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Job>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a job; gives its number.
    pub(super) fn begin(
        &self,
        work: impl FnOnce(&Job) -> Result<Value, Halt> + Send + 'static,
    ) -> Result<u64, Refusal> {
        if self.busy.fetch_add(1, Ordering::SeqCst) >= MOST as u64 {
            self.busy.fetch_sub(1, Ordering::SeqCst);
            let said = "the program is busy with other work; wait until some of it is done";
            return Err(Refusal::named(StatusCode::TOO_MANY_REQUESTS, "busy", said));
        }
        let job = Arc::new(Job::new());
        let number = self.next.fetch_add(1, Ordering::SeqCst) + 1;
        {
            let mut all = self.all();
            while all.len() >= REMEMBERED {
                let Some(&old) = all.iter().find(|(_, job)| job.is_over()).map(|(number, _)| number) else {
                    break;
                };
                all.remove(&old);
            }
            all.insert(number, Arc::clone(&job));
        }
        let busy = Arc::clone(&self.busy);
        std::thread::spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(|| work(&job)));
            job.put(match done {
                Ok(Ok(result)) => json!({ "state": "done", "result": result }),
                Ok(Err(Halt::Stopped)) => json!({ "state": "stopped" }),
                Ok(Err(Halt::Failed(refusal))) => json!({ "state": "failed", "why": refusal.said() }),
                Err(_) => {
                    let why = json!({ "error": "the program made a mistake; please tell its makers", "name": "inner" });
                    json!({ "state": "failed", "why": why })
                }
            });
            busy.fetch_sub(1, Ordering::SeqCst);
        });
        Ok(number)
    }

    /// The job with this number.
    pub(super) fn get(&self, number: u64) -> Result<Arc<Job>, Refusal> {
        let found = self.all().get(&number).map(Arc::clone);
        found.ok_or_else(|| gone("job", "there is no such work any more"))
    }

    /// Asks a job to stop, and says so at once.
    pub(super) fn stop(&self, number: u64) -> Result<(), Refusal> {
        let job = self.get(number)?;
        job.stop.store(true, Ordering::SeqCst);
        job.put(json!({ "state": "stopped" }));
        Ok(())
    }

    /// Whether any job is at work that nobody stopped.
    pub(super) fn are_at_work(&self) -> bool {
        self.all().values().any(|job| !job.is_over())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(job: &Job) -> Value {
        while !job.is_over() {
            std::thread::sleep(Duration::from_millis(1));
        }
        Value::clone(&job.said.borrow().1)
    }

    #[test]
    fn a_job_ends_done_failed_or_stopped_whatever_its_work_does() {
        let jobs = Jobs::default();
        let done = jobs.begin(|_| Ok(json!(7))).unwrap();
        assert_eq!(end(&jobs.get(done).unwrap())["result"], json!(7));
        let failed = jobs.begin(|_| Err(gone("job", "no such thing").into())).unwrap();
        assert_eq!(end(&jobs.get(failed).unwrap())["why"]["name"], json!("job"));
        let wrong = jobs.begin(|_| panic!("a mistake")).unwrap();
        assert_eq!(end(&jobs.get(wrong).unwrap())["why"]["name"], json!("inner"));
        let (tell, told) = std::sync::mpsc::channel::<()>();
        let stopped = jobs
            .begin(move |job| {
                told.recv().unwrap();
                // It hears of the stop at its next stage, and what it then says counts for nothing.
                assert!(matches!(job.say(json!({})), Err(Halt::Stopped)));
                Ok(json!(8))
            })
            .unwrap();
        assert!(jobs.are_at_work());
        jobs.stop(stopped).unwrap();
        assert!(!jobs.are_at_work());
        tell.send(()).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        assert_eq!(end(&jobs.get(stopped).unwrap()), json!({ "state": "stopped" }));
        assert!(jobs.stop(99).is_err());
    }

    #[test]
    fn jobs_at_a_time_are_bounded() {
        let jobs = Jobs::default();
        let mut held = Vec::new();
        for _ in 0..MOST {
            let (tell, told) = std::sync::mpsc::channel::<()>();
            held.push(tell);
            jobs.begin(move |_| {
                let _ = told.recv();
                Ok(Value::Null)
            })
            .unwrap();
        }
        assert!(jobs.begin(|_| Ok(Value::Null)).is_err());
        drop(held);
        while jobs.are_at_work() || jobs.busy.load(Ordering::SeqCst) > 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(jobs.begin(|_| Ok(Value::Null)).is_ok());
    }
}
