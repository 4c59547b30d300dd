//! Properties of the whole pipeline on documents made of random words.

use muqabala::align::search;
use muqabala::bitext::{Alignment, Bead, Bitext, Cost, Lang, Pin, SegmentedDocument, Sides};
use muqabala::export;
use muqabala::export::tmx::{Duplicates, TmxOptions};
use muqabala::pipeline::{AlignOptions, align};
use muqabala::score::{ScoreOptions, Scorer};
use muqabala::tmx::{Inline, TmxReader, Unit};
use proptest::prelude::*;

const ARABIC: [&str; 24] = [
    "الوزير",
    "مدينة",
    "بغداد",
    "كتب",
    "الكتاب",
    "ثلاثة",
    "٢٠٢٤",
    "تموز",
    "بيت",
    "قال",
    "على",
    "نهر",
    "الجبل",
    "12",
    "NATO",
    "؟",
    "«نعم»",
    "و\u{64e}ل\u{64e}د",
    "الجامعة",
    "دولار",
    "50%",
    "2008",
    "example.org",
    "السلام",
];
const ENGLISH: [&str; 24] = [
    "minister",
    "city",
    "Baghdad",
    "wrote",
    "book",
    "three",
    "2024",
    "July",
    "house",
    "said",
    "on",
    "river",
    "mountain",
    "12",
    "NATO",
    "?",
    "\"yes\"",
    "boy",
    "university",
    "dollars",
    "50%",
    "2008",
    "example.org",
    "peace",
];

fn document(words: &[&str], segments: &[Vec<usize>]) -> SegmentedDocument {
    let line = |s: &Vec<usize>| s.iter().map(|&w| words[w]).collect::<Vec<_>>().join(" ");
    SegmentedDocument::from_lines(&segments.iter().map(line).collect::<Vec<_>>())
}

fn bitext(source: &[Vec<usize>], target: &[Vec<usize>]) -> Bitext {
    Bitext {
        documents: Sides::new(document(&ARABIC, source), document(&ENGLISH, target)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    }
}

fn segment() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(0..ARABIC.len(), 1..10)
}

/// Two unrelated documents, one possibly empty.
fn unrelated() -> impl Strategy<Value = Bitext> {
    let side = || proptest::collection::vec(segment(), 0..12);
    (side(), side()).prop_map(|(s, t)| bitext(&s, &t))
}

/// A document and its word for word translation, in which segments are dropped, joined, or put last.
fn related(length: std::ops::Range<usize>) -> impl Strategy<Value = Bitext> {
    let change = prop_oneof![10 => Just(0u8), 1 => Just(1), 2 => Just(2), 1 => Just(3)];
    proptest::collection::vec((segment(), change), length).prop_map(|segments| {
        let source: Vec<_> = segments.iter().map(|s| s.0.clone()).collect();
        let (mut target, mut last): (Vec<Vec<usize>>, _) = (Vec::new(), Vec::new());
        for (words, change) in segments {
            match (change, target.last_mut()) {
                (1, _) => {}
                (2, Some(before)) => before.extend(words),
                (3, _) => last.push(words),
                _ => target.push(words),
            }
        }
        target.extend(last);
        bitext(&source, &target)
    })
}

/// Each segment of both sides stands in exactly one bead.
fn check_partition(bitext: &Bitext, alignment: &Alignment) {
    let mut counts = bitext.documents.as_ref().map(|d| vec![0; d.len()]);
    for aligned in alignment.beads() {
        assert!(aligned.bead.source.len() + aligned.bead.target.len() > 0);
        aligned.bead.source.indices().for_each(|i| counts.source[i] += 1);
        aligned.bead.target.indices().for_each(|j| counts.target[j] += 1);
    }
    assert!(counts.source.iter().chain(&counts.target).all(|&c| c == 1), "{counts:?}");
}

fn check_beads(alignment: &Alignment) {
    let mut before = (0, 0);
    for aligned in alignment.beads() {
        let sum: Cost = aligned.evidence.iter().map(|e| e.cost).sum();
        assert_eq!(sum, aligned.cost, "{:?}", aligned.bead);
        let confidence = aligned.confidence.unwrap();
        assert!((0.0..=1.0).contains(&confidence), "{confidence}");
        for rival in &aligned.rivals {
            assert!(rival.bead != aligned.bead && (0.0..=1.0).contains(&rival.probability));
        }
        if !aligned.crossing {
            let start = (aligned.bead.source.start(), aligned.bead.target.start());
            if !aligned.bead.is_null() {
                assert!(
                    start.0 >= before.0 && start.1 >= before.1,
                    "{:?} crosses and is not marked",
                    aligned.bead
                );
                before = (aligned.bead.source.end(), aligned.bead.target.end());
            }
        }
    }
}

fn on_threads(threads: usize, bitext: &Bitext, options: &AlignOptions) -> Alignment {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| align(bitext, options)).unwrap()
}

