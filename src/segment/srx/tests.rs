//! SRX files as tools write them, read, and rules written and read again.

use super::*;
use crate::segment::{AtMark, shipped_rules};

const SMALL: &str = r#"<?xml version="1.0"?>
<!DOCTYPE srx PUBLIC "-//SRX//DTD SRX//EN" "srx.dtd">
<srx xmlns="http://www.lisa.org/srx20" xmlns:okp="http://example.org/x" version="2.0">
  <header segmentsubflows="yes" cascade="yes"><okp:options a="b">text</okp:options></header>
  <body>
    <languagerules>
      <languagerule languagerulename="Arabic">
        <rule break="no"><beforebreak>\bد\.</beforebreak><afterbreak>\h</afterbreak></rule>
        <rule break="yes"><beforebreak><![CDATA[[.?!]]]>&amp;?&#x200F;?</beforebreak><afterbreak>\s</afterbreak></rule>
      </languagerule>
      <languagerule languagerulename="Default"><rule><afterbreak>\n</afterbreak></rule></languagerule>
    </languagerules>
    <maprules>
      <languagemap languagepattern="AR.*" languagerulename="Arabic"/>
      <languagemap languagepattern=".*" languagerulename="Default"></languagemap>
    </maprules>
  </body>
</srx>"#;

fn shown(rules: &SegmentationRules) -> String {
    let mut out = format!("cascade {:?}\n", rules.cascade());
    for list in rules.lists() {
        for rule in &list.rules {
            let (before, after) = (rule.before.escape_debug(), rule.after.escape_debug());
            writeln!(out, "{} {:?} [{before}] [{after}]", list.name, rule.action).expect(INTO_STRING);
        }
    }
    for map in rules.maps() {
        writeln!(out, "{} -> {}", map.languages, map.name).expect(INTO_STRING);
    }
    out
}

