//! What the start page works on: a folder of projects, what pages sent, the work under way, and the projects open.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::extract::State;

use crate::review::Clock;

use super::jobs::Jobs;
use super::known::Known;
use super::opened::Opened;
use super::recent::Recent;
use super::uploads::Uploads;

/// What the start page works on.
#[derive(Debug)]
pub(super) struct Desk {
    /// The folder of the projects.
    pub(super) folder: PathBuf,
    /// What pages sent.
    pub(super) uploads: Uploads,
    /// The work under way.
    pub(super) jobs: Jobs,
    /// The projects that are open.
    pub(super) opened: Opened,
    /// When projects were opened.
    pub(super) recent: Recent,
    /// What is known of projects from looking at them before.
    pub(super) known: Known,
    /// The user's folder for caches, where the index of the folder stands; without one it is made anew by each run.
    pub(super) caches: Option<PathBuf>,
    /// Held by the one search that is made at a time.
    pub(super) searching: Mutex<()>,
    /// What tells the time.
    pub(super) clock: Clock,
    /// When it began, which tells this run of the program from others.
    pub(super) run: i64,
}

/// The desk, as every request gets it.
pub(super) type Shared = State<Arc<Desk>>;
