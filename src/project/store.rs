//! The project file `NAME.muq`: a project, its journal and its settings in one SQLite file.
//!
//! In: a [`Project`], then edits. Out: the same project whenever the file is opened. Guarantee: an edit that
//! returned is on the disk (write-ahead log, `synchronous = FULL`); the tables and the journal change in one
//! transaction; an edit that could not be written is not made in memory either. `docs/project-format.md` describes
//! the tables.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::bitext::{Side, Sides};
use crate::part_file::{self, PartFile};

use super::adopt::{AdoptError, Adopted};
use super::aligning::{Aligning, LexiconPair};
use super::change::{Change, Step, apply_steps, inverted};
use super::edit_kind::Edit;
use super::error::{ProjectError, check_document_name, check_reviewer};
use super::journal::{Journal, Stamp};
use super::lexicon_rows;
use super::lock::Lock;
use super::migrate::{APPLICATION_ID, FORMAT, create, migrate};
use super::model::Project;
use super::place::{self, Identity, Standing};
use super::realign::Realigner;
use super::row_error::RowError;
use super::rows;
use super::schema;
use super::settings::Settings;

/// An open project file that may be written to.
#[derive(Debug)]
pub struct ProjectFile {
    path: PathBuf,
    identity: Identity,
    connection: Connection,
    lock: Lock,
    project: Project,
    journal: Journal,
}

impl ProjectFile {
    /// Makes a new file at `path` that holds `project`, and opens it.
    pub fn create(path: &Path, project: Project) -> Result<Self, ProjectError> {
        if path.exists() {
            return Err(ProjectError::Exists(path.to_owned()));
        }
        for side in Side::BOTH {
            check_document_name(project.name(side))?;
        }
        let lock = Lock::take(path)?;
        let io = |source| ProjectError::Io { path: path.to_owned(), source };
        let part = PartFile::of_project(path).map_err(io)?;
        write_new(part.path(), &project).map_err(|source| sqlite(path, source))?;
        place::put(part, path).map_err(io)?;
        let (connection, identity) = reopen(path)?;
        Ok(Self { path: path.to_owned(), identity, connection, lock, project, journal: Journal::default() })
    }

