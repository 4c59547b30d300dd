//! Progress of a run over a collection: a bar on a terminal, else lines now and then, or lines of JSON.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use muqabala::batch::Outcome;
use serde_json::json;

use crate::cli::terminal::Terminal;

/// How progress is shown.
#[derive(Debug)]
pub(crate) struct Progress {
    terminal: Terminal,
    shown: Shown,
    total: usize,
    done: usize,
    failed: usize,
    start: Instant,
}

#[derive(Debug)]
enum Shown {
    Bar(ProgressBar),
    Lines { last: Instant },
    Json,
    Nothing,
}

/// For whom progress is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    People,
    Programs,
}

/// How often a line says how far it is.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

impl Progress {
    pub(crate) fn new(total: usize, audience: Audience, terminal: Terminal) -> Self {
        let start = Instant::now();
        let shown = if audience == Audience::Programs {
            Shown::Json
        } else if !terminal.speaks() {
            Shown::Nothing
        } else if Terminal::shows_messages() {
            let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
            let template = "{bar:30} {pos} of {len}, {per_sec:.1}, {eta} left{msg}";
            bar.set_style(
                ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            bar.enable_steady_tick(Duration::from_millis(500));
            Shown::Bar(bar)
        } else {
            Shown::Lines { last: start }
        };
        Self { terminal, shown, total, done: 0, failed: 0, start }
    }

    /// Tells what came of a pair.
    pub(crate) fn tell(&mut self, id: &str, outcome: &Outcome) {
        self.done += 1;
        let reason = match outcome {
            Outcome::Failed(reason) => Some(reason),
            _ => None,
        };
        self.failed += usize::from(reason.is_some());
        match &mut self.shown {
            Shown::Bar(bar) => {
                bar.inc(1);
                if self.failed > 0 {
                    bar.set_message(format!(", {} failed", self.failed));
                }
            }
            Shown::Lines { last } => {
                if last.elapsed() >= BETWEEN_LINES {
                    *last = Instant::now();
                    self.terminal.note(self.line());
                }
            }
            Shown::Json => self.tell_json(id, outcome),
            Shown::Nothing => {}
        }
    }

    fn line(&self) -> String {
        let rate = self.done as f64 / self.start.elapsed().as_secs_f64().max(1e-9);
        let left = (self.total - self.done) as f64 / rate.max(1e-9);
        let failed = if self.failed > 0 { format!(", {} failed", self.failed) } else { String::new() };
        format!("          {} of {}, {rate:.1} a second, {left:.0} s left{failed}", self.done, self.total)
    }

    fn tell_json(&self, id: &str, outcome: &Outcome) {
        let status = match outcome {
            Outcome::Done(_) => "done",
            Outcome::Unchanged(_) => "unchanged",
            _ => "failed",
        };
        let mut record = json!({ "id": id, "status": status, "done": self.done, "total": self.total });
        if let Outcome::Failed(reason) = outcome {
            record["reason"] = json!(reason);
        }
        if let Some(finished) = outcome.finished() {
            record["mean_confidence"] = json!(finished.figures.mean_confidence);
            record["seconds"] = json!(finished.seconds);
        }
        Terminal::progress(record);
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}
