//! The glyphs of a PDF: what is drawn where.
//!
//! In: the bytes of a PDF. Out: for each page the glyphs drawn on it, in the order of drawing, each with the text it
//! stands for, its place and its size; text that is drawn sideways is turned upright and stands on a sheet of its
//! own. Guarantee: pages are given in parts of a bounded number of glyphs, a page of more than [`MOST_ON_PAGE`] is refused,
//! and all texts together take at most `most` bytes; what the PDF says of a group of glyphs (`ActualText`) goes before what
//! their font says of each; nothing panics, since the interpreter runs in a thread that may end badly.

use std::collections::BTreeMap;

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

use super::stuck_on::StuckOn;
use super::{drawings, whole};
use crate::normalize::is_mark_or_form;

/// Marks whose outlines are looked at: enough to tell the habit of a producer.
const MOST_OUTLINES: usize = 3_000;

/// Glyphs after which a part of the pages ends: some 500 pages of a book.
const MOST_TOGETHER: usize = 1_000_000;
/// Glyphs on one page: some fifty times what a page of a newspaper holds.
const MOST_ON_PAGE: usize = 1_000_000;

/// What a glyph stands for of which the PDF does not say it.
pub(super) const UNKNOWN: &str = "\u{fffd}";

/// A glyph, or a group of glyphs that stand for one text. Lengths are points; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// The text it stands for, in reading order.
    pub text: String,
    /// Its left end.
    pub left: f32,
    /// Its right end; that of a mark is its left end.
    pub right: f32,
    /// Where its ink lies, from left to right, if it is a mark.
    pub ink: Option<f32>,
    /// The line it stands on.
    pub baseline: f32,
    /// The size of its font.
    pub size: f32,
}

impl Glyph {
    /// Whether it is of marks alone.
    pub(super) fn is_mark(&self) -> bool {
        !self.text.is_empty() && self.text.chars().all(is_mark_or_form)
    }

    /// Whether nothing says what it stands for.
    pub(super) fn is_unknown(&self) -> bool {
        self.text == UNKNOWN || drawings::ALEFS.iter().any(|(form, _)| *form == self.text)
    }

    /// Whether it takes no room.
    pub(super) fn is_narrow(&self) -> bool {
        self.right - self.left < 0.01 * self.size
    }
}

/// What is drawn on a page in one direction.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sheet {
    pub glyphs: Vec<Glyph>,
}

/// The glyphs of some pages that follow one another.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub sheets: Vec<Sheet>,
    /// Glyphs of which the PDF does not say what they stand for.
    pub unknown: usize,
    /// How many pages there are up to the last of these.
    pub pages: usize,
    /// Those with a picture and no glyph.
    pub pictures: Vec<PicturePage>,
    /// How many pages the PDF says that it has.
    pub declared: Option<usize>,
    /// Letters in fonts that are missing, and the numbers of the pages with them.
    pub lost: usize,
    pub fontless: Vec<usize>,
    /// The numbers of pages of which what is drawn is missing.
    pub emptied: Vec<usize>,
    /// What is stuck on these and all pages before.
    pub stuck_on: StuckOn,
}

/// A page with a picture and no glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PicturePage {
    /// Its number, from 1.
    pub number: usize,
    /// Its sheet, which is empty, among all sheets.
    pub sheet: usize,
}

/// Why there are none.
#[derive(Debug)]
pub(super) enum Failure {
    /// It is encrypted, and a password is needed.
    Password,
    /// It is no PDF, or one that is broken or too strange.
    Unreadable,
    /// It holds more text than allowed.
    TooLarge,
    /// A page holds more glyphs than allowed.
    Crowded,
}