    /// Opens a file to edit it. Files of older formats are brought to today's.
    pub fn open(path: &Path) -> Result<Self, ProjectError> {
        check_there(path)?;
        let lock = Lock::take(path)?;
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let format = check_format(path, &connection)?;
        check_schema(path, &connection, format)?;
        durable(&connection).map_err(|source| sqlite(path, source))?;
        if format < FORMAT {
            migrate(&mut connection, format).map_err(|source| sqlite(path, source))?;
        }
        let (project, journal) = load(path, &connection)?;
        let identity = identity(path)?;
        schema::trust(&mut connection).map_err(|source| sqlite(path, source))?;
        let file = Self { path: path.to_owned(), identity, connection, lock, project, journal };
        // What was recorded is undone some day: better refused now than after an hour's work.
        file.verify_journal()?;
        Ok(file)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The project.
    pub const fn project(&self) -> &Project {
        &self.project
    }

    /// The journal.
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Says who has the file open, for a second process that tries to.
    pub fn announce(&mut self, who: &str) -> Result<(), ProjectError> {
        self.lock.say(who).map_err(|source| ProjectError::Io { path: self.path.clone(), source })
    }

    /// Makes an edit. When this returns, it is on the disk.
    pub fn edit(
        &mut self,
        edit: Edit,
        stamp: Stamp<'_>,
        aligner: &dyn Realigner,
    ) -> Result<Change, ProjectError> {
        let change = self.journal.edit(&mut self.project, edit, stamp, aligner)?;
        self.keep(&change)?;
        Ok(change)
    }

    /// Takes over what was done in `other`, a project of the same texts that is called `from`, as one edit. When this
    /// returns, it is on the disk.
    ///
    /// # Errors
    /// If the texts are others, or the file cannot be written; then nothing is changed.
    pub fn adopt(&mut self, other: &Project, from: &str, stamp: Stamp<'_>) -> Result<Adopted, AdoptError> {
        check_reviewer(stamp.reviewer).map_err(ProjectError::from)?;
        let (change, adopted) = self.journal.adopt(&mut self.project, other, from, stamp)?;
        if let Some(change) = change {
            self.keep(&change)?;
        }
        Ok(adopted)
    }

    /// Writes the change that was just made; takes it back where that fails.
    fn keep(&mut self, change: &Change) -> Result<(), ProjectError> {
        let checked = self.check_after(&change.steps);
        if let Err(error) = checked.and_then(|()| self.commit(&change.steps, change)) {
            self.take_back(&change.steps);
            self.project.forget(&change.made);
            return Err(error);
        }
        Ok(())
    }

    /// Takes the last edit back. When this returns, that is on the disk.
    pub fn undo(&mut self, stamp: Stamp<'_>) -> Result<Vec<Step>, ProjectError> {
        let steps = self.journal.undo(&mut self.project, stamp)?;
        self.commit_reversal(steps)
    }

    /// Makes the edit undone last again. When this returns, that is on the disk.
    pub fn redo(&mut self, stamp: Stamp<'_>) -> Result<Vec<Step>, ProjectError> {
        let steps = self.journal.redo(&mut self.project, stamp)?;
        self.commit_reversal(steps)
    }

    /// Keeps other settings; a reviewer's name of more than 200 bytes is refused.
    pub fn set_settings(&mut self, settings: Settings) -> Result<(), ProjectError> {
        check_reviewer(&settings.reviewer)?;
        self.write(|transaction| rows::write_settings(transaction, &settings))?;
        self.project.settings = settings;
        Ok(())
    }

    /// Writes all that is stored, the journal too, into a new file at `path`.
    pub fn copy_to(&self, path: &Path) -> Result<(), ProjectError> {
        if path.exists() {
            return Err(ProjectError::Exists(path.to_owned()));
        }
        let io = |source| ProjectError::Io { path: path.to_owned(), source };
        let part = PartFile::beside(path).map_err(io)?;
        let name = part.path().to_str().ok_or(std::io::ErrorKind::InvalidFilename.into()).map_err(io)?;
        self.connection.execute("VACUUM INTO ?1", [name]).map_err(|source| sqlite(&self.path, source))?;
        place::put(part, path).map_err(io)
    }

    /// Keeps other words learnt.
    pub fn set_lexicon(&mut self, lexicon: Vec<LexiconPair>) -> Result<(), ProjectError> {
        self.write(|transaction| lexicon_rows::write_lexicon(transaction, &lexicon))?;
        self.project.set_lexicon(lexicon);
        Ok(())
    }

    /// Keeps other choices of aligning.
    pub fn set_aligning(&mut self, aligning: Aligning) -> Result<(), ProjectError> {
        self.write(|transaction| lexicon_rows::write_aligning(transaction, &aligning))?;
        self.project.set_aligning(aligning);
        Ok(())
    }

    /// Puts another project in this one's place, with a journal of its own, and keeps this one whole under the name
    /// `kept`, which nothing may have yet. When this returns, both are on the disk.
    ///
    /// # Errors
    /// If `kept` is there already, or either file cannot be written; then this one is as it was.
    pub fn supersede(mut self, kept: &Path, project: Project) -> Result<Self, ProjectError> {
        for side in Side::BOTH {
            check_document_name(project.name(side))?;
        }
        self.stay_in_place()?;
        let io = |path: &Path| {
            let path = path.to_owned();
            |source| ProjectError::Io { path, source }
        };
        if kept.exists() {
            return Err(ProjectError::Exists(kept.to_owned()));
        }
        let copy = PartFile::beside(kept).map_err(io(kept))?;
        let name =
            copy.path().to_str().ok_or(std::io::ErrorKind::InvalidFilename.into()).map_err(io(kept))?;
        self.connection.execute("VACUUM INTO ?1", [name]).map_err(|source| sqlite(kept, source))?;
        let part = PartFile::beside(&self.path).map_err(io(&self.path))?;
        write_new(part.path(), &project).map_err(|source| sqlite(&self.path, source))?;
        place::put(copy, kept).map_err(io(kept))?;
        let Self { path, connection, lock, .. } = self;
        // Its log is written back; what another process still reads stays readable to it.
        connection.close().map_err(|(_, source)| sqlite(&path, source))?;
        place::put(part, &path).map_err(io(&path))?;
        let (connection, identity) = reopen(&path)?;
        Ok(Self { path, identity, connection, lock, project, journal: Journal::default() })
    }

    fn write(
        &mut self,
        rows: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), ProjectError> {
        self.stay_in_place()?;
        let written = (|| {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            rows(&transaction)?;
            transaction.commit()
        })();
        written.map_err(|source| sqlite(&self.path, source))
    }

    /// Checks that the tables, the journal and the beads agree: going back to the first state and forward
    /// again gives what is stored.
    ///
    /// # Errors
    /// What does not agree.
    pub fn verify(&self) -> Result<(), ProjectError> {
        self.project.check().map_err(|what| ProjectError::Damaged { path: self.path.clone(), what })?;
        self.verify_journal()
    }

    /// Checks that the journal agrees with beads that are known to be whole.
    fn verify_journal(&self) -> Result<(), ProjectError> {
        let damaged = |what| ProjectError::Damaged { path: self.path.clone(), what };
        self.journal.verify(&self.project).map_err(damaged)
    }

    fn commit_reversal(&mut self, steps: Vec<Step>) -> Result<Vec<Step>, ProjectError> {
        let nothing_made = Change { steps: Vec::new(), made: Vec::new() };
        let checked = self.check_after(&steps);
        match checked.and_then(|()| self.commit(&steps, &nothing_made)) {
            Ok(()) => Ok(steps),
            Err(error) => {
                self.take_back(&steps);
                Err(error)
            }
        }
    }

    /// Checks what `steps` led to, so that nothing is written which could not be read again.
    fn check_after(&self, steps: &[Step]) -> Result<(), ProjectError> {
        if !steps.iter().any(|step| matches!(step, Step::Beads { .. } | Step::Segments { .. })) {
            return Ok(());
        }
        let damaged = |what| ProjectError::Damaged { path: self.path.clone(), what };
        self.project.check().map_err(damaged)
    }

    fn take_back(&mut self, steps: &[Step]) {
        apply_steps(&mut self.project, &inverted(steps)).expect("the inverse of steps just taken fits");
        self.journal.withdraw();
    }

    /// Sees to it that what is written next is found under the file's name: if somebody removed the file, it is
    /// put back with all that it held, for the operating system keeps an open file.
    fn stay_in_place(&mut self) -> Result<(), ProjectError> {
        let io = |source| ProjectError::Io { path: self.path.clone(), source };
        match self.identity.standing(&self.path).map_err(io)? {
            Standing::There => return Ok(()),
            Standing::Replaced => return Err(ProjectError::Replaced(self.path.clone())),
            Standing::Gone => {}
        }
        let part = PartFile::of_project(&self.path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => ProjectError::FolderGone(self.path.clone()),
            _ => io(source),
        })?;
        let name = part.path().to_str().ok_or(std::io::ErrorKind::InvalidFilename.into()).map_err(io)?;
        self.connection.execute("VACUUM INTO ?1", [name]).map_err(|source| sqlite(&self.path, source))?;
        self.lock.renew()?;
        place::put(part, &self.path).map_err(io)?;
        // The connection to the removed file sees that it was, and leaves the new one's log alone.
        (self.connection, self.identity) = reopen(&self.path)?;
        Ok(())
    }