#[test]
fn a_file_of_another_tool_is_read() {
    let import = read_srx(SMALL, OnUntranslatable::Refuse).unwrap();
    insta::assert_snapshot!(shown(&import.rules), @r"
        cascade All
        Arabic Keep [\\bد\\.] [[\\t\\p{Zs}]]
        Arabic Break [[.?!]&?\u{200f}?] [\\s]
        Default Break [] [\\n]
        AR.* -> Arabic
        .* -> Default
        ");
    assert_eq!(import.rules.rules_for(&"ar-IQ".parse().unwrap()).len(), 3);
    assert_eq!(import.rules.rules_for(&"en".parse().unwrap()).len(), 1);
}

#[test]
fn the_shipped_rules_written_and_read_are_written_the_same() {
    let mut options = SegmentOptions::default();
    for at_mark in [AtMark::Keep, AtMark::Break] {
        options.semicolons = at_mark;
        options.two_dots = at_mark;
        let written = write_srx(shipped_rules(), &options);
        let import = read_srx(&written, OnUntranslatable::Refuse).unwrap();
        assert_eq!(write_srx(&import.rules, &SegmentOptions::default()), written);
        let counting =
            |list: &LanguageRules| list.rules.iter().filter(|r| r.counts(|mark| options.at(mark))).count();
        let shipped: Vec<usize> = shipped_rules().lists().iter().map(counting).collect();
        let read: Vec<usize> = import.rules.lists().iter().map(|l| l.rules.len()).collect();
        assert_eq!(read, shipped);
    }
}

#[test]
fn rules_without_a_counterpart_are_refused_or_left_out() {
    let file = SMALL.replace(r"\bد\.", r"د(?=\.+ص)\.+");
    let refused = read_srx(&file, OnUntranslatable::Refuse).unwrap_err();
    insta::assert_snapshot!(refused, @r"one rule cannot be used here; the first is rule 1 of `Arabic`: a look-ahead at character 2 of the pattern cannot be translated in `د(?=\.+ص)\.+`");
    let import = read_srx(&file, OnUntranslatable::LeaveOut).unwrap();
    assert_eq!((import.left_out.len(), import.rules.lists()[0].rules.len()), (1, 1));
    // Only those that the language maps to matter.
    let of = |lang: &str| {
        let (own, others) = import.rules.left_out_for(&lang.parse().unwrap());
        (own.len(), others)
    };
    assert_eq!((of("ar-IQ"), of("en")), ((1, 0), (0, 1)));
}

#[test]
fn look_around_cuts_as_in_other_tools() {
    let rule = |answer: &str, before: &str, after: &str| {
        format!(
            "<rule break=\"{answer}\"><beforebreak>{}</beforebreak><afterbreak>{}</afterbreak></rule>",
            escape(before),
            escape(after)
        )
    };
    let file = format!(
        "<srx version=\"2.0\"><header cascade=\"no\"/><body><languagerules><languagerule languagerulename=\"E\">{}</languagerule>\
             <languagerule languagerulename=\"O\">{}</languagerule></languagerules><maprules>\
             <languagemap languagepattern=\"^(?!(en|fr)).*\" languagerulename=\"O\"/>\
             <languagemap languagepattern=\".*\" languagerulename=\"E\"/></maprules></body></srx>",
        rule("yes", r"(?<!Prof|Dr)\.(?!\d)", r"(?!de\b)\s"),
        rule("yes", ";", r"\s"),
    );
    let import = read_srx(&file, OnUntranslatable::Refuse).unwrap();
    let cut = |text: &str, lang: &str| {
        let cutter = import.rules.cutter(&lang.parse().unwrap());
        let breaks = cutter.start(|_| AtMark::Keep).breaks(text);
        breaks.into_iter().map(|at| &text[..at]).map(str::len).collect::<Vec<_>>()
    };
    assert_eq!(cut("See Dr. Who. He came. Yes", "en"), [12, 21]);
    assert_eq!(cut("See Prof. X; He came. Yes", "en-GB"), [21]);
    assert_eq!(cut("Dr. X; He came. Yes", "ar"), [6]);
    let written = write_srx(&import.rules, &SegmentOptions::default());
    let again = read_srx(&written, OnUntranslatable::Refuse).unwrap();
    assert_eq!(write_srx(&again.rules, &SegmentOptions::default()), written);
    let guards = |rules: &SegmentationRules| rules.lists()[0].rules[0].guards.len();
    assert_eq!((guards(&again.rules), guards(&import.rules)), (3, 3));
}

#[test]
fn entities_that_the_file_declares_stand_for_their_texts() {
    let declared = SMALL.replace(r"\h", "&blank;");
    let at = declared.find("<srx").unwrap();
    let (head, body) = declared.split_at(at);
    let declared = format!("{head}<!DOCTYPE srx [<!ENTITY back '&#92;'><!ENTITY blank '&back;h'>]>{body}");
    let read = |xml: &str| read_srx(xml, OnUntranslatable::Refuse).unwrap().rules;
    let options = SegmentOptions::default();
    assert_eq!(write_srx(&read(&declared), &options), write_srx(&read(SMALL), &options));
}

/// As Okapi writes it; the prefix may be any.
#[test]
fn rules_that_the_file_switches_off_are_left_out_and_told() {
    let rule = |says: &str, before: &str| {
        format!(
            "<rule break='no'{says}><beforebreak>\\b{before}\\.</beforebreak><afterbreak>\\s</afterbreak></rule>"
        )
    };
    let file = |says: &str| {
        format!(
            "<srx version='2.0' xmlns:okpsrx='http://okapi.sf.net/srx-extensions'><header cascade='no'/><body><languagerules>\
             <languagerule languagerulename='Default'>{}{}<rule break='yes'><beforebreak>\\.</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule>\
             </languagerules><maprules><languagemap languagepattern='.*' languagerulename='Default'/></maprules></body></srx>",
            rule("", "Dr"),
            rule(says, "Messrs")
        )
    };
    let cuts = |says: &str| {
        let rules = read_srx(&file(says), OnUntranslatable::Refuse).unwrap().rules;
        let text = "Dr. X and Messrs. Y came. Z too.";
        let breaks = rules.cutter(&"en".parse().unwrap()).start(|_| AtMark::Keep).breaks(text).len();
        (breaks, rules.switched_off(), rules.switched_off_for(&"en".parse().unwrap()))
    };
    assert_eq!((cuts(" okpsrx:active='yes'"), cuts(" okpsrx:active='no'")), ((1, 0, 0), (2, 1, 1)));
}

#[test]
fn wrong_files_are_refused_with_the_reason() {
    let refused = |xml: &str| read_srx(xml, OnUntranslatable::Refuse).unwrap_err().to_string();
    insta::assert_snapshot!(refused(""), @"not well-formed XML at byte 0: the file is empty");
    insta::assert_snapshot!(refused("<tmx/>"), @"the root element is `tmx`, not `srx`: this is no SRX file");
    insta::assert_snapshot!(refused("<srx><header cascade='maybe'/></srx>"), @"`cascade` is `maybe` at byte 5: `yes` or `no` is expected");
    insta::assert_snapshot!(refused("<srx><languagemap languagepattern='.*'/></srx>"), @"`languagemap` has no `languagerulename` at byte 5");
    insta::assert_snapshot!(refused("<srx></srx>"), @"the file has no `languagemap`, so its rules are for no language");
    insta::assert_snapshot!(refused(&SMALL.replace("&amp;", "&own;")), @"not well-formed XML at byte 481: unknown entity &own;");
    insta::assert_snapshot!(refused(&SMALL.replace("</rule>", "</rul>")), @"not well-formed XML at byte 417: ill-formed document: expected `</rule>`, but `</rul>` was found");
    insta::assert_snapshot!(refused(&SMALL.replace(r"\h", "(")), @"rule 1 of `Arabic`: the pattern `(` does not compile: unclosed group");
    insta::assert_snapshot!(refused(&SMALL.replace("\"Default\"/", "\"Other\"/").replace("\"Default\"><rule", "\"Other\"><rule")), @"the language pattern `.*` names the rules `Default`, which do not exist");
}
