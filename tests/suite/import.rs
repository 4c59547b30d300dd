//! Files with two languages as `align --from` takes them: the pair asked for, no text lost in silence, states.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use muqabala::bitext::{Lang, Sides};
use muqabala::read::{BilingualOptions, Input, ReadBilingual, ReadOptions, UnfinishedRead, read_bilingual};
use tempfile::TempDir;

use crate::support::{Ran, run};

/// What `content`, a file called `name`, gives.
fn read_with(name: &str, content: &[u8], wanted: &BilingualOptions) -> Result<ReadBilingual, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    read_bilingual(&Input::File(path), &ReadOptions::default(), wanted).map_err(|e| e.to_string())
}

fn asked(source: &str, target: &str) -> BilingualOptions {
    let mut wanted = BilingualOptions::default();
    wanted.languages = Sides::new(source.parse::<Lang>().ok(), target.parse::<Lang>().ok());
    wanted
}

/// The pairs read, what was left out, and what was told, a line each.
fn shown(read: &ReadBilingual) -> String {
    let texts =
        read.documents.as_ref().map(|d| d.blocks().iter().map(|b| d.slice(b.span)).collect::<Vec<_>>());
    let pairs = texts.source.iter().zip(&texts.target).map(|(s, t)| format!("{s} = {t}"));
    let left = read.told.left_out.iter().map(|(what, &count)| format!("left out {}", what.words(count)));
    pairs
        .chain(left)
        .chain(read.told.notes.iter().cloned())
        .collect::<Vec<_>>()
        .join("\n")
        .replace('\u{a0}', " ")
}

fn read(name: &str, content: &str) -> String {
    read_with(name, content.as_bytes(), &BilingualOptions::default()).map_or_else(|e| e, |read| shown(&read))
}

fn tmx(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"de\"/>\n<body>\n{body}\n</body></tmx>\n"
    )
}

fn unit(texts: &[(&str, &str)]) -> String {
    let one = |(code, text): &(&str, &str)| format!("<tuv xml:lang=\"{code}\"><seg>{text}</seg></tuv>");
    format!("<tu>{}</tu>\n", texts.iter().map(one).collect::<String>())
}