    /// Writes the journal's last entry and what it did, in one transaction.
    fn commit(&mut self, steps: &[Step], change: &Change) -> Result<(), ProjectError> {
        self.stay_in_place()?;
        let Self { path, connection, project, journal, .. } = self;
        let entry = journal.entries().last().expect("an entry was just written down");
        let written: rusqlite::Result<bool> = (|| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let last: u64 =
                transaction
                    .query_row("SELECT coalesce(max(number), 0) FROM journal", [], |row| row.get(0))?;
            if last + 1 != entry.number {
                return Ok(false);
            }
            for &id in &change.made {
                rows::write_bead(&transaction, project, id)?;
            }
            rows::write_steps(&transaction, project, steps)?;
            rows::write_entry(&transaction, entry)?;
            transaction.commit()?;
            Ok(true)
        })();
        match written {
            Ok(true) => Ok(()),
            Ok(false) => Err(ProjectError::ChangedOutside(path.clone())),
            Err(source) => Err(sqlite(path, source)),
        }
    }
}

/// Reads a project without the right to change it; another process may have it open.
pub fn read(path: &Path) -> Result<(Project, Journal), ProjectError> {
    check_there(path)?;
    let connection = connect_to_read(path)?;
    let format = check_format(path, &connection)?;
    check_schema(path, &connection, format)?;
    if format < FORMAT {
        // Only a writer may bring an older file to today's format.
        drop(connection);
        let file = ProjectFile::open(path)?;
        return Ok((file.project.clone(), file.journal.clone()));
    }
    load(path, &connection)
}

