//! Reading XLIFF 1.0 to 1.2, wherever its units stand, and telling 2.x apart.
//!
//! Where a tool cut a unit (`seg-source`, `mrk mtype="seg"`), its pieces are the units. What a unit's state says is
//! kept with it: `approved`, `state`, `state-qualifier`, `translate`, and what SDL and memoQ write of their own.
//! Left out and counted: `alt-trans`, texts in codes without counterpart, deletions of tracked changes.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::inline::{Content, content};
use super::tmx::ask_for_review;
use super::told::LeftOut;
use super::unit::{bead_type, share};
use super::xml::{Inside, Piece, Pieces, Tag, Translates, decoded, folded};
use super::{FormatError, Multilingual, Several, Status, Text, Unit, xliff2};
use crate::bitext::{Side, Sides};

/// Reads XLIFF of any version.
pub fn read(bytes: &[u8]) -> Result<Multilingual, FormatError> {
    let text = decoded(bytes)?;
    let mut pieces = Pieces::new(&text);
    let root = pieces.root()?;
    if root.name != "xliff" {
        return Err(FormatError::Other {
            expected: "an XLIFF",
            found: format!("the outermost element is <{}>", root.name),
        });
    }
    let file = if root.get("version").is_some_and(|v| v.starts_with('2')) {
        xliff2::read_body(&mut pieces, &root)?
    } else {
        read_body(&mut pieces)?
    };
    if file.units.is_empty() { Err(FormatError::Nothing("unit")) } else { Ok(file) }
}

fn read_body(pieces: &mut Pieces<'_>) -> Result<Multilingual, FormatError> {
    let mut file = Multilingual::default();
    let mut codes = Sides::new(String::new(), String::new());
    let mut translates = Translates::default();
    loop {
        match pieces.next_piece()? {
            Piece::Open(tag) => match &*tag.name {
                "file" => {
                    let code = |name: &str| tag.get(name).unwrap_or_default().to_owned();
                    codes = Sides::new(code("source-language"), code("target-language"));
                }
                "trans-unit" => {
                    let of =
                        Of { codes: codes.as_ref().map(String::as_str), untouched: translates.leave(&tag) };
                    read_unit(pieces, &tag, of, &mut file)?;
                }
                "source" | "target" | "seg-source" => {
                    let line = pieces.line();
                    if !pieces.text_of(|_| Inside::Keep)?.trim().is_empty() {
                        file.told.misplaced(line);
                    }
                }
                // What has texts that are none of the document's.
                "header" | "internal-file" | "note" | "context-group" | "prop-group" => pieces.skip()?,
                _ => translates.open(pieces.depth(), &tag),
            },
            Piece::Close(_) => translates.close(pieces.depth()),
            Piece::End => return Ok(file),
            Piece::Text(_) => {}
        }
    }
}

/// What is said of a unit as a whole: its languages, and whether it is not to be translated.
#[derive(Clone, Copy)]
struct Of<'a> {
    codes: Sides<&'a str>,
    untouched: bool,
}

/// A unit as it is read: what stands in its elements.
#[derive(Default)]
struct Parts {
    source: Option<Content>,
    cut_source: Option<Content>,
    target: Option<Content>,
    /// Sources and targets after the first, with their codes.
    further: Vec<(Side, String, Content)>,
    codes: Sides<Option<String>>,
    /// What the tool says of its pieces, by their names.
    pieces: BTreeMap<String, Unit<'static>>,
}

