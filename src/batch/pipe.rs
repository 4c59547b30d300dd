//! `pipe`: JSON lines in, JSON lines out, in the same order: the map step for any engine.
//!
//! In: a stream of records, one a line. Out: an answer a line. Guarantee: answers come in the order of the
//! records, one for each line that is not blank; memory is bounded by the longest records under way, not by their
//! number; the same records give the same bytes with any number of jobs.

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use super::ordered::{Sink, map_in_order};
use super::patience::Patient;
use super::record::{RecordOptions, answer, failed};

/// How to run.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PipeOptions {
    /// What holds for all records.
    pub record: RecordOptions,
    /// Records aligned at a time, at least 1.
    pub jobs: usize,
    /// Threads that one record may use, at least 1.
    pub threads: usize,
    /// The longest record accepted, in bytes; a longer one gets an error for answer. Default: 64 MiB.
    pub max_record: usize,
    /// A record that takes longer gets an error for answer, and the next is begun; at most four are left to end by
    /// themselves at a time. `None`: however long it takes.
    pub timeout: Option<Duration>,
}

impl Default for PipeOptions {
    fn default() -> Self {
        Self { record: RecordOptions::default(), jobs: 1, threads: 1, max_record: 64 << 20, timeout: None }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Piped {
    /// Records answered.
    pub records: u64,
    /// Of these, records answered with an error.
    pub failed: u64,
    /// Pairs left out of the answers, being less sure than asked for.
    pub left_out: u64,
}

/// Answers the records of `input` on `output`.
///
/// An error of `output`, such as a closed pipe, ends it at once; an error of `input` is returned after the
/// records before it have been answered.
pub fn pipe(
    input: impl BufRead + Send + 'static,
    output: &mut impl Write,
    options: &PipeOptions,
) -> io::Result<Piped> {
    let shared = Arc::new(options.clone());
    let threads = options.threads.max(1);
    let one = move || {
        let options = Arc::clone(&shared);
        // Records do not share threads, so that one does not wait for another's steps.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        move |line: Arc<Line>| match &pool {
            Ok(pool) => pool.install(|| answered(&line, &options)),
            Err(_) => answered(&line, &options),
        }
    };
    let (one, behind, timeout) = (Arc::new(one), Arc::new(AtomicUsize::new(0)), options.timeout);
    let work = move || -> Box<dyn FnMut(Line) -> Answer + Send> {
        let Some(limit) = timeout else {
            let work = one();
            return Box::new(move |line| work(Arc::new(line)));
        };
        let mut patient = Patient::new(limit, Arc::clone(&one), Arc::clone(&behind));
        Box::new(move |line| {
            let line = Arc::new(line);
            patient.work(Arc::clone(&line)).unwrap_or_else(|| too_slow(&line, limit))
        })
    };
    let lines = Lines { input, number: 0, max: options.max_record };
    let mut writer = Writer { output, done: Piped::default() };
    map_in_order(lines, options.jobs, work, &mut writer)?;
    Ok(writer.done)
}

enum Answer {
    Aligned(Vec<u8>, usize),
    Failed(Vec<u8>),
    Broken(io::Error),
}

/// What is said of a record that was given up.
fn too_slow(line: &Line, limit: Duration) -> Answer {
    let error = format!("it took longer than {} s", limit.as_secs_f64());
    match line {
        Line::Record { number, text } => Answer::Failed(failed(text, *number, &error)),
        Line::TooLong { number } => Answer::Failed(failed(b"", *number, &error)),
        Line::Broken(error) => Answer::Broken(error.kind().into()),
    }
}

fn answered(line: &Line, options: &PipeOptions) -> Answer {
    match line {
        Line::Record { number, text } => {
            let answer = answer(text, *number, &options.record);
            if answer.failed {
                Answer::Failed(answer.line)
            } else {
                Answer::Aligned(answer.line, answer.left_out)
            }
        }
        Line::TooLong { number } => {
            let error = format!("the record is longer than {} bytes", options.max_record);
            Answer::Failed(failed(b"", *number, &error))
        }
        Line::Broken(error) => Answer::Broken(io::Error::new(error.kind(), error.to_string())),
    }
}

struct Writer<'w, W> {
    output: &'w mut W,
    done: Piped,
}

