//! What finding and replacing would change, before it is done.
//!
//! In: what to replace by what. Out: how many texts change, and the first of them before and after, with the places, as
//! UTF-16 offsets. Guarantee: the edit of the same words changes just that, as long as nobody changes the texts.

use std::ops::Range;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::Response;
use serde::Serialize;

use crate::project::{ProjectError, Replace, Replaced, SideName, replacements};

use super::answer::{Refusal, Shared, apart, json};

/// Texts shown, at most.
const SHOWN: usize = 60;

/// What would change.
#[derive(Debug, Serialize)]
struct Preview<'a> {
    /// Texts that change.
    texts: usize,
    /// Places in them.
    places: usize,
    /// Texts that would be blank, and stay.
    blank: usize,
    shown: Vec<Shown<'a>>,
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    side: SideName,
    before: Marked<'a>,
    after: Marked<'a>,
}

#[derive(Debug, Serialize)]
struct Marked<'a> {
    text: &'a str,
    /// From, to.
    places: Vec<[usize; 2]>,
}

impl<'a> Shown<'a> {
    fn new(change: &'a Replaced) -> Self {
        let marked = |text: &'a str, which: usize| {
            let mut reached = (0, 0);
            let mut units = |at: usize| {
                reached.1 += text.get(reached.0..at).map_or(0, |t| t.encode_utf16().count());
                reached.0 = at;
                reached.1
            };
            let mut place = |range: &Range<usize>| [units(range.start), units(range.end)];
            Marked { text, places: change.places.iter().map(|both| place(&both[which])).collect() }
        };
        Self { side: change.side.into(), before: marked(&change.before, 0), after: marked(&change.after, 1) }
    }
}

pub(super) async fn preview(
    State(workbench): Shared,
    body: Result<Json<Replace>, JsonRejection>,
) -> Result<Response, Refusal> {
    let Json(wanted) = body?;
    apart(workbench, move |w| {
        let file = w.file();
        let all = replacements(file.project(), &wanted).map_err(ProjectError::from)?;
        json(&Preview {
            texts: all.changed.len(),
            places: all.changed.iter().map(|change| change.places.len()).sum(),
            blank: all.blank,
            shown: all.changed.iter().take(SHOWN).map(Shown::new).collect(),
        })
    })
    .await
}