/// A search in small windows and bands, as for long documents.
fn in_windows() -> AlignOptions {
    let mut options = AlignOptions::default();
    options.search.whole_cells = 0;
    options.search.band = 4;
    options.search.window = 8;
    options.search.overlap = 4;
    options
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_alignment_partitions_both_sides_and_explains_its_costs(bitext in prop_oneof![unrelated(), related(1..12)]) {
        let alignment = align(&bitext, &AlignOptions::default()).unwrap();
        check_partition(&bitext, &alignment);
        check_beads(&alignment);
        prop_assert_eq!(&align(&bitext, &AlignOptions::default()).unwrap(), &alignment, "two runs differ");
    }

    #[test]
    fn pinned_beads_appear(bitext in related(3..10), at in 0..9usize, skip in 0..2usize) {
        let (n, m) = (bitext.documents.source.len(), bitext.documents.target.len());
        prop_assume!(m > 0);
        let (s, t) = ((at % n) as u32, ((at + skip) % m) as u32);
        let bead = Bead::new((s, s + 1), (t, t + 1));
        let mut options = AlignOptions::default();
        options.pins = vec![Pin::Bead(bead)];
        let alignment = align(&bitext, &options).unwrap();
        check_partition(&bitext, &alignment);
        let found = alignment.beads().iter().find(|b| b.bead == bead);
        prop_assert!(found.is_some_and(|b| b.pinned && b.confidence == Some(1.0)), "{found:?}");
    }

    #[test]
    fn what_is_written_as_tmx_is_read_back(bitext in related(1..8)) {
        let alignment = align(&bitext, &AlignOptions::default()).unwrap();
        let mut options = TmxOptions::new(bitext.languages.clone());
        options.duplicates = Duplicates::All;
        let mut bytes = Vec::new();
        export::tmx::write(export::views(&bitext, &alignment), &options, &mut bytes).unwrap();
        let units: Vec<_> = TmxReader::new(&bytes[..], Inline::Flatten).unwrap().map(Result::unwrap).collect();
        let wanted: Vec<_> = export::views(&bitext, &alignment)
            .filter(|v| !v.segments.source.is_empty() && !v.segments.target.is_empty())
            .map(|v| (v.texts.source.into_owned(), v.texts.target.into_owned()))
            .collect();
        let text = |u: &Unit<'_>, at: usize| u.variants[at].text.clone().into_owned();
        let found: Vec<_> = units.iter().map(|u| (text(u, 0), text(u, 1))).collect();
        prop_assert_eq!(found, wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn one_two_and_eight_threads_agree(bitext in related(14..24)) {
        for options in [AlignOptions::default(), in_windows()] {
            let one = on_threads(1, &bitext, &options);
            check_partition(&bitext, &one);
            check_beads(&one);
            for threads in [2, 8] {
                prop_assert_eq!(&on_threads(threads, &bitext, &options), &one);
            }
        }
    }

    #[test]
    fn a_band_of_real_costs_is_held_against_the_whole_lattice(bitext in related(24..40)) {
        let scorer = Scorer::new(&bitext, &[], &ScoreOptions::default());
        let whole = search(&scorer.model(), &[], &AlignOptions::default().search).unwrap();
        let mut options = in_windows().search;
        (options.band, options.narrow, options.check, options.window, options.overlap) = (3, 3, 3, 16, 10);
        let windowed = search(&scorer.model(), &[], &options).unwrap();
        prop_assert_eq!(windowed.cost, whole.cost, "{:?} and {:?}", windowed.beads, whole.beads);
    }
}

/// Segments of several words, each unlike the others.
fn unlike(count: usize) -> Vec<Vec<usize>> {
    (0..count)
        .map(|i| vec![i, (i * 5 + 1) % 24, (i * 7 + 2) % 24, (i * 11 + 3) % 24, (i + 12) % 24])
        .collect()
}

#[test]
fn a_pinned_segment_without_counterpart_stays_out_of_moved_blocks() {
    // The first segments of the source stand last in the target.
    let segments = unlike(18);
    let bitext = bitext(&segments, &[&segments[6..], &segments[..6]].concat());
    let mut options = AlignOptions::default();
    let free = align(&bitext, &options).unwrap();
    let moved = free.beads().iter().find(|b| b.crossing).expect("the block is found");
    let segment = moved.bead.source.start() as u32;
    let before = free.beads().iter().filter(|b| !b.bead.is_null() && !b.crossing);
    let target =
        before.filter(|b| b.bead.source.end() <= segment as usize).map(|b| b.bead.target.end()).max();
    let target = target.unwrap_or(0) as u32;
    let alone = Bead::new((segment, segment + 1), (target, target));
    options.pins = vec![Pin::Bead(alone)];
    let pinned = align(&bitext, &options).unwrap();
    check_partition(&bitext, &pinned);
    assert!(pinned.beads().iter().any(|b| b.bead == alone && b.pinned), "{:?}", pinned.beads());
}