impl<W: Write> Sink<Answer> for Writer<'_, W> {
    fn take(&mut self, answer: Answer) -> io::Result<()> {
        let (line, failed, left_out) = match answer {
            Answer::Aligned(line, left_out) => (line, 0, left_out as u64),
            Answer::Failed(line) => (line, 1, 0),
            Answer::Broken(error) => {
                self.output.flush()?;
                return Err(error);
            }
        };
        self.output.write_all(&line)?;
        self.done.records += 1;
        self.done.failed += failed;
        self.done.left_out += left_out;
        Ok(())
    }

    fn pause(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

enum Line {
    Record { number: u64, text: Vec<u8> },
    TooLong { number: u64 },
    Broken(io::Error),
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The lines of an input that are not blank, numbered from 1; at most `max` bytes of each are kept.
struct Lines<R> {
    input: R,
    number: u64,
    max: usize,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            let mut text = Vec::new();
            let (mut any, mut too_long) = (false, false);
            loop {
                let ready = match self.input.fill_buf() {
                    Ok(ready) => ready,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => return Some(Line::Broken(error)),
                };
                if ready.is_empty() {
                    break;
                }
                any = true;
                let end = memchr::memchr(b'\n', ready);
                let part = &ready[..end.unwrap_or(ready.len())];
                too_long |= text.len() + part.len() > self.max;
                if !too_long {
                    text.extend_from_slice(part);
                }
                let used = end.map_or(ready.len(), |at| at + 1);
                self.input.consume(used);
                if end.is_some() {
                    break;
                }
            }
            if !any {
                return None;
            }
            self.number += 1;
            if self.number == 1 && text.starts_with(BYTE_ORDER_MARK) {
                text.drain(..BYTE_ORDER_MARK.len());
            }
            if too_long {
                return Some(Line::TooLong { number: self.number });
            }
            if !text.trim_ascii().is_empty() {
                return Some(Line::Record { number: self.number, text });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piped(input: &[u8], options: &PipeOptions) -> (Piped, String) {
        let mut output = Vec::new();
        let done = pipe(io::Cursor::new(input.to_vec()), &mut output, options).unwrap();
        (done, String::from_utf8(output).unwrap())
    }

    #[test]
    fn errors_name_their_line_and_blank_lines_are_passed_over() {
        let long = format!("{{\"id\": 2, \"source\": \"{}\"}}", "x".repeat(200));
        let input = format!("\u{feff}{{\"id\": 1}}\n\n{long}\r\n  \n\u{0}");
        let options = PipeOptions { max_record: 100, ..PipeOptions::default() };
        let (done, answers) = piped(input.as_bytes(), &options);
        assert_eq!(done, Piped { records: 3, failed: 3, left_out: 0 });
        insta::assert_snapshot!(answers, @r#"
        {"id":1,"line":1,"error":"missing field `source`"}
        {"id":null,"line":3,"error":"the record is longer than 100 bytes"}
        {"id":null,"line":5,"error":"not JSON: expected value at column 1"}
        "#);
    }

    #[test]
    fn bytes_that_are_no_utf_8_cost_their_record_alone() {
        let input = b"{\"source\": \"\xff\", \"target\": \"x\"}\n{\"source\": \"1\", \"target\": \"1\"}";
        let (done, answers) = piped(input, &PipeOptions::default());
        assert_eq!(done, Piped { records: 2, failed: 1, left_out: 0 });
        assert_eq!(answers.lines().count(), 2);
        assert!(answers.lines().nth(1).is_some_and(|l| l.contains("\"beads\"")), "{answers}");
    }

    #[test]
    fn the_number_of_jobs_does_not_show() {
        let line = |i: usize| {
            let words = "one two three four five six seven".split(' ').cycle().skip(i).take(3 + i % 9);
            let text = words.collect::<Vec<_>>().join(" ");
            format!("{{\"id\": {i}, \"source\": \"{text} {i}.\", \"target\": \"{text}. {i}.\"}}\n")
        };
        let input: String = (0..60).map(line).collect();
        let (one, many) =
            (PipeOptions::default(), PipeOptions { jobs: 3, threads: 2, ..PipeOptions::default() });
        let (_, expected) = piped(input.as_bytes(), &one);
        assert_eq!(expected.lines().count(), 60);
        assert!(expected.lines().zip(0..).all(|(l, i): (_, usize)| l.starts_with(&format!("{{\"id\":{i},"))));
        assert_eq!(piped(input.as_bytes(), &many).1, expected);
    }
}