fn read_unit(
    pieces: &mut Pieces<'_>,
    tag: &Tag,
    of: Of<'_>,
    file: &mut Multilingual,
) -> Result<(), FormatError> {
    let mut unit = Unit { id: Cow::Owned(tag.get("id").unwrap_or_default().to_owned()), ..Unit::default() };
    let approved = tag.get("approved") == Some("yes");
    if approved {
        unit.status = Status::Accepted;
    }
    if of.untouched {
        unit.unfinished = Some(LeftOut::NotForTranslation);
    }
    // Phrase: nobody has confirmed it.
    if tag.prefixed("confirmed") == Some("0") && !approved {
        ask_for_review(&mut unit);
    }
    // memoQ.
    match tag.get("mq:status") {
        Some("NotStarted") => unit.unfinished = unit.unfinished.or(Some(LeftOut::Untranslated)),
        // Begun, put in by a machine, a memory or from fragments, or turned down: nobody has said that it is right.
        Some(
            "PartiallyEdited" | "PreTranslated" | "MachineTranslated" | "AssembledFromFragments" | "Rejected",
        ) => {
            ask_for_review(&mut unit);
        }
        Some("Proofread" | "ProofRead" | "Reviewer1Confirmed" | "Reviewer2Confirmed") => {
            unit.status = Status::Accepted;
        }
        _ => {}
    }
    let (outer, none) = (pieces.depth(), BTreeMap::new());
    let mut parts = Parts::default();
    loop {
        match pieces.next_piece()? {
            Piece::Open(inner) => match &*inner.name {
                "source" if parts.source.is_some() => {
                    let code = inner.get("xml:lang").unwrap_or(of.codes.source).to_owned();
                    parts.further.push((Side::Source, code, meant(pieces, &none)?));
                }
                "source" => {
                    parts.codes.source = inner.get("xml:lang").map(str::to_owned);
                    parts.source = Some(meant(pieces, &none)?);
                }
                "seg-source" => parts.cut_source = Some(meant(pieces, &none)?),
                "target" if parts.target.is_some() => {
                    let code = inner.get("xml:lang").unwrap_or(of.codes.target).to_owned();
                    parts.further.push((Side::Target, code, meant(pieces, &none)?));
                }
                "target" => {
                    parts.codes.target = inner.get("xml:lang").map(str::to_owned);
                    let says =
                        Says { state: inner.get("state"), qualifier: inner.get("state-qualifier"), approved };
                    says.take(&mut unit);
                    parts.target = Some(meant(pieces, &none)?);
                }
                "alt-trans" => {
                    file.told.leave_out(LeftOut::Proposal);
                    pieces.skip()?;
                }
                "note" => unit.comment_first(pieces.text_of(|_| Inside::Keep)?),
                "context" => {
                    let kind = inner.get("context-type").unwrap_or_default().to_owned();
                    let value = pieces.text_of(|_| Inside::Keep)?;
                    match &*kind {
                        "x-bead-type" => unit.bead_type = bead_type(&value),
                        "x-confidence" => unit.confidence = share(&value),
                        _ => {}
                    }
                }
                // SDL's segments and what is known of each.
                "seg" => {
                    let mut said = Unit::default();
                    match inner.get("conf") {
                        // Whatever proposed it: nobody has begun.
                        None | Some("Unspecified") => said.unfinished = Some(LeftOut::Untranslated),
                        Some("ApprovedTranslation" | "ApprovedSignOff") => said.status = Status::Accepted,
                        Some("Draft" | "RejectedTranslation" | "RejectedSignOff") => {
                            ask_for_review(&mut said);
                        }
                        _ => {}
                    }
                    parts.pieces.insert(inner.get("id").unwrap_or_default().to_owned(), said);
                }
                "context-group" | "seg-defs" => {}
                _ => pieces.skip()?,
            },
            Piece::Close(_) if pieces.depth() < outer => break,
            Piece::End => break,
            _ => {}
        }
    }
    parts.units(&unit, of.codes, file);
    Ok(())
}

/// What a target says of its state.
struct Says<'a> {
    state: Option<&'a str>,
    qualifier: Option<&'a str>,
    approved: bool,
}

impl Says<'_> {
    fn take(&self, unit: &mut Unit<'static>) {
        match self.state {
            Some("new" | "needs-translation" | "needs-l10n") => {
                unit.unfinished.get_or_insert(LeftOut::Untranslated);
            }
            Some(state) if state.starts_with("needs-") => ask_for_review(unit),
            Some("final" | "signed-off") => unit.status = Status::Accepted,
            _ => {}
        }
        let settled = self.approved || matches!(self.state, Some("translated" | "final" | "signed-off"));
        match self.qualifier {
            Some(qualifier) if qualifier.starts_with("rejected-") => ask_for_review(unit),
            // Proposed by a machine or a memory, and nobody has said yet that it is right.
            Some("fuzzy-match" | "leveraged-mt" | "mt-suggestion" | "tm-suggestion") if !settled => {
                ask_for_review(unit);
            }
            _ => {}
        }
    }
}