/// Reads a project whose work is to be taken over, and trusts it no more than one that is opened to be edited: its journal
/// has to lead to what is stored.
pub fn read_to_adopt(path: &Path) -> Result<Project, ProjectError> {
    let (project, journal) = read(path)?;
    journal.verify(&project).map_err(|what| ProjectError::Damaged { path: path.to_owned(), what })?;
    Ok(project)
}

/// What can be told of a project without reading all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Summary {
    /// The names of the documents.
    pub names: Sides<String>,
    /// The codes of their languages.
    pub languages: Sides<String>,
    /// How many beads there are.
    pub beads: usize,
    /// Those that nobody has decided on.
    pub pending: usize,
    /// Those with a flag.
    pub flagged: usize,
}

/// Reads what a list of projects shows of one; another process may have it open.
pub fn summary(path: &Path) -> Result<Summary, ProjectError> {
    check_there(path)?;
    let connection = connect_to_read(path)?;
    let format = check_format(path, &connection)?;
    check_schema(path, &connection, format)?;
    summarized(&connection).map_err(|source| sqlite(path, source))
}

fn summarized(connection: &Connection) -> rusqlite::Result<Summary> {
    let mut summary = Summary::default();
    let mut select = connection.prepare("SELECT side, name, language FROM documents")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let side = if row.get::<_, String>(0)? == "source" { Side::Source } else { Side::Target };
        *summary.names.get_mut(side) = row.get(1)?;
        *summary.languages.get_mut(side) = row.get(2)?;
    }
    let mut select =
        connection.prepare("SELECT decision, count(*) FROM beads WHERE live GROUP BY decision")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (decision, count): (String, usize) = (row.get(0)?, row.get(1)?);
        summary.beads += count;
        match decision.as_str() {
            "pending" => summary.pending = count,
            "flagged" => summary.flagged = count,
            _ => {}
        }
    }
    Ok(summary)
}

/// Writes a whole project into an empty file that nobody else knows of.
fn write_new(path: &Path, project: &Project) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "MEMORY")?;
    create(&mut connection)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    rows::write_project(&transaction, project)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)
}

/// Opens a file that was just put into its place.
fn reopen(path: &Path) -> Result<(Connection, Identity), ProjectError> {
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    durable(&connection)
        .and_then(|()| schema::trust(&mut connection))
        .map_err(|source| sqlite(path, source))?;
    Ok((connection, identity(path)?))
}

/// Refuses a path where no file stands: SQLite would make one, or wait for what a pipe gives.
fn check_there(path: &Path) -> Result<(), ProjectError> {
    match part_file::regular(path) {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err(ProjectError::Missing(path.to_owned())),
        Err(source) => Err(ProjectError::Io { path: path.to_owned(), source }),
    }
}