/// Gives the glyphs of the PDF `bytes` to `take`, part by part, the last of them too; `going_on` is asked at every page
/// and at everything that is drawn: where it says no, the thread unwinds.
pub(super) fn drawn(
    bytes: Vec<u8>,
    most: u64,
    going_on: &dyn Fn() -> bool,
    take: &mut dyn FnMut(Drawn),
) -> Result<(), Failure> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Failure::Password,
        LoadPdfError::Invalid => Failure::Unreadable,
    })?;
    let cache = InterpreterCache::new();
    let declared = whole::declared_pages(&pdf);
    let mut drawn = Drawn { declared, ..Drawn::default() };
    let mut outlines = MOST_OUTLINES;
    let mut left = most;
    let (mut flat, mut alefs) = (BTreeMap::new(), BTreeMap::new());
    for page in pdf.pages().iter() {
        if !going_on() {
            return Err(Failure::Unreadable);
        }
        let mut canvas =
            Canvas { outlines, left, flat, alefs, going_on: Some(going_on), ..Canvas::default() };
        draw(page, &pdf, &cache, &mut canvas);
        canvas.end_all();
        match canvas.overfull {
            Some(Overfull::Text) => return Err(Failure::TooLarge),
            Some(Overfull::Page) => return Err(Failure::Crowded),
            None => {}
        }
        (outlines, left, flat, alefs) = (canvas.outlines, canvas.left, canvas.flat, canvas.alefs);
        drawn.unknown += canvas.unknown;
        drawn.pages += 1;
        drawn.stuck_on.add(page);
        let lost = whole::lost_letters(page);
        if lost > 0 {
            drawn.lost += lost;
            drawn.fontless.push(drawn.pages);
        }
        if whole::is_empty(page) {
            drawn.emptied.push(drawn.pages);
        }
        let empty = canvas.sheets.iter().all(|sheet| sheet.glyphs.is_empty());
        if empty && canvas.has_picture {
            drawn.pictures.push(PicturePage { number: drawn.pages, sheet: drawn.sheets.len() });
        }
        let [upright, turned @ ..] = canvas.sheets;
        drawn.sheets.push(upright);
        drawn.sheets.extend(turned.into_iter().filter(|s| !s.glyphs.is_empty()));
        if drawn.sheets.iter().map(|sheet| sheet.glyphs.len()).sum::<usize>() >= MOST_TOGETHER {
            let next = Drawn { pages: drawn.pages, declared, stuck_on: drawn.stuck_on, ..Drawn::default() };
            take(std::mem::replace(&mut drawn, next));
        }
    }
    take(drawn);
    Ok(())
}

/// What there is too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Overfull {
    Text,
    Page,
}

fn draw<'a>(page: &PdfPage<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>, canvas: &mut Canvas<'_>) {
    // Notes that were stuck on are no part of the text.
    let settings =
        InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let transform = page.initial_transform(true);
    let place = Rect::new(0.0, 0.0, 1.0, 1.0);
    let transform = Affine::new(transform.as_coeffs());
    let mut context = Context::new(transform, place, cache, pdf.xref(), settings);
    interpret_page(page, &mut context, canvas);
}

/// A text that a PDF gives for what is drawn meanwhile.
#[derive(Debug)]
struct Span {
    /// The text, if this span gives one.
    text: Option<String>,
    /// What was drawn, of the outermost span with a text.
    glyphs: Vec<(usize, Glyph)>,
}

/// Collects what is drawn on a page.
#[derive(Default)]
struct Canvas<'k> {
    /// By the direction of the text: to the right, down, to the left, up.
    sheets: [Sheet; 4],
    spans: Vec<Span>,
    unknown: usize,
    outlines: usize,
    /// Bytes that the texts of glyphs may still take, and glyphs on this page.
    left: u64,
    glyphs: usize,
    overfull: Option<Overfull>,
    /// Glyphs looked at, and whether they are flat bars.
    flat: BTreeMap<u128, bool>,
    /// Glyphs without a name that take no room, and which alef they are if they are one.
    alefs: BTreeMap<u128, &'static str>,
    has_picture: bool,
    /// Whether there is still time.
    going_on: Option<&'k dyn Fn() -> bool>,
}

