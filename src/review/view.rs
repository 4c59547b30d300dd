//! What the page is shown: the project as JSON.
//!
//! In: a project. Out: values that become JSON. Guarantee: texts are given whole and unescaped; the page puts them
//! in as text, never as markup.

use serde::Serialize;

use crate::bitext::Side;
use crate::export::Format;
use crate::project::change::kind_name;
use crate::project::{
    AutoRealign, BeadId, Counts, Decision, InterfaceLanguage, Journal, Project, ProjectFile, ReviewBead,
    ReviewSegment, Settings,
};

/// Two values, one a side.
#[derive(Debug, Serialize)]
pub(super) struct Pair<T> {
    pub(super) source: T,
    pub(super) target: T,
}

impl<T> Pair<T> {
    pub(super) fn of(mut f: impl FnMut(Side) -> T) -> Self {
        Self { source: f(Side::Source), target: f(Side::Target) }
    }
}

/// The project as a whole.
#[derive(Debug, Serialize)]
pub(super) struct ProjectView<'a> {
    revision: u64,
    version: &'static str,
    file: String,
    names: Pair<&'a str>,
    languages: Pair<&'a str>,
    settings: SettingsView,
    counts: CountsView,
    history: HistoryView,
    /// The formats that can be downloaded.
    formats: Vec<FormatView>,
    /// The row at which the page stood before it asked again.
    position: Option<usize>,
    /// Whether it was opened from another page, to which it leads back.
    home: bool,
    /// How many beads stand as they were aligned anew for another version of the documents.
    renewed: usize,
}

impl<'a> ProjectView<'a> {
    pub(super) fn new(file: &'a ProjectFile, position: Option<usize>, home: bool) -> Self {
        let project = file.project();
        Self {
            revision: file.journal().revision(),
            version: env!("CARGO_PKG_VERSION"),
            file: file.path().file_name().unwrap_or_default().to_string_lossy().into_owned(),
            names: Pair::of(|side| project.name(side)),
            languages: Pair::of(|side| project.languages().get(side).as_str()),
            settings: SettingsView::from(project.settings()),
            counts: CountsView::from(project.counts()),
            history: HistoryView::new(file.journal()),
            formats: Format::of_one_file().map(FormatView::new).collect(),
            position,
            home,
            renewed: project.beads().filter(|bead| project.is_renewed(bead)).count(),
        }
    }
}

/// A format that can be downloaded.
#[derive(Debug, Serialize)]
struct FormatView {
    name: &'static str,
    /// Of the file that is saved.
    extension: &'static str,
    about: &'static str,
}

impl FormatView {
    fn new(format: Format) -> Self {
        Self { name: format.name(), extension: format.extension(), about: format.about() }
    }
}

/// The settings, as they are sent both ways.
#[derive(Debug, Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SettingsView {
    interface: InterfaceName,
    auto_realign: bool,
    reviewer: String,
}

#[derive(Debug, Clone, Copy, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum InterfaceName {
    En,
    Ar,
}

impl From<&Settings> for SettingsView {
    fn from(settings: &Settings) -> Self {
        Self {
            interface: match settings.interface {
                InterfaceLanguage::English => InterfaceName::En,
                InterfaceLanguage::Arabic => InterfaceName::Ar,
            },
            auto_realign: settings.auto_realign == AutoRealign::On,
            reviewer: settings.reviewer.clone(),
        }
    }
}

impl SettingsView {
    /// `settings` with what the page says of them.
    pub(super) fn put_into(self, settings: &Settings) -> Settings {
        let mut settings = settings.clone();
        settings.interface = match self.interface {
            InterfaceName::En => InterfaceLanguage::English,
            InterfaceName::Ar => InterfaceLanguage::Arabic,
        };
        settings.auto_realign = if self.auto_realign { AutoRealign::On } else { AutoRealign::Off };
        self.reviewer.trim().clone_into(&mut settings.reviewer);
        settings
    }
}

/// How far the review is.
#[derive(Debug, Serialize)]
pub(super) struct CountsView {
    beads: usize,
    pending: usize,
    accepted: usize,
    flagged: usize,
    rejected: usize,
    doubtful: usize,
    commented: usize,
}

impl From<Counts> for CountsView {
    fn from(c: Counts) -> Self {
        Self {
            beads: c.beads,
            pending: c.pending,
            accepted: c.accepted,
            flagged: c.flagged,
            rejected: c.rejected,
            doubtful: c.doubtful,
            commented: c.commented,
        }
    }
}

/// What can be undone and redone: the names of the edits.
#[derive(Debug, Serialize)]
pub(super) struct HistoryView {
    undo: Option<&'static str>,
    redo: Option<&'static str>,
}

impl HistoryView {
    pub(super) fn new(journal: &Journal) -> Self {
        let name = |entry: Option<&crate::project::Entry>| match entry.map(|e| &e.action) {
            Some(crate::project::Action::Edit { edit, .. }) => Some(edit.kind().name.as_str()),
            _ => None,
        };
        Self { undo: name(journal.undoable()), redo: name(journal.redoable()) }
    }
}