fn identity(path: &Path) -> Result<Identity, ProjectError> {
    Identity::of(path).map_err(|source| ProjectError::Io { path: path.to_owned(), source })
}

fn sqlite(path: &Path, source: rusqlite::Error) -> ProjectError {
    use rusqlite::Error;
    let source = match source {
        // What SQLite says of these is what the code says already.
        Error::SqliteFailure(error, Some(_))
            if matches!(
                error.code,
                ErrorCode::DiskFull
                    | ErrorCode::SystemIoFailure
                    | ErrorCode::ReadOnly
                    | ErrorCode::CannotOpen
            ) =>
        {
            Error::SqliteFailure(error, None)
        }
        other => other,
    };
    ProjectError::Sqlite { path: path.to_owned(), source }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, ProjectError> {
    let mut connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|source| sqlite(path, source))?;
    schema::distrust(&mut connection).map_err(|source| sqlite(path, source))?;
    connection.busy_timeout(std::time::Duration::from_secs(5)).map_err(|source| sqlite(path, source))?;
    Ok(connection)
}

/// Connects to a file to read it, if need be where nothing can be written. A log of edits that
/// were not written back cannot be read there.
fn connect_to_read(path: &Path) -> Result<Connection, ProjectError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let tried = connection.pragma_query_value(None, "application_id", |row| row.get::<_, i64>(0));
    let refused = tried.is_err_and(|error| {
        let code = error.sqlite_error_code();
        matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure))
    });
    let log = std::fs::metadata(place::with_suffix(path, "-wal")).map_or(0, |log| log.len());
    if !refused || log > 0 {
        return Ok(connection);
    }
    // By SQLite's manual, `immutable` is for files on media that nobody can write to.
    let mut name = "file:".to_owned();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => name.push(byte.into()),
            _ => name.push_str(&format!("%{byte:02X}")),
        }
    }
    name.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    connect(Path::new(&name), flags)
}

fn durable(connection: &Connection) -> rusqlite::Result<()> {
    let _: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    connection.pragma_update(None, "synchronous", "FULL")
}

fn check_format(path: &Path, connection: &Connection) -> Result<u32, ProjectError> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let id = match pragma("application_id") {
        Ok(id) => id,
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            return Err(ProjectError::NotAProject(path.to_owned()));
        }
        Err(source) => return Err(sqlite(path, source)),
    };
    if id != i64::from(APPLICATION_ID) {
        return Err(ProjectError::NotAProject(path.to_owned()));
    }
    let format = pragma("user_version").map_err(|source| sqlite(path, source))?;
    match u32::try_from(format) {
        Ok(found) if found > FORMAT => {
            Err(ProjectError::Newer { path: path.to_owned(), found, known: FORMAT })
        }
        Ok(found) if found > 0 => Ok(found),
        _ => Err(ProjectError::NotAProject(path.to_owned())),
    }
}

/// Refuses a file whose schema this program did not make.
fn check_schema(path: &Path, connection: &Connection, format: u32) -> Result<(), ProjectError> {
    match schema::foreign(connection, format).map_err(|source| sqlite(path, source))? {
        Some(what) => Err(ProjectError::Foreign { path: path.to_owned(), what }),
        None => Ok(()),
    }
}

fn load(path: &Path, connection: &Connection) -> Result<(Project, Journal), ProjectError> {
    let damaged = |what: String| ProjectError::Damaged { path: path.to_owned(), what };
    // One transaction, so that a writer in another process does not change things half way.
    let transaction = connection.unchecked_transaction().map_err(|source| sqlite(path, source))?;
    let (project, entries) = rows::read_all(&transaction).map_err(|error| match error {
        RowError::Sqlite(source) => sqlite(path, source),
        RowError::Damaged(what) => damaged(what),
    })?;
    transaction.finish().map_err(|source| sqlite(path, source))?;
    project.check().map_err(damaged)?;
    let journal = Journal::from_entries(entries)
        .map_err(|number| damaged(format!("entry {number} of the journal does not fit")))?;
    Ok((project, journal))
}