/// The content of the element that was opened last, as it is meant.
fn meant(pieces: &mut Pieces<'_>, native: &BTreeMap<String, String>) -> Result<Content, FormatError> {
    let preserve = pieces.preserves_space();
    Ok(laid_out(content(pieces, native)?, preserve))
}

/// The content as it is meant: where white space does not count, line ends and indents are folded.
fn laid_out(content: Content, preserve: bool) -> Content {
    if preserve || !content.text.contains('\n') {
        return content;
    }
    let inner = content.inner.iter().map(|text| folded(text)).collect();
    if content.cuts.is_empty() {
        return Content { text: folded(&content.text), inner, ..content };
    }
    // Piece by piece, so that each is still found.
    let (mut text, mut cuts) = (String::new(), Vec::new());
    let mut from = 0;
    for (name, place) in content.cuts {
        text.push_str(&blank_between(content.text.get(from..place.start).unwrap_or_default()));
        let start = text.len();
        text.push_str(&folded(&content.text[place.clone()]));
        cuts.push((name, start..text.len()));
        from = place.end;
    }
    text.push_str(&blank_between(content.text.get(from..).unwrap_or_default()));
    Content { text, cuts, inner, deleted: content.deleted }
}

/// What stands between two pieces, folded; of mere white space a space stays.
fn blank_between(between: &str) -> String {
    if !between.is_empty() && between.trim().is_empty() { " ".to_owned() } else { folded(between) }
}

impl Parts {
    /// Puts the units into `file`.
    fn units(self, unit: &Unit<'static>, codes: Sides<&str>, file: &mut Multilingual) {
        let own = self.codes;
        let codes = Sides::new(
            own.source.as_deref().unwrap_or(codes.source),
            own.target.as_deref().unwrap_or(codes.target),
        );
        let contents = [&self.source, &self.cut_source, &self.target];
        let deleted = contents.iter().filter_map(|c| c.as_ref()).map(|c| c.deleted).max();
        file.told.leave_out_many(LeftOut::Deleted, deleted.unwrap_or_default());
        let inner = Sides::new(
            self.source.as_ref().map(|c| c.inner.clone()).unwrap_or_default(),
            self.target.as_ref().map(|c| c.inner.clone()).unwrap_or_default(),
        );
        let cut = Self::cut(self.cut_source.as_ref().or(self.source.as_ref()), self.target.as_ref());
        if let Some(cut) = cut {
            for (side, code, _) in self.further {
                match side {
                    Side::Source => file.told.leave_out_text(&code),
                    Side::Target => file.told.leave_out(LeftOut::Proposal),
                }
            }
            for (name, texts) in cut {
                let said = self.pieces.get(&name).cloned().unwrap_or_default();
                let mut piece = unit.clone();
                piece.id = Cow::Owned(format!("{}:{name}", unit.id));
                if said.status != Status::Pending {
                    piece.status = said.status;
                }
                piece.unfinished = piece.unfinished.or(said.unfinished);
                file.units.push(Several::of_sides(piece, codes, texts));
            }
        } else {
            let mut unit = unit.clone();
            // A unit that is one piece has what its tool says of that.
            if let Some(said) = self.pieces.values().next().filter(|_| self.pieces.len() == 1) {
                if said.status != Status::Pending {
                    unit.status = said.status;
                }
                unit.unfinished = unit.unfinished.or_else(|| said.unfinished.clone());
            }
            let source = self.source.or(self.cut_source).map(|c| c.text);
            let texts = Sides::new(source, self.target.map(|c| c.text));
            let mut several = Several::of_sides(unit, codes, texts);
            several.texts.extend(self.further.into_iter().map(|(side, code, content)| Text {
                code,
                side: Some(side),
                text: content.text,
            }));
            file.units.push(several);
        }
        file.push_inner(&inner, unit, codes);
    }

    /// The pieces into which a tool cut both sides, by their names; nothing where they cannot be told, or where
    /// text stands between them.
    fn cut(
        source: Option<&Content>,
        target: Option<&Content>,
    ) -> Option<Vec<(String, Sides<Option<String>>)>> {
        let source = source.filter(|c| !c.cuts.is_empty())?;
        let target = target.filter(|c| !c.cuts.is_empty())?;
        let (source, target) = (named(source)?, named(target)?);
        let of_source: HashSet<&str> = source.iter().map(|(name, _)| &**name).collect();
        let (opposite, alone): (Vec<_>, Vec<_>) =
            target.into_iter().partition(|(name, _)| of_source.contains(&**name));
        let mut opposite: HashMap<String, String> = opposite.into_iter().collect();
        let mut cut: Vec<(String, Sides<Option<String>>)> = Vec::new();
        for (name, text) in source {
            let opposite = opposite.remove(&name);
            cut.push((name, Sides::new(Some(text), opposite)));
        }
        cut.extend(alone.into_iter().map(|(name, text)| (name, Sides::new(None, Some(text)))));
        Some(cut)
    }
}

