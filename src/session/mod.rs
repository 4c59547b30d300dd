//! What joins the pipeline and a project: beginning one from an alignment, and aligning parts of it anew.
//!
//! In: an alignment with the options that it was made by, or a project. Out: a [`Project`] that remembers them, and
//! an aligner that goes by them. Guarantee: what was chosen when a project was begun holds for every later
//! re-alignment, whoever asks for it: `align --save`, `realign` or the page.
//!
//! ```
//! use muqabala::bitext::Sides;
//! use muqabala::pipeline::{AlignOptions, Options};
//! use muqabala::session::{PipelineAligner, begin};
//!
//! let options = Options::default();
//! let aligned = muqabala::align_texts("وصل الوفد.", "The delegation arrived.", &options)?;
//! let names = Sides::new("ar.txt".to_owned(), "en.txt".to_owned());
//! let project = begin(&aligned.bitext, aligned.alignment, names, &AlignOptions::default());
//! // Aligns parts of the project anew as the whole was aligned.
//! let aligner = PipelineAligner::of(&project);
//! # drop(aligner);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod aligner;
mod imported;
mod update;

pub use aligner::{PipelineAligner, aligning, learn};
pub use imported::Imported;
pub use update::{Lost, LostCorrection, NewVersion, Update, update};

use crate::bitext::{Alignment, Bitext, Sides};
use crate::pipeline::AlignOptions;
use crate::project::Project;

/// A project of `alignment`, which was made with `options`: it remembers them and the words that it teaches.
pub fn begin(bitext: &Bitext, alignment: Alignment, names: Sides<String>, options: &AlignOptions) -> Project {
    let mut project = Project::new(bitext, alignment, names);
    project.set_aligning(aligning(options));
    let learnt = learn(&project);
    project.set_lexicon(learnt);
    project
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch;
    use crate::bitext::{Lang, SegmentedDocument};
    use crate::export::{self, Format, Selection, WriteOptions};
    use crate::project::Decision;

    fn bitext() -> Bitext {
        let source = [
            "وقع الطرفان الاتفاق في 14 تموز 2019.",
            "وبنت الوزارة 15 مدرسة في الموصل.",
            "الطقس جميل.",
            "وعدل الاتفاق مرة واحدة في بغداد.",
            "شكرا.",
        ];
        let target = [
            "The two parties signed the agreement on July 14, 2019.",
            "The ministry built schools in Mosul.",
            "The agreement was amended once in Baghdad.",
            "A long sentence about nothing that stands on the other side at all, with many words.",
        ];
        Bitext {
            documents: Sides::new(
                SegmentedDocument::from_lines(&source),
                SegmentedDocument::from_lines(&target),
            ),
            languages: Sides::new(Lang::arabic(), Lang::english()),
        }
    }

    /// How many beads the HTML report says are doubtful.
    fn reported<'a>(beads: impl Iterator<Item = export::BeadView<'a>> + Clone, bitext: &Bitext) -> usize {
        let mut html = Vec::new();
        let options = WriteOptions::new(bitext.languages.clone());
        export::write(Format::Html, beads, &options, &mut html).unwrap();
        let html = String::from_utf8(html).unwrap();
        let count = html.split("<dt>doubtful</dt><dd>").nth(1).and_then(|rest| rest.split('<').next());
        count.and_then(|count| count.parse().ok()).unwrap()
    }

    #[test]
    fn all_counts_of_doubtful_beads_agree() {
        let (bitext, options) = (bitext(), AlignOptions::default());
        let alignment = crate::pipeline::align(&bitext, &options).unwrap();
        let doubtful = alignment.beads().iter().filter(|bead| bead.is_doubtful()).count();
        // A number stands on one side alone, though its bead is sure.
        assert!(doubtful > 0 && doubtful < alignment.beads().len(), "{alignment:?}");
        assert!(alignment.beads().iter().any(|b| b.is_doubtful() && b.confidence.is_some_and(|c| c >= 0.7)));

        let project = begin(&bitext, alignment.clone(), Sides::default(), &options);
        assert_eq!(batch::count(&alignment).doubtful, doubtful);
        assert_eq!(project.counts().doubtful, doubtful);
        assert_eq!(reported(export::views(&bitext, &alignment), &bitext), doubtful);
        assert_eq!(reported(export::reviewed(&project, Selection::default()), &bitext), doubtful);
        let mut saved = Vec::new();
        export::jsonl::write(export::reviewed(&project, Selection::default()), &mut saved).unwrap();
        let read = export::saved::read(&*saved).unwrap();
        assert_eq!(reported(read.iter().cloned(), &bitext), doubtful);

        // What somebody spoke on is doubtful no longer, wherever it is counted.
        let mut decided = project.clone();
        let bead = decided.beads().find(|bead| Project::is_doubtful(bead)).map(|bead| bead.id).unwrap();
        let edit = crate::project::Edit::Decide { bead, decision: Decision::Flagged };
        let aligner = PipelineAligner::of(&project);
        crate::project::edit::apply(&mut decided, &edit, "", &aligner).unwrap();
        assert_eq!(decided.counts().doubtful, doubtful - 1);
        assert_eq!(reported(export::reviewed(&decided, Selection::default()), &bitext), doubtful - 1);
    }
}