/// A bead as a row of the page.
#[derive(Debug, Serialize)]
pub(super) struct BeadView<'a> {
    pub(super) id: BeadId,
    #[serde(rename = "type")]
    bead_type: String,
    decision: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pinned: bool,
    /// In ten thousandths, rounded down.
    confidence: Option<f64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    doubtful: bool,
    #[serde(flatten)]
    also: AlsoView,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    crossing: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    comment: &'a str,
    source: Vec<SegmentView<'a>>,
    target: Vec<SegmentView<'a>>,
}

/// What else a row is marked with.
#[derive(Debug, Serialize)]
struct AlsoView {
    /// Whether something speaks against a bead made or fixed by hand.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    doubts: bool,
    /// Whether a reviewer wants to find it again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    bookmarked: bool,
    /// Whether it was aligned anew for another version of the documents, and nobody accepted or rejected it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    renewed: bool,
}

/// A segment of a row.
#[derive(Debug, Serialize)]
struct SegmentView<'a> {
    /// The byte at which it starts: its name in edits.
    start: usize,
    /// Its text as it stands in the document.
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
}

impl<'a> BeadView<'a> {
    pub(super) fn new(project: &'a Project, bead: &'a ReviewBead) -> Self {
        let segments = |side: Side| {
            project.segments_of(side, bead).iter().map(|s| SegmentView::new(project, side, s)).collect()
        };
        Self {
            id: bead.id,
            bead_type: project.bead_type(bead).to_string(),
            decision: bead.attributes.decision.name(),
            pinned: bead.attributes.pinned,
            confidence: bead.confidence().map(|c| (c * 1e4).floor() / 1e4),
            also: AlsoView {
                doubts: bead.attributes.pinned && Project::has_doubts(bead),
                bookmarked: project.is_bookmarked(bead),
                renewed: project.is_renewed(bead),
            },
            doubtful: Project::is_doubtful(bead),
            crossing: bead.score.crossing,
            comment: &bead.attributes.comment,
            source: segments(Side::Source),
            target: segments(Side::Target),
        }
    }
}

impl<'a> SegmentView<'a> {
    fn new(project: &'a Project, side: Side, segment: &'a ReviewSegment) -> Self {
        let kind = kind_name(segment.kind);
        Self {
            start: segment.span.start,
            text: &project.text(side)[segment.span.range()],
            corrected: segment.corrected.as_deref(),
            kind: kind.starts_with("heading").then_some(kind),
        }
    }
}

/// The whole alignment in numbers, for the picture of it.
#[derive(Debug, Serialize)]
pub(super) struct OutlineView {
    revision: u64,
    segments: Pair<usize>,
    /// For each bead: first and one past the last source segment, the same of the target (−1 where a side is
    /// empty), decision (0 to 3 in the order of [`Decision::ALL`]), doubtful (0 or 1).
    beads: Vec<[i64; 6]>,
}

impl OutlineView {
    pub(super) fn new(file: &ProjectFile) -> Self {
        let project = file.project();
        let beads = project.beads().map(|bead| {
            let range = |side: Side| {
                let range = project.indices(side, *bead.places.get(side));
                if range.is_empty() { (-1, -1) } else { (range.start as i64, range.end as i64) }
            };
            let ((a, b), (c, d)) = (range(Side::Source), range(Side::Target));
            let decision = Decision::ALL.iter().position(|d| *d == bead.attributes.decision).unwrap_or(0);
            [a, b, c, d, decision as i64, i64::from(Project::is_doubtful(bead))]
        });
        Self {
            revision: file.journal().revision(),
            segments: Pair::of(|side| project.segments(side).len()),
            beads: beads.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FormatView;
    use crate::bitext::{Doubt, EvidenceKind};
    use crate::export::Format;
    use crate::project::EditName;

    /// The page saved XLIFF 2.1 as `.xlf`, which the program takes for XLIFF 1.2.
    #[test]
    fn a_download_gets_the_extension_that_stands_for_its_format() {
        for format in Format::of_one_file() {
            let view = FormatView::new(format);
            let saved = format!("review.{}", view.extension);
            assert_eq!(Format::from_path(saved.as_ref()), Some(format), "{saved}");
        }
    }

    /// Of each table of the program the page has a word in either language.
    #[test]
    fn the_page_has_words_for_every_edit_doubt_and_kind_of_evidence() {
        let words = include_str!("assets/words.js");
        let keys = |table: &str| -> Vec<String> {
            let begin = format!("\n  {table}: {{");
            let tables = words.split(&*begin).skip(1);
            tables.map(|rest| rest.split("\n  },").next().unwrap_or_default().to_owned()).collect()
        };
        let names = EditName::ALL.iter().map(|name| ("done", name.as_str()));
        let doubts = Doubt::ALL.iter().map(|(name, _)| ("doubt", *name));
        let kinds = EvidenceKind::ALL.iter().map(|kind| ("kinds", kind.name()));
        for (table, name) in names.chain(doubts).chain(kinds) {
            let with = keys(table);
            assert_eq!(with.len(), 2, "`{table}` in English and Arabic");
            for known in with {
                let has = known.contains(&format!("\"{name}\": ")) || known.contains(&format!(" {name}: "));
                assert!(has, "`{table}` has no word for {name}");
            }
        }
    }
}