impl Canvas<'_> {
    /// Leaves the interpreter where the time is over: it has no other way out inside a page.
    fn check_time(&self) {
        if self.going_on.is_some_and(|going_on| !going_on()) {
            std::panic::resume_unwind(Box::new("the time is over"));
        }
    }

    fn put(&mut self, quarter: usize, glyph: Glyph) {
        self.glyphs += 1;
        if self.glyphs > MOST_ON_PAGE {
            self.overfull = Some(Overfull::Page);
        }
        self.charge(&glyph.text);
        if self.overfull.is_some() {
            return;
        }
        match self.spans.iter_mut().find(|s| s.text.is_some()) {
            Some(span) => span.glyphs.push((quarter, glyph)),
            None => self.keep(quarter, glyph),
        }
    }

    /// Takes the room of a text off what is left.
    fn charge(&mut self, text: &str) {
        match self.left.checked_sub(text.len() as u64 + 1) {
            Some(left) => self.left = left,
            None => self.overfull = Some(Overfull::Text),
        }
    }

    fn keep(&mut self, quarter: usize, glyph: Glyph) {
        // One that takes no room is mostly a mark: no letter is missing.
        if glyph.is_unknown() && !glyph.is_narrow() {
            self.unknown += 1;
        }
        self.sheets[quarter].glyphs.push(glyph);
    }

    /// What a glyph stands for, put right where its drawing says that it stretches a word: some producers call this
    /// glyph by the name of whatever stood in its place before.
    fn stretching(&mut self, glyph: &PdfGlyph<'_>, text: String) -> String {
        const TATWEEL: &str = "\u{640}";
        let PdfGlyph::Outline(outline) = glyph else { return text };
        // Dashes are flat as well, and letters that join to others are never.
        let suspect = text.chars().all(|c| {
            c == '\u{fffd}'
                || c.is_ascii_graphic() && !matches!(c, '-' | '_' | '=' | '~')
                || c.is_ascii_control()
        });
        if !suspect || text.is_empty() {
            return text;
        }
        let key = outline.identifier().cache_key();
        let flat = *self.flat.entry(key).or_insert_with(|| {
            let bounds = outline.outline().bounding_box();
            // Units are thousandths of the size: a bar at the foot of the letters, as wide as its own room.
            let advance = f64::from(outline.advance_width().unwrap_or(0.0));
            let low = bounds.y0.abs() < 260.0 && bounds.y1 < 260.0 && bounds.height() < 160.0;
            low && advance > 0.0 && bounds.width() > 0.95 * advance
        });
        if flat { TATWEEL.to_owned() } else { text }
    }

    /// What a glyph without a name is by its drawing.
    fn named(&mut self, glyph: &PdfGlyph<'_>) -> &'static str {
        let PdfGlyph::Outline(outline) = glyph else { return UNKNOWN };
        // Only those that take no room: thousandths of the size.
        if outline.advance_width().is_some_and(|advance| advance >= 10.0) {
            return UNKNOWN;
        }
        let key = outline.identifier().cache_key();
        self.alefs.entry(key).or_insert_with(|| drawings::alef(&outline.outline()))
    }

    fn end_all(&mut self) {
        while !self.spans.is_empty() {
            self.end_span();
        }
    }

    fn end_span(&mut self) {
        let Some(span) = self.spans.pop() else { return };
        let Some((quarter, first)) = span.glyphs.first() else { return };
        let (quarter, text) = (*quarter, span.text.unwrap_or_default());
        self.charge(&text);
        if self.overfull.is_some() {
            return;
        }
        let wide: Vec<&Glyph> = span.glyphs.iter().map(|(_, g)| g).filter(|g| !g.is_narrow()).collect();
        let size = span.glyphs.iter().map(|(_, g)| g.size).fold(0.0, f32::max);
        let on_line = |g: &&Glyph| (g.baseline - first.baseline).abs() < size;
        if !wide.iter().all(on_line) || span.glyphs.iter().any(|(q, _)| *q != quarter) {
            // A text over several lines does not say where they end.
            for (quarter, glyph) in span.glyphs {
                self.keep(quarter, glyph);
            }
            return;
        }
        let base = wide.first().copied().unwrap_or(first);
        let mut whole = Glyph { text, size, ink: first.ink, ..base.clone() };
        for glyph in wide {
            whole.left = whole.left.min(glyph.left);
            whole.right = whole.right.max(glyph.right);
            whole.baseline = whole.baseline.max(glyph.baseline);
        }
        self.keep(quarter, whole);
    }
}