#[test]
fn of_a_memory_of_many_languages_each_pair_is_read_by_itself() {
    let memory = tmx(&[
        unit(&[("de", "Brot"), ("ar", "خبز"), ("ru", "хлеб")]),
        unit(&[("de", "Milch"), ("ru", "молоко")]),
        unit(&[("de", "Salz"), ("ar", "ملح")]),
    ]
    .concat());
    let of = |source: &str, target: &str| {
        read_with("m.tmx", memory.as_bytes(), &asked(source, target)).map_or_else(|e| e, |read| shown(&read))
    };
    insta::assert_snapshot!(of("ru", "ar"), @r"
    хлеб = خبز
    left out 2 units with text on one side alone
    left out 1 text in de
    ");
    insta::assert_snapshot!(of("", "ru"), @r"
    Brot = хлеб
    Milch = молоко
    left out 1 unit with text on one side alone
    left out 1 text in ar
    ");
    assert!(
        of("", "").ends_with(
            "is not read: it holds several pairs of languages: de → ar (2 units), de → ru (2 units)"
        )
    );
    assert!(of("fr", "ar").contains("it holds no texts in fr"));
}

#[test]
fn an_xliff_of_several_files_gives_those_of_the_pair() {
    let file = |target: &str, text: &str| {
        format!(
            "<file source-language='de' target-language='{target}' original='x' datatype='plaintext'><body><trans-unit id='1'><source>Guten Tag.</source><target>{text}</target></trans-unit></body></file>"
        )
    };
    let xliff = format!(
        "<q:xliff xmlns:q='urn:oasis:names:tc:xliff:document:1.2' version='1.2'>{}{}{}</q:xliff>",
        file("ar-EG", "نهارك سعيد."),
        file("pl", "Dzień dobry."),
        file("ar-SA", "طاب يومك.")
    );
    let of = |target: &str| {
        read_with("m.xlf", xliff.as_bytes(), &asked("", target)).map_or_else(|e| e, |read| shown(&read))
    };
    insta::assert_snapshot!(of("pl"), @r"
    Guten Tag. = Dzień dobry.
    left out 1 unit of de → ar-EG
    left out 1 unit of de → ar-SA
    ");
    insta::assert_snapshot!(of("ar-SA"), @r"
    Guten Tag. = طاب يومك.
    left out 1 unit of de → ar-EG
    left out 1 unit of de → pl
    ");
    insta::assert_snapshot!(of("ar"), @r"
    Guten Tag. = نهارك سعيد.
    Guten Tag. = طاب يومك.
    left out 1 unit of de → pl
    2 units of another region than was asked for: ar is read from texts in ar-EG, ar-SA
    ");
    assert!(of("").contains("de → ar-EG (1 unit), de → ar-SA (1 unit), de → pl (1 unit)"), "{}", of(""));
}

#[test]
fn units_and_texts_in_odd_places_are_kept_or_named() {
    let stray = tmx(&format!(
        "{}<tuv xml:lang='de'><seg>Tee</seg></tuv><tuv xml:lang='ar'><seg>شاي</seg></tuv></tu>\n<section>{}</section>",
        unit(&[("de", "Brot"), ("ar", "خبز")]),
        unit(&[("de", "Salz"), ("ar", "ملح")])
    ));
    insta::assert_snapshot!(read("m.tmx", &stray), @r"
    Brot = خبز
    Tee = شاي
    Salz = ملح
    line 5: a <tuv> outside of units; such are read as units
    line 5: the XML is not well-formed: an end that is missing or too many; `tmx fix` mends it
    ");
    let inside = tmx(
        "<tu>oh<tuv xml:lang='de'><seg>Ein <k:w xmlns:k='k'>roter</k:w><ph type='lb'/><mark>Hut</mark></seg></tuv>\n<tuv xml:lang='ar'><seg>قبعة<ph>&lt;br/&gt;</ph><![CDATA[<حمراء>]]><!-- x --></seg></tuv></tu>",
    );
    insta::assert_snapshot!(read("m.tmx", &inside), @r"
    Ein roter Hut = قبعة <حمراء>
    left out 1 text outside of units
    line 4: a text outside of units
    ");
    let entities = "<!DOCTYPE tmx [<!ENTITY firm \"Nil &amp; Co\"><!ENTITY far SYSTEM \"http://example.invalid/\">]>\n<tmx><header/><body><tu><tuv lang='de'><seg>&firm;</seg></tuv><tuv lang='ar'><seg>النيل</seg></tuv></tu></body></tmx>";
    assert_eq!(read("m.tmx", entities), "Nil & Co = النيل");
    let far = read("m.tmx", &entities.replace("<seg>&firm;", "<seg>&far;"));
    assert!(
        far.ends_with("is not read: line 2: the entity &far; stands in another file, which is never fetched"),
        "{far}"
    );
}

/// Entities within entities, long ones and ones in attributes, and characters beyond U+FFFF in two halves, are read
/// alike in every format of XML.
#[test]
fn entities_and_halves_of_characters_have_their_meaning() {
    let long = "نص طويل ".repeat(60);
    let doctype = |root: &str| {
        format!(
            "<!DOCTYPE {root} [\n<!ENTITY mill \"Tawahin\">\n<!ENTITY house '&mill; & Sons; &#x627;&#38;amp;'>\n\
             <!ENTITY terms \"{long}\">\n<!ENTITY tongue 'ar'>\n<!ENTITY bold '<b>x</b>'>\n<!ENTITY again '&again;'>]>\n"
        )
    };
    let wanted = format!("Tawahin & Sons; ا& \u{1f4d6} = {}", long.trim());
    let (left, right) = ("&house; &#55357;&#56534;", "&terms;");
    let files = [
        (
            "m.tmx",
            doctype("tmx"),
            format!(
                "<tmx version='1.4'><header/><body><tu><tuv xml:lang='en'><seg>{left}</seg></tuv><tuv xml:lang='&tongue;'><seg>{right}</seg></tuv></tu></body></tmx>"
            ),
        ),
        (
            "m.xlf",
            doctype("xliff"),
            format!(
                "<xliff version='1.2'><file source-language='en' target-language='&tongue;'><body><trans-unit id='1'><source>{left}</source><target>{right}</target></trans-unit></body></file></xliff>"
            ),
        ),
        (
            "n.xlf",
            doctype("xliff"),
            format!(
                "<xliff version='2.0' srcLang='en' trgLang='&tongue;'><file id='f'><unit id='1'><segment><source>{left}</source><target>{right}</target></segment></unit></file></xliff>"
            ),
        ),
    ];
    for (name, head, body) in &files {
        assert_eq!(read(name, &(head.clone() + body)), wanted, "{name}");
        let told = |reference: &str| read(name, &(head.clone() + &body.replace("&terms;", reference)));
        for (reference, why) in [
            ("&bold;", "holds elements, which are read where they stand in the text alone"),
            ("&again;", "refers to itself, or to others more than 8 deep, or is longer than 4096 bytes"),
            ("&#55357; &#56534;", "&#xD83D; is no character of XML"),
            ("&#11;", "&#xB; is no character of XML"),
            ("&nowhere;", "unknown entity &nowhere;"),
        ] {
            let told = told(reference);
            assert!(
                told.contains("is not read: line 8: ") && told.ends_with(why),
                "{name}, {reference}: {told}"
            );
        }
        let much = told(&"&terms;".repeat(100_000));
        assert!(much.ends_with("the entities make the file too large, at &terms;"), "{}", much.len());
    }
}

#[test]
fn states_say_what_is_no_translation() {
    let unit = |id: u32, attributes: &str, target: &str| {
        format!("<trans-unit id='{id}' {attributes}><source>Text {id}.</source>{target}</trans-unit>")
    };
    let body = [
        unit(1, "", "<target state='final'>نص 1.</target>"),
        unit(2, "", "<target state='needs-review-translation'>نص 2.</target>"),
        unit(3, "", "<target state='needs-translation'>Text 3.</target>"),
        unit(4, "", "<target>Text 4.</target>"),
        unit(5, "translate='no'", "<target>Text 5.</target>"),
        unit(6, "", ""),
        unit(7, "approved='yes'", "<target>نص 7.</target><alt-trans><target>نصوص</target></alt-trans>"),
    ];
    let xliff = format!(
        "<xliff version='1.2'><file source-language='de' target-language='ar'><body>{}</body></file></xliff>",
        body.concat()
    );
    insta::assert_snapshot!(read("s.xlf", &xliff), @r"
    Text 1. = نص 1.
    Text 7. = نص 7.
    left out 1 unit with text on one side alone
    left out 1 unit not translated yet
    left out 1 unit not to be translated
    left out 1 unit whose target repeats the source
    left out 1 unit that asks for review
    left out 1 proposed translation
    ");
    let mut all = BilingualOptions::default();
    all.unfinished = UnfinishedRead::All;
    let kept = read_with("s.xlf", xliff.as_bytes(), &all).unwrap();
    assert_eq!((kept.units, kept.decided.len()), (6, 6));
    // Names may be the same in languages of one script.
    let same = xliff.replace("'ar'", "'fr'").replace("state='needs-translation'", "");
    assert!(!read("s.xlf", &same).contains("repeats"), "{}", read("s.xlf", &same));
}

#[test]
fn tables_are_read_by_their_headings() {
    insta::assert_snapshot!(read("t.csv", "Nr;Deutsch;Arabisch;Bemerkungen\r\n1;Brot;خبز;\r\n2;Salz;;fehlt\r\n"), @r"
    Brot = خبز
    left out 1 unit with text on one side alone
    texts from the columns `Deutsch`, `Arabisch`; not from `Nr`, `Bemerkungen`
    ");
    insta::assert_snapshot!(read("t.tsv", "الأصل\tالترجمة\nBrot\tخبز\n"), @r"
    Brot = خبز
    the first row is read as headings: `الأصل`, `الترجمة`
    ");
    insta::assert_snapshot!(read("t.csv", "anglais,arabe\nBread,خبز\n"), @r"
    Bread = خبز
    the first row is read as headings: `anglais`, `arabe`
    ");
    assert_eq!(read("t.csv", "Bread,خبز\nSalt,ملح\n"), "Bread = خبز\nSalt = ملح");
    let many = read("t.csv", "key,de,ar,pl\nk,Brot,خبز,chleb\n");
    assert!(
        many.ends_with("it holds several pairs of languages: de → ar (1 unit), de → pl (1 unit)"),
        "{many}"
    );
}

#[test]
fn wordfast_memories_are_read_in_utf_16_too() {
    let memory = "%20230101~090000\t%User ID,K,K Kay\t%TU=00000002\t%DE-01\t%Wordfast TM v.3.35/00\t%AR-EG\t%-----------\r\n\
        20230101~090001\tK\t0\tDE-01\tBrot &tA;und&tB; Salz\tAR-EG\tخبز وملح\r\n20230101~090002\tK\t1\tDE-01\tTee\tAR-EG\t\r\n";
    let expected = "Brot und Salz = خبز وملح\nleft out 1 unit with text on one side alone";
    assert_eq!(read("m.txt", memory), expected);
    let wide: Vec<u8> = format!("\u{feff}{memory}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(shown(&read_with("m.txt", &wide, &BilingualOptions::default()).unwrap()), expected);
}

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn packed_files_are_looked_into() {
    let memory = tmx(&unit(&[("de", "Brot"), ("ar", "خبز")]));
    let of = |name: &str, bytes: &[u8]| {
        read_with(name, bytes, &BilingualOptions::default()).map_or_else(|e| e, |read| shown(&read))
    };
    assert_eq!(of("m.tmx.gz", &gzip(memory.as_bytes())), "Brot = خبز");
    let xliff = "<xliff version='1.2'><file source-language='de' target-language='ar'><body><trans-unit id='1'><source>Salz</source><target>ملح</target></trans-unit></body></file></xliff>";
    let package = zip(&[
        ("project.sdlproj", b"<Project/>"),
        ("ar-EG/a.sdlxliff", xliff.as_bytes()),
        ("tm/inner.tmx.gz", &gzip(memory.as_bytes())),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\t"),
    ]);
    insta::assert_snapshot!(of("p.sdlppx", &package), @r"
    Salz = ملح
    Brot = خبز
    read of the package: ar-EG/a.sdlxliff, tm/inner.tmx
    not read of the package: picture.png, project.sdlproj
    ");
    assert_eq!(of("d.mqxlz", &zip(&[("document.mqxliff", xliff.as_bytes())])), "Salz = ملح");
    let nothing = of("p.zip", &zip(&[("a.txt", b"hello")]));
    assert!(
        nothing.ends_with("it is a package without a file of two languages; it holds a.txt"),
        "{nothing}"
    );
    let mut best = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    best.write_all(&vec![b' '; 64 << 20]).unwrap();
    let bomb = of("b.gz", &best.finish().unwrap());
    assert!(bomb.ends_with("it unpacks to more than 250 times its size"), "{bomb}");
    assert!(of("b.gz", &gzip(b"x")[..12]).contains("is damaged: broken gzip data"));
}

/// The tables and segments of Trados as they are assumed to be.
#[test]
fn a_trados_memory_is_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("m.sdltm");
    let memory = rusqlite::Connection::open(&path).unwrap();
    let segment = |code: &str, text: &str| {
        format!(
            "<Segment><Elements><Text><Value>{text}</Value></Text><Tag><Type>Standalone</Type></Tag></Elements><CultureName>{code}</CultureName></Segment>"
        )
    };
    memory
        .execute_batch(
            "CREATE TABLE translation_memories (id INTEGER, source_language TEXT, target_language TEXT);
             INSERT INTO translation_memories VALUES (1, 'de-DE', 'ar-EG');
             CREATE TABLE translation_units (id INTEGER PRIMARY KEY, source_segment TEXT, target_segment TEXT);",
        )
        .unwrap();
    let add = |source: String, target: String| {
        let insert = "INSERT INTO translation_units (source_segment, target_segment) VALUES (?1, ?2)";
        memory.execute(insert, (source, target)).unwrap();
    };
    add(segment("de-DE", "Brot &amp; Salz"), segment("", "خبز وملح"));
    add("broken".to_owned(), segment("", "شاي"));
    let begun = "INSERT INTO translation_units (source_segment, target_segment) VALUES (?1, NULL)";
    memory.execute(begun, [segment("de-DE", "Tee")]).unwrap();
    let read = || {
        let input = Input::File(path.clone());
        read_bilingual(&input, &ReadOptions::default(), &BilingualOptions::default())
            .map_err(|e| e.to_string())
    };
    let found = read().unwrap();
    assert_eq!(shown(&found).lines().next(), Some("Brot & Salz = خبز وملح"));
    assert_eq!(found.languages.target, "ar-EG".parse().ok());
    assert!(shown(&found).contains("left out 1 text outside of units"));
    assert!(shown(&found).contains("left out 1 unit with text on one side alone"), "{}", shown(&found));
    memory.execute_batch("DROP TABLE translation_units").unwrap();
    assert!(
        read()
            .unwrap_err()
            .contains("cannot be read as a memory of Trados: no such table: translation_units")
    );
}

/// A folder with `content` in a file called `name`.
fn folder(name: &str, content: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    folder
}

fn ok(folder: &Path, arguments: &[&str]) -> Ran {
    let ran = run(folder, arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

/// Units that a fresh alignment would join or cut stay as they are, and a project knows what was decided.
#[test]
fn units_are_kept_and_their_states_are_decisions() {
    let unit = |id: u32, state: &str, source: &str, target: &str| {
        format!(
            "<trans-unit id='{id}'><source>{source}</source><target state='{state}'>{target}</target></trans-unit>"
        )
    };
    let body = [
        unit(1, "signed-off", "The mill burnt down. Nobody was hurt.", "احترقت الطاحونة ولم يصب أحد."),
        unit(2, "needs-review-translation", "The cat sleeps.", "ينام القط. وهو سعيد."),
        unit(3, "translated", "Completely other words here.", "7"),
        unit(4, "new", "Left.", "يسار."),
    ];
    let xliff = format!(
        "<xliff version='1.2'><file source-language='en' target-language='ar'><body>{}</body></file></xliff>",
        body.concat()
    );
    let folder = folder("job.xlf", &xliff);
    let path = folder.path();
    let ran = ok(path, &["align", "--from", "job.xlf", "--keep-units", "--save", "job.muq", "-o", "job.tsv"]);
    assert!(ran.err.contains("left out  1 unit not translated yet (--with-untranslated)"), "{}", ran.err);
    let rows = fs::read_to_string(path.join("job.tsv")).unwrap();
    let texts: Vec<&str> = rows.lines().skip(1).map(|row| row.rsplitn(5, '\t').last().unwrap()).collect();
    assert_eq!(
        texts,
        [
            "The mill burnt down. Nobody was hurt.\tاحترقت الطاحونة ولم يصب أحد.",
            "The cat sleeps.\tينام القط. وهو سعيد.",
            "Completely other words here.\t7"
        ]
    );
    ok(path, &["export", "job.muq", "-o", "job.csv"]);
    let rows = fs::read_to_string(path.join("job.csv")).unwrap();
    let states: Vec<&str> = rows.lines().skip(1).map(|row| row.split(',').rev().nth(1).unwrap()).collect();
    assert_eq!(states, ["accepted", "flagged", "pending"]);
    let ran = run(path, &["align", "--from", "job.xlf", "--keep-units", "--pins", "x"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--keep-units"), "{}", ran.err);
}

/// A unit is what its translator made of it, also where its texts are those of its neighbours.
#[test]
fn units_stay_pairs_whatever_their_texts_say() {
    let pairs = [
        ("The bridge of 1987 was closed.", "وصل 42 حصانا."),
        ("The minister thanked those present.", "شكر الوزير الحاضرين."),
        ("42 horses arrived.", "أغلق جسر عام 1987."),
    ];
    let units = pairs.map(|(en, ar)| {
        format!("<trans-unit id='{en}'><source>{en}</source><target>{ar}</target></trans-unit>")
    });
    let xliff = format!(
        "<xliff version='1.2'><file source-language='en' target-language='ar'><body>{}</body></file></xliff>",
        units.concat()
    );
    let folder = folder("job.xlf", &xliff);
    let ran = ok(folder.path(), &["align", "--from", "job.xlf", "--keep-units", "--format", "tsv"]);
    let rows: Vec<&str> = ran.out.lines().skip(1).map(|row| row.rsplitn(5, '\t').last().unwrap()).collect();
    assert_eq!(rows, pairs.map(|(en, ar)| format!("{en}\t{ar}")));
}

#[test]
fn columns_are_asked_for_on_the_command_line() {
    let folder = folder("t.csv", "Old wording,New wording,Arabic\nBuns,Bread,خبز\n");
    let path = folder.path();
    let ran = ok(path, &["align", "--from", "t.csv", "--columns", "new wording,ar", "--format", "tsv"]);
    assert!(ran.out.contains("\nBread\tخبز\t"), "{}", ran.out);
    let ran = ok(path, &["align", "--from", "t.csv", "--columns", "1,3", "--format", "tsv"]);
    assert!(ran.out.contains("\nBuns\tخبز\t"), "{}", ran.out);
    let ran = run(path, &["align", "--from", "t.csv", "--columns", "1,7"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no column `7`"), "{}", ran.err);
}

/// What `--inline-tags` kept is inline elements in memories, and the texts read back are without.
#[test]
fn inline_markup_becomes_elements() {
    let folder = folder("ar.html", "<p>اضغط <b>حفظ</b> الآن.</p>");
    let path = folder.path();
    fs::write(path.join("en.html"), "<p>Press <b>Save</b> now &amp; here.</p>").unwrap();
    for (file, expected) in [
        ("x.tmx", r#"Press <bpt i="1" x="1">&lt;1&gt;</bpt>Save<ept i="1">&lt;/1&gt;</ept> now &amp; here."#),
        (
            "x.xlf",
            r#"Press <bpt id="1" rid="1">&lt;1&gt;</bpt>Save<ept id="1" rid="1">&lt;/1&gt;</ept> now &amp; here."#,
        ),
        ("x.xlf2", r#"Press <pc id="1">Save</pc> now &amp; here."#),
    ] {
        ok(path, &["align", "ar.html", "en.html", "--inline-tags", "-o", file]);
        let written = fs::read_to_string(path.join(file)).unwrap();
        assert!(written.contains(expected), "{written}");
        let again = ok(path, &["align", "--from", file, "--keep-units", "--format", "tsv"]);
        assert!(again.out.contains("\nاضغط حفظ الآن.\tPress Save now & here.\t"), "{}", again.out);
    }
    ok(path, &["align", "ar.html", "en.html", "--inline-tags", "--save", "p.muq"]);
    ok(path, &["export", "p.muq", "--inline-tags", "-o", "p.tmx"]);
    assert!(fs::read_to_string(path.join("p.tmx")).unwrap().contains("<bpt i=\"1\""));
}
