//! Tests of finding the columns of a table.

use super::*;
use crate::formats::Status;

fn read_with(table: &str, columns: &Columns) -> Result<Multilingual, FormatError> {
    let rows = table.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect();
    of_rows(rows, columns)
}

fn texts(table: &str) -> Vec<String> {
    let read = read_with(table, &Columns::default()).unwrap();
    let text = |t: &Text| if t.code.is_empty() { t.text.clone() } else { format!("{}:{}", t.code, t.text) };
    read.units.iter().map(|u| u.texts.iter().map(text).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn headings_name_the_columns() {
    assert_eq!(texts("key|en|ar\na.b|Yes.|نعم."), ["en:Yes.|ar:نعم."]);
    assert_eq!(texts("id|context|en-US|ar_SA|notes\n1|m|Yes.|نعم.|ok"), ["en-US:Yes.|ar-SA:نعم."]);
    assert_eq!(texts("ar|fr|en\nنعم|Oui|Yes"), ["ar:نعم|fr:Oui|en:Yes"]);
    assert_eq!(texts("Translation|Original\nنعم|Yes"), ["Yes|نعم"]);
    assert_eq!(texts("id|it\nSaya makan nasi.|Mangio riso."), ["id:Saya makan nasi.|it:Mangio riso."]);
    assert_eq!(texts("Glossary\n|en|ar\n|Yes|نعم"), ["en:Yes|ar:نعم"]);
    assert_eq!(texts("phrase|ar\nYes|نعم"), ["Yes|ar:نعم"]);
    assert_eq!(texts("en (v2, old)|ar\nYes|نعم"), ["en:Yes|ar:نعم"]);
}

#[test]
fn a_first_row_of_texts_is_no_heading() {
    assert_eq!(texts("Yes|نعم\nNo|لا").len(), 2);
    assert_eq!(texts("Key|مفتاح\nNo|لا").len(), 2);
    assert_eq!(texts("it is|نعم\nno|لا").len(), 2);
    // A glossary of languages: one language, in two languages.
    assert_eq!(texts("en|en\nfr|fr").len(), 2);
}

#[test]
fn without_a_heading_the_texts_tell() {
    assert_eq!(
        texts("hall.full|The hall is full.|القاعة ممتلئة.\nx.chair|Bring a chair.|أحضر كرسيا.")[0],
        "The hall is full.|القاعة ممتلئة."
    );
    assert_eq!(
        texts("1|نعم.|Yes, of course, by all means|\n2|لا.|No|a long remark on this row alone, in English")[1],
        "لا.|No"
    );
}

#[test]
fn columns_are_asked_for_by_number_and_heading() {
    let asked = |source: ColumnName, target: ColumnName| Columns {
        asked: Some(Sides::new(source, target)),
        ..Columns::default()
    };
    let (number, heading) = (ColumnName::Number, |name: &str| ColumnName::Heading(name.to_owned()));
    let one = |table: &str, columns: &Columns| {
        let unit = read_with(table, columns).unwrap().units.remove(0);
        [unit.text(Side::Source).to_owned(), unit.text(Side::Target).to_owned()].join("|")
    };
    let table = "key|en-GB|fr|ar\nk|Yes.|Oui.|نعم.";
    assert_eq!(one(table, &asked(number(3), number(4))), "Oui.|نعم.");
    assert_eq!(one(table, &asked(heading("ar"), heading("FR"))), "نعم.|Oui.");
    assert_eq!(one("Old words|New words\na|b", &asked(heading("new words"), heading("old words"))), "b|a");
    assert_eq!(one("a|b|c\nd|e|f", &asked(number(1), number(3))), "a|c");
    let error = read_with(table, &asked(heading("de"), heading("ar"))).unwrap_err();
    insta::assert_snapshot!(error, @"there is no column `de`; the columns are `key`, `en-GB`, `fr`, `ar`");
    let error = read_with("a|b\nc|d", &asked(number(1), number(3))).unwrap_err();
    insta::assert_snapshot!(error, @"there is no column `3`; the columns are 1, 2");
}

#[test]
fn what_is_not_read_is_told() {
    let read = read_with("key|en|ar|notes\nk|Yes|نعم|\nl||  |why", &Columns::default()).unwrap();
    assert_eq!(read.told.count(&LeftOut::Row), 1);
    assert_eq!(read.told.notes, ["texts from the columns `en`, `ar`; not from `key`, `notes`"]);
    assert_eq!(read.units[0].unit.context, "k");
}

#[test]
fn a_status_column_says_what_is_no_translation() {
    let read = |table: &str| read_with(table, &Columns::default()).unwrap();
    let table = "Segment ID|Segment status|Source segment|Target segment\n1|Translated (100%)|a|b\n2|Draft (0%)|c|d\n\
                 3|Not Translated (0%)|e|f\n4|Signed off|g|h\n5|green|i|j\n6||k|l\n7|green|m|n";
    let file = read(table);
    let said: Vec<_> = file.units.iter().map(|u| (u.unit.status, u.unit.unfinished.clone())).collect();
    let done = (Status::Pending, None);
    let draft = (Status::Flagged, Some(LeftOut::ForReview));
    let none = (Status::Pending, Some(LeftOut::Untranslated));
    assert_eq!(
        said,
        [
            done.clone(),
            draft.clone(),
            none,
            (Status::Accepted, None),
            done.clone(),
            done.clone(),
            done.clone()
        ]
    );
    assert_eq!(file.told.notes[0], "`green` is no status that is known; such units are taken");
    let fuzzy = read("source|target|fuzzy\na|b|True\nc|d|false");
    let said: Vec<_> = fuzzy.units.iter().map(|u| (u.unit.status, u.unit.unfinished.clone())).collect();
    assert_eq!(said, [draft, done]);
}

#[test]
fn a_heading_is_told_by_the_key_beside_it() {
    assert_eq!(
        texts("Label|Menu text|نص القائمة\nopen|Open the file|افتح الملف"),
        ["Open the file|افتح الملف"]
    );
    assert_eq!(texts("Label|Shown|المعروض\nmenu.open|Open|افتح\nmenu.shut|Shut|أغلق").len(), 2);
    assert_eq!(texts("Label|Shown|المعروض\nOpen it|Open|افتح").len(), 2);
}

#[test]
fn what_is_read_as_headings_is_told() {
    let read = read_with("en|ar\nYes|نعم", &Columns::default()).unwrap();
    assert_eq!(read.told.notes, ["the first row is read as headings: `en`, `ar`"]);
    assert_eq!(read_with("Yes|نعم", &Columns::default()).unwrap().told.notes, Vec::<String>::new());
}
