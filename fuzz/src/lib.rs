//! What the fuzz targets share.
//!
//! Each target hands bytes to one reader, which must end with a document or an error. Containers are built
//! around the bytes, so that the fuzzer changes the XML and not the check sums of a ZIP file.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::LazyLock;

use muqabala::bitext::{AlignedBead, Alignment, Bead, Bitext, Lang, SegmentedDocument, Side, Sides};
use muqabala::project::{BeadId, Decision, Edit, LexiconPair, Project, ProjectFile, SideName, Stamp};
use muqabala::pipeline::AlignOptions;
use muqabala::session::PipelineAligner;
use muqabala::read::{self, Format, InlineTags, Page, ReadOptions};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Reads `bytes` as `format`, with and without the options that change the result.
pub fn read_as(format: Format, bytes: &[u8]) {
    for (page, inline_tags) in
        [(Page::Main, InlineTags::Dropped), (Page::Whole, InlineTags::Placeholders)]
    {
        let mut options = ReadOptions::default();
        options.format = Some(format);
        options.max_size = 16 << 20;
        options.page = page;
        options.inline_tags = inline_tags;
        let _ = read::parse("input", bytes.to_vec(), &options);
    }
}

/// A ZIP container of the parts, stored as they are.
pub fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(*name, options).expect("names are short and different");
        zip.write_all(content).expect("memory takes all");
    }
    zip.finish().expect("memory takes all").into_inner()
}

/// A folder of this process, in memory where the system has a place for that.
pub fn folder() -> &'static Path {
    static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let memory = Path::new("/dev/shm");
        let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        made.expect("a folder can be made")
    });
    FOLDER.path()
}

/// The bytes of a project file with three beads, a lexicon and a journal.
pub fn project_file() -> Vec<u8> {
    let bitext = Bitext {
        documents: Sides::new(
            SegmentedDocument::from_lines(&["الفصل 1", "واحد.", "اثنان وثلاثة."]),
            SegmentedDocument::from_lines(&["Chapter 1", "One.", "Two and three."]),
        ),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let beads = (0..3).map(|i| AlignedBead::bare(Bead::new((i, i + 1), (i, i + 1)))).collect();
    let alignment = Alignment::new(beads, 3, 3).expect("the beads are all segments in order");
    let project = Project::new(&bitext, alignment, Sides::new("ar.txt".to_owned(), "en.txt".to_owned()));
    let path = folder().join("whole.muq");
    let mut file = ProjectFile::create(&path, project).expect("the file is new");
    let words = LexiconPair { source: "واحد".to_owned(), target: "one".to_owned(), probability: 0.5 };
    file.set_lexicon(vec![words]).expect("a lexicon can be set");
    let at = file.project().segments(Side::Target)[2].span.start;
    let aligner = PipelineAligner::new(AlignOptions::default());
    let edits = [
        Edit::Decide { bead: BeadId(1), decision: Decision::Accepted },
        Edit::Comment { bead: BeadId(2), text: "?".to_owned() },
        Edit::Correct { side: SideName::Target, segment: at, text: Some("Two, three.".to_owned()) },
        Edit::Unlink { bead: BeadId(3) },
    ];
    for edit in edits {
        file.edit(edit, Stamp { at: 1, reviewer: "r" }, &aligner).expect("the edit fits");
    }
    file.undo(Stamp { at: 2, reviewer: "r" }).expect("there is an edit");
    drop(file);
    std::fs::read(&path).expect("the file is there")
}
