//! Work that is given up when it takes too long, on a thread of its own that can be left behind.
//!
//! In: items, a function, a time. Out: results, or nothing where the time ran out. Guarantee: at most [`MOST_BEHIND`]
//! threads are left behind at a time: the next item waits until one of them has ended.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// Threads that work on for nobody, at most: more would take the machine from the others.
const MOST_BEHIND: usize = 4;
/// How often it is looked whether one of them has ended.
const LOOK_UP: Duration = Duration::from_millis(20);

/// A function that is not waited for longer than a time.
pub(super) struct Patient<T, R, M> {
    limit: Duration,
    make: Arc<M>,
    helper: Option<Helper<T, R>>,
    behind: Arc<AtomicUsize>,
}

struct Helper<T, R> {
    todo: Sender<T>,
    done: Receiver<R>,
}

impl<T, R, W, M> Patient<T, R, M>
where
    T: Send + 'static,
    R: Send + 'static,
    W: FnMut(T) -> R,
    M: Fn() -> W + Send + Sync + 'static,
{
    /// Work by the functions that `make` makes, for `limit` an item; `behind` counts the threads left behind by all.
    pub(super) const fn new(limit: Duration, make: Arc<M>, behind: Arc<AtomicUsize>) -> Self {
        Self { limit, make, helper: None, behind }
    }

    /// The result for `item`; `None` when it is not there in time.
    pub(super) fn work(&mut self, item: T) -> Option<R> {
        while self.helper.is_none() && self.behind.load(Ordering::Relaxed) >= MOST_BEHIND {
            thread::sleep(LOOK_UP);
        }
        let helper = self.helper.get_or_insert_with(|| helper(&self.make, &self.behind));
        let result = match helper.todo.send(item) {
            Ok(()) => helper.done.recv_timeout(self.limit).ok(),
            Err(_) => None,
        };
        if result.is_none() {
            // Counted before its channel is closed, so that the thread never counts itself out first.
            self.behind.fetch_add(1, Ordering::Relaxed);
            self.helper = None;
        }
        result
    }
}

fn helper<T, R, W, M>(make: &Arc<M>, behind: &Arc<AtomicUsize>) -> Helper<T, R>
where
    T: Send + 'static,
    R: Send + 'static,
    W: FnMut(T) -> R,
    M: Fn() -> W + Send + Sync + 'static,
{
    let ((todo, items), (results, done)) = (channel(), channel());
    let (make, behind) = (Arc::clone(make), Arc::clone(behind));
    thread::spawn(move || {
        let mut work = make();
        while let Ok(item) = items.recv() {
            if results.send(work(item)).is_err() {
                behind.fetch_sub(1, Ordering::Relaxed);
                return;
            }
        }
    });
    Helper { todo, done }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_given_up_and_the_next_is_done() {
        let behind = Arc::new(AtomicUsize::new(0));
        let make = || {
            |milliseconds: u64| {
                thread::sleep(Duration::from_millis(milliseconds));
                milliseconds
            }
        };
        let mut patient = Patient::new(Duration::from_millis(400), Arc::new(make), Arc::clone(&behind));
        assert_eq!(patient.work(0), Some(0));
        assert_eq!(patient.work(1_500), None);
        assert_eq!(behind.load(Ordering::Relaxed), 1);
        assert_eq!(patient.work(1), Some(1));
        while behind.load(Ordering::Relaxed) > 0 {
            thread::sleep(LOOK_UP);
        }
        assert_eq!(patient.work(2), Some(2));
    }

    #[test]
    fn threads_left_behind_are_few() {
        let behind = Arc::new(AtomicUsize::new(0));
        let make = || |(): ()| thread::sleep(Duration::from_millis(300));
        let mut patient = Patient::new(Duration::from_millis(1), Arc::new(make), Arc::clone(&behind));
        for _ in 0..MOST_BEHIND + 2 {
            assert_eq!(patient.work(()), None);
            assert!(behind.load(Ordering::Relaxed) <= MOST_BEHIND);
        }
    }
}