impl Device<'_> for Canvas<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        self.check_time();
        if self.overfull.is_some() {
            return;
        }
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => UNKNOWN.to_owned(),
            };
            let text = if text.contains(['\0', '\u{ffff}', '\u{fffd}']) { UNKNOWN.to_owned() } else { text };
            let text = self.stretching(glyph, text);
            let text = if text == UNKNOWN { self.named(glyph).to_owned() } else { text };
            let advance = match &**glyph {
                PdfGlyph::Outline(outline) => outline.advance_width(),
                PdfGlyph::Type3(drawing) => drawing.advance_width(),
            };
            let advance = f64::from(advance.unwrap_or(0.0));
            let (start, end) = (transform * Point::ZERO, transform * Point::new(advance, 0.0));
            let em = transform * Point::new(1000.0, 0.0) - start;
            let (start, end, quarter) = match (em.x.abs() >= em.y.abs(), em.x >= 0.0, em.y >= 0.0) {
                (true, true, _) => (start, end, 0),
                (true, false, _) => (turned(start, 2), turned(end, 2), 2),
                (false, _, true) => (turned(start, 1), turned(end, 1), 1),
                (false, _, false) => (turned(start, 3), turned(end, 3), 3),
            };
            let size = (transform * Point::new(0.0, 1000.0) - transform * Point::ZERO).hypot();
            if !(start.x.is_finite() && start.y.is_finite() && end.x.is_finite() && size.is_finite())
                || size <= 0.0
            {
                continue;
            }
            let mut glyph_drawn = Glyph {
                text,
                left: start.x.min(end.x) as f32,
                right: start.x.max(end.x) as f32,
                ink: None,
                baseline: start.y as f32,
                size: size as f32,
            };
            if let PdfGlyph::Outline(outline) = &**glyph
                && quarter == 0
                && glyph_drawn.is_mark()
                && self.outlines > 0
            {
                self.outlines -= 1;
                let bounds = (transform * outline.outline()).bounding_box();
                glyph_drawn.ink = Some(bounds.center().x as f32);
            }
            self.put(quarter, glyph_drawn);
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.check_time();
        let text = properties.and_then(|p| p.get::<PdfString<'_>>(b"ActualText".as_slice()));
        let text = text.and_then(|t| text_string(t.as_bytes()));
        self.spans.push(Span { text, glyphs: Vec::new() });
    }

    fn end_marked_content(&mut self) {
        self.end_span();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.check_time();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.check_time();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.check_time();
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.check_time();
        self.has_picture = true;
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The point where it stands when the page is turned so that text of this direction runs to the right.
fn turned(point: Point, quarter: usize) -> Point {
    match quarter {
        1 => Point::new(point.y, -point.x),
        2 => Point::new(-point.x, -point.y),
        3 => Point::new(-point.y, point.x),
        _ => point,
    }
}

/// A text string of a PDF (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 with a mark before it; others are not looked at,
/// since they hold no Arabic.
fn text_string(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
            String::from_utf16(&units).ok()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ if bytes.iter().all(|b| b.is_ascii_graphic() || *b == b' ') => {
            String::from_utf8(bytes.to_vec()).ok()
        }
        _ => None,
    }
}
