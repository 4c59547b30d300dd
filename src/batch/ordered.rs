//! Work in parallel, results in order, memory bounded.
//!
//! In: items from a source that may block, a function. Out: its results, handed over in the order of the items.
//! Guarantee: at most `window` items are under way or waiting at any time, so that memory does not grow with the
//! number of items; what is handed over does not depend on the number of workers.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// How a result is handed over.
pub(super) trait Sink<R> {
    /// Takes the next result in order.
    fn take(&mut self, result: R) -> io::Result<()>;
    /// Nothing more is ready just now: what was taken should become visible.
    fn pause(&mut self) -> io::Result<()>;
}

/// Applies `work` to each item on `workers` threads and hands the results to `sink` in order.
///
/// It returns at the sink's first error, without waiting for an item that the source is still reading: its
/// thread is left behind and ends with the source.
pub(super) fn map_in_order<T, R, W>(
    items: impl Iterator<Item = T> + Send + 'static,
    workers: usize,
    work: impl Fn() -> W,
    sink: &mut impl Sink<R>,
) -> io::Result<()>
where
    T: Send + 'static,
    R: Send + 'static,
    W: FnMut(T) -> R + Send + 'static,
{
    let workers = workers.max(1);
    let window = workers * 4;
    let (tickets, spent) = sync_channel::<()>(window);
    let (todo, queue) = sync_channel::<(u64, T)>(window);
    let (done, results) = channel::<(u64, R)>();
    let queue = Arc::new(Mutex::new(queue));
    thread::spawn(move || feed(items, &tickets, &todo));
    for _ in 0..workers {
        let (queue, done, mut work) = (Arc::clone(&queue), done.clone(), work());
        thread::spawn(move || {
            while let Some((number, item)) = next(&queue) {
                if done.send((number, work(item))).is_err() {
                    break;
                }
            }
        });
    }
    drop(done);
    hand_over(&results, &spent, sink)
}

fn feed<T>(items: impl Iterator<Item = T>, tickets: &SyncSender<()>, todo: &SyncSender<(u64, T)>) {
    for (number, item) in (0..).zip(items) {
        // A ticket comes free when a result is handed over.
        if tickets.send(()).is_err() || todo.send((number, item)).is_err() {
            return;
        }
    }
}

fn next<T>(queue: &Mutex<Receiver<T>>) -> Option<T> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn hand_over<R>(
    results: &Receiver<(u64, R)>,
    spent: &Receiver<()>,
    sink: &mut impl Sink<R>,
) -> io::Result<()> {
    let mut waiting: BTreeMap<u64, R> = BTreeMap::new();
    let mut due = 0;
    loop {
        let (number, result) = match results.try_recv() {
            Ok(found) => found,
            Err(TryRecvError::Empty) => {
                sink.pause()?;
                match results.recv() {
                    Ok(found) => found,
                    Err(_) => break,
                }
            }
            Err(TryRecvError::Disconnected) => break,
        };
        waiting.insert(number, result);
        while let Some(result) = waiting.remove(&due) {
            due += 1;
            sink.take(result)?;
            if spent.recv().is_err() {
                break;
            }
        }
    }
    sink.pause()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    struct Kept {
        results: Vec<usize>,
        taken: Arc<AtomicUsize>,
        refuse_after: usize,
    }

    impl Sink<usize> for Kept {
        fn take(&mut self, result: usize) -> io::Result<()> {
            if self.results.len() == self.refuse_after {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            self.results.push(result);
            self.taken.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }

        fn pause(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn kept(refuse_after: usize) -> Kept {
        Kept { results: Vec::new(), taken: Arc::default(), refuse_after }
    }

    #[test]
    fn results_come_in_order_whatever_takes_long() {
        let mut sink = kept(usize::MAX);
        let work = || {
            |i: usize| {
                if i.is_multiple_of(7) {
                    thread::sleep(Duration::from_millis(3));
                }
                i * 2
            }
        };
        map_in_order(0..200, 3, work, &mut sink).unwrap();
        assert_eq!(sink.results, (0..200).map(|i| i * 2).collect::<Vec<_>>());
    }

    #[test]
    fn the_source_never_runs_far_ahead() {
        let mut sink = kept(usize::MAX);
        let taken = Arc::clone(&sink.taken);
        let farthest = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&farthest);
        let items = (0..500).inspect(move |&i: &usize| {
            seen.fetch_max(i - taken.load(Ordering::SeqCst).min(i), Ordering::SeqCst);
        });
        // The first item holds everything up.
        let work = || {
            |i: usize| {
                if i == 0 {
                    thread::sleep(Duration::from_millis(50));
                }
                i
            }
        };
        map_in_order(items, 2, work, &mut sink).unwrap();
        assert_eq!(sink.results.len(), 500);
        let farthest = farthest.load(Ordering::SeqCst);
        assert!(farthest <= 10, "the source was {farthest} items ahead");
    }

    #[test]
    fn it_stops_at_the_first_error_of_the_sink_although_the_source_is_endless() {
        let mut sink = kept(5);
        let error = map_in_order(0.., 2, || |i: usize| i, &mut sink).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        assert_eq!(sink.results, [0, 1, 2, 3, 4]);
    }
}