/// The pieces of a content by their names, or by their places where they have none; nothing where a name recurs or
/// text stands outside of them.
fn named(content: &Content) -> Option<Vec<(String, String)>> {
    let mut rest = 0;
    let mut out: Vec<(String, String)> = Vec::new();
    let mut names = HashSet::new();
    for (at, (name, place)) in content.cuts.iter().enumerate() {
        let between = content.text.get(rest..place.start)?;
        let name = name.clone().unwrap_or_else(|| (at + 1).to_string());
        if !between.trim().is_empty() || !names.insert(name.clone()) {
            return None;
        }
        out.push((name, content.text[place.clone()].to_owned()));
        rest = place.end;
    }
    content.text[rest..].trim().is_empty().then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(xml: &str) -> (Vec<(String, String, String)>, Multilingual) {
        let file = read(xml.as_bytes()).unwrap();
        let one = |u: &Several| {
            (u.unit.id.to_string(), u.text(Side::Source).to_owned(), u.text(Side::Target).to_owned())
        };
        (file.units.iter().map(one).collect(), file)
    }

    fn owned(units: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        units.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
    }

    #[test]
    fn other_tools_files_are_read() {
        let file = "<?xml version='1.0'?><!DOCTYPE xliff [<!ENTITY e 'x'>]>\n<x:xliff version='1.2' xmlns:x='urn:x'>\
            <x:file source-language='en' target-language='ar-IQ'><x:header><note>n</note></x:header><body><group>\
            <trans-unit id='a'><source>One <g id='1'>bold</g><ph id='2'>&lt;i/&gt;</ph> &amp; two\n   lines</source>\
            <target>واحد</target><alt-trans><source>Old</source><target>قديم</target></alt-trans><note>see</note></trans-unit>\
            </group></body><trans-unit id='b'><source/></trans-unit><source>lost</source></x:file></x:xliff>";
        let (found, file) = units(file);
        assert_eq!(found, owned(&[("a", "One bold & two lines", "واحد"), ("b", "", "")]));
        assert_eq!(file.units[0].unit.comment, "see");
        assert_eq!((file.told.count(&LeftOut::Proposal), file.told.count(&LeftOut::Misplaced)), (1, 1));
        assert_eq!(file.by_sides().languages.target.unwrap().as_str(), "ar-IQ");
    }

    #[test]
    fn a_unit_may_have_several_targets() {
        let (_, file) = units(
            "<xliff><file source-language='en' target-language='ar'><trans-unit><source>a</source><target>b</target>\
             <target xml:lang='fr'>c</target></trans-unit></file></xliff>",
        );
        let texts: Vec<(&str, &str)> = file.units[0].texts.iter().map(|t| (&*t.code, &*t.text)).collect();
        assert_eq!(texts, [("en", "a"), ("ar", "b"), ("fr", "c")]);
    }

    #[test]
    fn a_second_source_is_told_and_the_first_is_read() {
        let unit = "<xliff><file source-language='en' target-language='ar'><trans-unit><source>a</source><source>d</source>\
             <target>b</target></trans-unit></file></xliff>";
        let (found, file) = units(unit);
        assert_eq!(found, owned(&[("", "a", "b")]));
        let texts: Vec<(&str, &str)> = file.units[0].texts.iter().map(|t| (&*t.code, &*t.text)).collect();
        assert_eq!(texts, [("en", "a"), ("ar", "b"), ("en", "d")]);
        let piece = |text: &str| format!("<mrk mtype='seg' mid='1'>{text}</mrk><mrk mtype='seg' mid='2'/>");
        let cut =
            unit.replace(">a<", &format!(">{}<", piece("a"))).replace(">b<", &format!(">{}<", piece("b")));
        let (found, file) = units(&cut);
        assert_eq!(found, owned(&[(":1", "a", "b"), (":2", "", "")]));
        assert_eq!(file.told.count(&LeftOut::Texts("en".to_owned())), 1);
        let new = "<xliff version='2.0' srcLang='en' trgLang='ar'><file><unit><segment><source>a</source><source>d</source>\
             <target>b</target></segment></unit></file></xliff>";
        let (found, file) = units(new);
        assert_eq!(found, owned(&[("", "a", "b")]));
        assert_eq!(file.told.count(&LeftOut::Texts("en".to_owned())), 1);
    }

    #[test]
    fn a_unit_may_have_many_pieces() {
        let pieces = |text: &str| -> String {
            (0..20_000).map(|n| format!("<mrk mtype='seg' mid='{n}'>{text}{n}</mrk>")).collect()
        };
        let (found, _) = units(&format!(
            "<xliff><file><trans-unit id='u'><source>{}</source><target>{}</target></trans-unit></file></xliff>",
            pieces("a"),
            pieces("b")
        ));
        assert_eq!(found.len(), 20_000);
        assert_eq!(found[19_999], ("u:19999".to_owned(), "a19999".to_owned(), "b19999".to_owned()));
    }

    #[test]
    fn the_pieces_that_a_tool_cut_are_the_units() {
        let cut = |id: u32, text: &str| format!("<mrk mtype='seg' mid='{id}'>{text}</mrk>");
        let unit = |source: &str, seg_source: &str, target: &str| {
            format!(
                "<xliff version='1.2'><file><body><trans-unit id='u'><source>{source}</source>{seg_source}<target>{target}</target>\
                <sdl:seg-defs xmlns:sdl='s'><sdl:seg id='2' conf='Draft'/></sdl:seg-defs></trans-unit></body></file></xliff>"
            )
        };
        let seg_source = format!("<seg-source>{}\n  {}</seg-source>", cut(1, "A."), cut(2, "B."));
        let (found, file) =
            units(&unit("A. B.", &seg_source, &format!("<g id='1'>{}</g> {}", cut(2, "ب."), cut(1, "ا."))));
        assert_eq!(found, owned(&[("u:1", "A.", "ا."), ("u:2", "B.", "ب.")]));
        assert_eq!(file.units[1].unit.unfinished, Some(LeftOut::ForReview));
        // A piece without a counterpart is a unit with one side.
        let (found, _) = units(&unit("A. B.", &seg_source, &cut(2, "ب.")));
        assert_eq!(found, owned(&[("u:1", "A.", ""), ("u:2", "B.", "ب.")]));
        // Text that is in no piece: the unit is whole.
        let (found, _) = units(&unit("A. B.", &seg_source, &format!("{} x", cut(1, "ا."))));
        assert_eq!(found, owned(&[("u", "A. B.", "ا. x")]));
        let (found, _) = units(&unit("A. B.", "", &cut(1, "ا. ب.")));
        assert_eq!(found, owned(&[("u", "A. B.", "ا. ب.")]));
    }

    #[test]
    fn a_state_says_what_a_translation_is_worth() {
        let said = |unit: &str, target: &str| {
            let file = format!(
                "<xliff><file><body><group translate='no'/><trans-unit {unit}><source>a</source><target {target}>b</target></trans-unit></body></file></xliff>"
            );
            let unit = read(file.as_bytes()).unwrap().units.remove(0).unit;
            (unit.status, unit.unfinished)
        };
        let done = |status| (status, None);
        assert_eq!(said("", ""), done(Status::Pending));
        assert_eq!(said("approved='no'", "state='translated'"), done(Status::Pending));
        assert_eq!(said("approved='yes'", ""), done(Status::Accepted));
        assert_eq!(said("", "state='final'"), done(Status::Accepted));
        assert_eq!(said("", "state='signed-off'"), done(Status::Accepted));
        assert_eq!(said("", "state='new'"), (Status::Pending, Some(LeftOut::Untranslated)));
        assert_eq!(said("", "state='needs-translation'"), (Status::Pending, Some(LeftOut::Untranslated)));
        assert_eq!(said("translate='no'", ""), (Status::Pending, Some(LeftOut::NotForTranslation)));
        let review = (Status::Flagged, Some(LeftOut::ForReview));
        assert_eq!(said("", "state='needs-review-translation'"), review);
        for status in
            ["PartiallyEdited", "PreTranslated", "MachineTranslated", "AssembledFromFragments", "Rejected"]
        {
            assert_eq!(said(&format!("mq:status='{status}'"), ""), review, "{status}");
        }
        assert_eq!(said("mq:status='ManuallyConfirmed'", ""), done(Status::Pending));
        assert_eq!(said("mq:status='Proofread'", ""), done(Status::Accepted));
        assert_eq!(said("", "state-qualifier='rejected-grammar'"), review);
        assert_eq!(said("", "state-qualifier='mt-suggestion'"), review);
        assert_eq!(said("", "state='translated' state-qualifier='leveraged-mt'"), done(Status::Pending));
        let inside = "<xliff><file><body><group translate='no'><trans-unit><source>a</source></trans-unit>\
            <trans-unit translate='yes'><source>a</source></trans-unit></group><trans-unit><source>a</source></trans-unit></body></file></xliff>";
        let inside = read(inside.as_bytes()).unwrap().units;
        let inside: Vec<bool> = inside.iter().map(|u| u.unit.unfinished.is_some()).collect();
        assert_eq!(inside, [true, false, false]);
        // Phrase.
        assert_eq!(said("m:confirmed='0' m:locked='false'", ""), review);
        assert_eq!(said("m:confirmed='0' approved='yes'", ""), done(Status::Accepted));
        assert_eq!(said("m:confirmed='1'", ""), done(Status::Pending));
    }

    #[test]
    fn the_innermost_element_says_whether_it_is_translated() {
        let unit = |id: u8, says: &str| {
            format!("<trans-unit id='{id}'{says}><source>a</source><target>b</target></trans-unit>")
        };
        let old = format!(
            "<xliff version='1.2'><file><body><group translate='no'>{}<group translate='yes'>{}{}<x translate='no'>{}</x>{}</group>{}</group>{}</body></file></xliff>",
            unit(1, ""),
            unit(2, ""),
            unit(3, " translate='no'"),
            unit(4, ""),
            unit(5, ""),
            unit(6, ""),
            unit(7, "")
        );
        let new = old
            .replace("version='1.2'", "version='2.0'")
            .replace("trans-unit", "unit")
            .replace("<source>", "<segment><source>")
            .replace("</target>", "</target></segment>")
            .replace("<x ", "<group ")
            .replace("</x>", "</group>");
        for file in [old, new] {
            let units = read(file.as_bytes()).unwrap().units;
            let left: Vec<&str> =
                units.iter().filter(|u| u.unit.unfinished.is_some()).map(|u| &*u.unit.id).collect();
            assert_eq!(left, ["1", "3", "4", "6"], "{file}");
        }
    }

    #[test]
    fn what_trados_has_not_been_told_of_is_not_translated() {
        let file = "<xliff version='1.2'><file><body><trans-unit id='u'><source>One. Two. Three.</source>\
            <seg-source><mrk mtype='seg' mid='1'>One.</mrk> <mrk mtype='seg' mid='2'>Two.</mrk> <mrk mtype='seg' mid='3'>Three.</mrk></seg-source>\
            <target><mrk mtype='seg' mid='1'>واحد.</mrk> <mrk mtype='seg' mid='2'>اثنان.</mrk> <mrk mtype='seg' mid='3'>ثلاثة.</mrk></target>\
            <sdl:seg-defs xmlns:sdl='s'><sdl:seg id='1' origin='mt'/><sdl:seg id='2' conf='Unspecified'/><sdl:seg id='3' conf='Translated' origin='mt'/></sdl:seg-defs>\
            </trans-unit></body></file></xliff>";
        let left: Vec<_> =
            read(file.as_bytes()).unwrap().units.into_iter().map(|u| u.unit.unfinished).collect();
        assert_eq!(left, [Some(LeftOut::Untranslated), Some(LeftOut::Untranslated), None]);
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let error = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
        insta::assert_snapshot!(error("<html/>"), @"not an XLIFF: the outermost element is <html>");
        insta::assert_snapshot!(error("<xliff>\n<file><trans-unit><source>&x;"), @"line 2: unknown entity &x;");
        insta::assert_snapshot!(error("<xliff>\n<file>\n"), @"line 3: the file ends too early");
        insta::assert_snapshot!(error("<xliff></xliff>"), @"it holds no unit");
    }
}
