//! The worker: a process that aligns one pair after the other for a run.
//!
//! In: assignments, one a line in JSON. Out: a greeting when it is ready, then an [`Outcome`] a line. Guarantee: it
//! ends when its input does, so that nothing is left behind when the run is killed.

use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

use super::task::{Finished, Outcome, Task, TaskOptions, perform};

/// What a worker says when it can begin.
pub(super) const GREETING: &str = "ready";

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Assignment {
    pub(super) task: Task,
    pub(super) earlier: Option<Finished>,
}

/// Serves a run: reads assignments and answers each with its outcome.
pub fn serve(input: impl BufRead, output: &mut impl Write, options: &TaskOptions) -> io::Result<()> {
    writeln!(output, "{GREETING}")?;
    output.flush()?;
    for line in input.lines() {
        let Assignment { task, earlier } = serde_json::from_str(&line?)?;
        let outcome = catch_unwind(AssertUnwindSafe(|| perform(&task, earlier.as_ref(), options)))
            .unwrap_or_else(|_| Outcome::Failed("the program failed on it; please report it".to_owned()));
        let mut answer = serde_json::to_vec(&outcome)?;
        answer.push(b'\n');
        output.write_all(&answer)?;
        output.flush()?;
    }
    Ok(())
}
