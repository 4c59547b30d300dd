//! Searching the folder from the start page, over HTTP and in a real browser; and a second start of the program.

use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use fantoccini::Locator;
use fantoccini::key::Key;
use muqabala::bitext::{AlignedBead, Alignment, Bead, Bitext, Lang, SegmentedDocument, Sides};
use muqabala::project::{Project, ProjectFile};
use serde_json::{Value, json};

use crate::browser::{Page, run_start};
use crate::start_http::serve;
use crate::support::workbench::Server;

/// A project of these pairs.
fn project(path: &Path, pairs: &[(&str, &str)]) {
    let (ar, en): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
    let bitext = Bitext {
        documents: Sides::new(SegmentedDocument::from_lines(&ar), SegmentedDocument::from_lines(&en)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let beads = (0..ar.len() as u32).map(|i| AlignedBead::bare(Bead::new((i, i + 1), (i, i + 1)))).collect();
    let alignment = Alignment::new(beads, ar.len(), en.len()).unwrap();
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    drop(ProjectFile::create(path, Project::new(&bitext, alignment, Sides::default())).unwrap());
}

const MEMORY: &str = "<tmx version=\"1.4\"><header srclang=\"en\" datatype=\"x\" segtype=\"sentence\" adminlang=\"en\" \
    o-tmf=\"x\" creationtool=\"x\" creationtoolversion=\"1\"/><body>\
    <tu><tuv xml:lang=\"en\"><seg>Before it.</seg></tuv><tuv xml:lang=\"ar\"><seg>قبله.</seg></tuv></tu>\
    <tu><tuv xml:lang=\"en\"><seg>An agreement was signed.</seg></tuv><tuv xml:lang=\"ar\"><seg>وُقِّعَ اتِّفاقٌ.</seg></tuv></tu>\
    <tu><tuv xml:lang=\"en\"><seg>After it.</seg></tuv><tuv xml:lang=\"ar\"><seg>بعده.</seg></tuv></tu></body></tmx>";

/// Twenty projects, the last of them in a folder, in each of which the third pair holds the word, mostly vocalised; one
/// that was removed, and a memory.
fn fill(projects: &Path) {
    for i in 1..=20 {
        let word = if i % 5 == 0 { "الاتفاق" } else { "الاتِّفاقَ" };
        let name = if i == 20 { "law/20.muq".to_owned() } else { format!("{i:02}.muq") };
        let (ar, en) =
            (format!("وقّع الوزيرُ {word} رقم {i}."), format!("The minister signed agreement number {i}."));
        let pairs = [("افتُتحت الجلسة.", "The session was opened."), ("تكلم الوزير.", "The minister spoke.")];
        project(
            &projects.join(name),
            &[pairs[0], pairs[1], (&ar, &en), ("انتهت الجلسة.", "The session ended.")],
        );
    }
    project(&projects.join("Removed/old.muq"), &[("اتفاق قديم", "an old agreement")]);
    std::fs::write(projects.join("memory.tmx"), MEMORY).unwrap();
}

fn search(server: &Server, asked: &Value) -> Value {
    let begun = server.post("/api/search", asked);
    assert_eq!(begun.status, 200, "{}", begun.body);
    server.end_of(&begun.json()["job"])
}

#[test]
fn words_are_found_in_their_places_with_their_counterparts_and_written_into_files() {
    let f = serve();
    fill(&f.projects());
    let found = search(&f.server, &json!({ "words": "اتفاق" }))["result"].clone();
    let hits = found["hits"].as_array().unwrap();
    assert_eq!((hits.len(), &found["more"]), (21, &json!(false)), "{found}");
    assert_eq!(
        hits[0],
        json!({
            "file": "01.muq", "project": "01", "number": 3, "languages": ["ar", "en"],
            "mark": hits[0]["mark"],
            "spots": [
                { "side": "source", "start": 52, "within": 24, "text": "وقّع الوزيرُ الاتِّفاقَ رقم 1." },
                { "side": "target", "start": 44, "within": 0, "text": "The minister signed agreement number 1." },
            ],
            "texts": [["وقّع الوزيرُ ", "الاتِّفاقَ", " رقم 1."], ["The minister signed agreement number 1."]],
        })
    );
    assert_eq!(hits[20]["spots"], json!([]), "a memory has no documents");
    let others: Vec<_> =
        hits[19..].iter().map(|hit| (&hit["file"], &hit["project"], &hit["number"])).collect();
    let expected =
        [(json!("law/20.muq"), json!("law/20"), json!(3)), (json!("memory.tmx"), Value::Null, json!(2))];
    assert_eq!(others, expected.each_ref().map(|(a, b, c)| (a, b, c)), "what is removed is not found");

    assert_eq!((&found["files"], &found["pairs"]), (&json!(21), &json!(83)));

    // Fewer, of one language, as typed, of both languages.
    let count = |asked: Value| {
        let found = search(&f.server, &asked)["result"].clone();
        (found["hits"].as_array().unwrap().len(), found["more"].clone())
    };
    assert_eq!(count(json!({ "words": "اتفاق", "most": 7 })), (7, json!(true)));
    assert_eq!(count(json!({ "words": "اتفاق", "lang": "en" })), (0, json!(false)));
    assert_eq!(count(json!({ "words": "اتفاق", "matching": "exact" })), (1, json!(false)));
    assert_eq!(count(json!({ "words": "\"minister signed\" الاتفاق" })), (20, json!(false)));
    for (asked, name) in [(json!({ "words": " ?! " }), "no-word"), (json!({ "words": "" }), "no-word")] {
        assert_eq!(search(&f.server, &asked)["why"]["name"], json!(name), "{asked}");
    }
    for asked in [json!({}), json!({ "words": "a", "folder": "/" }), json!({ "words": "a", "write": "exe" })]
    {
        assert_eq!(f.server.post("/api/search", &asked).status, 422, "{asked}");
    }

    // What stands around, of files that the index has and of no other.
    let mark = hits[20]["mark"].as_str().unwrap();
    let around = f.server.get(&format!("/api/around?file=memory.tmx&number=2&mark={mark}"));
    let numbers: Vec<_> =
        around["pairs"].as_array().unwrap().iter().map(|pair| pair["number"].clone()).collect();
    assert_eq!(numbers, [1, 2, 3], "{around}");
    for file in ["../projects/01.muq", "/etc/passwd", "none.muq"] {
        let path = format!("/api/around?file={}&number=1&mark={mark}", file.replace('/', "%2F"));
        assert_eq!(f.server.send("GET", &path, "", "").status, 404, "{file}");
    }

    // All of it as a file, whose texts are those of the projects.
    let written =
        search(&f.server, &json!({ "words": "اتفاق", "write": "tmx", "most": 1 }))["result"].clone();
    assert_eq!(
        (&written["name"], &written["pairs"], &written["leftOut"]),
        (&json!("اتفاق.tmx"), &json!(21), &json!(0))
    );
    let file = f.server.send("GET", &format!("/api/file?upload={}", written["upload"]), "", "").body;
    assert_eq!(file.matches("</tu>").count(), 21);
    assert!(file.contains("<seg>وقّع الوزيرُ الاتِّفاقَ رقم 1.</seg>") && file.contains("law/20.muq 3"), "{file}");
    for format in ["tsv", "xlsx"] {
        let written = search(&f.server, &json!({ "words": "اتفاق", "write": format }))["result"].clone();
        assert_eq!(written["pairs"], json!(21), "{written}");
    }

    assert!(f.folder.path().join("cache/muqabala").is_dir(), "the index stands in the folder for caches");
}

/// Where the review page of a project comes to for a hit: row, side, and the text of the segment.
fn come_to(review: &Server, hit: &Value) -> (Value, Value, Value) {
    let found = review.post("/api/sought", &json!({ "number": hit["number"], "spots": hit["spots"] }));
    assert_eq!(found.status, 200, "{}", found.body);
    let found = found.json();
    let rows = review.get("/api/rows?from=0&count=200");
    let (row, side) = (&rows["beads"][found["row"].as_u64().unwrap() as usize], &found["segment"][0]);
    let segments = row[side.as_str().unwrap_or("source")].as_array().unwrap();
    let segment = segments.iter().find(|segment| segment["start"] == found["segment"][1]);
    (found["row"].clone(), side.clone(), segment.map_or(Value::Null, |s| s["text"].clone()))
}

/// The hits of a search stay on the page while the project is worked on, there or by another program.
#[test]
fn a_hit_leads_to_the_pair_that_holds_its_text_now() {
    let f = serve();
    let path = f.projects().join("a.muq");
    let pairs = [
        ("افتُتحت الجلسة.", "The session was opened."),
        ("تكلم الوزير.", "The minister spoke."),
        ("وقّع الوزير الاتفاق.", "The minister signed the agreement."),
        ("بدأ تنفيذ الاتفاق غدًا.", "The agreement comes into force tomorrow."),
        ("انتهت الجلسة.", "The session ended."),
    ];
    project(&path, &pairs);
    let hits = |words: &str| {
        search(&f.server, &json!({ "words": words, "lang": "en" }))["result"]["hits"]
            .as_array()
            .unwrap()
            .clone()
    };
    let found = hits("agreement");
    assert_eq!(found.iter().map(|hit| hit["number"].clone()).collect::<Vec<_>>(), [3, 4]);
    let (first, second) = (&found[0], &found[1]);
    let (is, was) =
        (|row: u64, text: &str| (json!(row), json!("target"), json!(text)), pairs.map(|pair| pair.1));

    let review = Server::start(&[&path]);
    let settings = json!({ "interface": "en", "autoRealign": false, "reviewer": "" });
    assert_eq!(review.post("/api/settings", &settings).status, 200);
    assert_eq!(come_to(&review, first), is(2, was[2]));
    let mut revision = 0;
    let mut edit = |edit: Value| {
        let answer = review.edit(revision, &edit);
        assert_eq!(answer.status, 200, "{edit}: {}", answer.body);
        revision = answer.json()["revision"].as_u64().unwrap();
    };
    // Pairs before it are merged, it itself with the next, its text is corrected, a pair between is broken up.
    edit(json!({ "edit": "merge", "bead": 1, "with": "next" }));
    assert_eq!((come_to(&review, first), come_to(&review, second)), (is(1, was[2]), is(2, was[3])));
    edit(json!({ "edit": "merge", "bead": 3, "with": "next" }));
    assert_eq!((come_to(&review, first), come_to(&review, second)), (is(1, was[2]), is(1, was[3])));
    let start = first["spots"][0]["start"].as_u64().unwrap();
    edit(json!({ "edit": "correct", "side": "target", "segment": start, "text": "He signed it." }));
    assert_eq!(come_to(&review, first), is(1, was[2]));
    // It is found again under its new words and number, and what stands around the old hit is told to be gone.
    let again = hits("\"signed it\"");
    assert_eq!((&again[0]["number"], &again[0]["spots"][0]["text"]), (&json!(2), &json!(was[2])));
    assert_eq!(come_to(&review, &again[0]), is(1, was[2]));
    let around = |hit: &Value| {
        let (number, mark) = (&hit["number"], hit["mark"].as_str().unwrap());
        f.server.send("GET", &format!("/api/around?file=a.muq&number={number}&mark={mark}"), "", "")
    };
    assert_eq!(around(first).json()["name"], json!("pair"), "it is one pair with the next by now");
    assert_eq!(around(&again[0]).json()["number"], json!(2));
    let last = hits("ended");
    edit(json!({ "edit": "split", "bead": 7, "source": 1, "target": 1 }));
    assert_eq!(come_to(&review, first), is(1, was[2]));
    assert_eq!(come_to(&review, second), is(2, was[3]));
    hits("session");
    assert_eq!((&last[0]["number"], around(&last[0]).json()["number"].clone()), (&json!(3), json!(4)));
    drop(review);

    // Another version of the documents: what stands elsewhere is found by its text; what is gone is said to be.
    std::fs::remove_file(&path).unwrap();
    project(&path, &[&[("سطر أول.", "A first line."), ("سطر ثان.", "A second line.")], &pairs[..3]].concat());
    let review = Server::start(&[&path]);
    assert_eq!(come_to(&review, first), is(4, was[2]));
    assert_eq!(
        come_to(&review, second),
        (json!(3), Value::Null, Value::Null),
        "where the fourth pair is now"
    );
    for body in
        [json!({ "number": 1 }), json!({ "number": -1, "spots": [] }), json!({ "number": 1, "spots": [{}] })]
    {
        assert_eq!(review.post("/api/sought", &body).status, 422, "{body}");
    }
}

/// The address that a start prints, and what it says; it must end by itself.
fn start_again(folder: &Path, more: &[&str]) -> (String, String) {
    let mut command = Server::start_command(folder, more);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = [String::new(), String::new()];
    child.stdout.take().unwrap().read_to_string(&mut said[0]).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut said[1]).unwrap();
    assert!(child.wait().unwrap().success(), "{said:?}");
    let [address, said] = said;
    (address.trim().to_owned(), said)
}

#[test]
fn a_second_start_of_a_folder_leads_to_the_page_that_runs() {
    let folder = tempfile::tempdir().unwrap();
    let first = Server::begin(Server::start_command(folder.path(), &[]));
    let (address, said) = start_again(folder.path(), &[]);
    assert!(said.contains("running   already"), "{said}");
    assert_eq!(address, first.address);
    assert_eq!(first.enter(address.split_once("#code=").unwrap().1).status, 200);

    // Who asks for the page without the secret of the file gets nothing.
    let ask = |headers: &str| {
        let head = format!("POST /standing HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n{headers}", first.port);
        first.raw(format!("{head}content-length: 0\r\nconnection: close\r\n\r\n").as_bytes()).unwrap().status
    };
    let (nonce, proof) = ("0".repeat(48), "0".repeat(64));
    assert_eq!(ask(""), 401);
    assert_eq!(
        ask(&format!(
            "x-muqabala-nonce: {nonce}\r\nx-muqabala-what: address\r\nx-muqabala-proof: {proof}\r\n"
        )),
        401
    );
    assert_eq!(ask("origin: http://evil.example\r\n"), 403);

    // One of another folder, and one at a port that is asked for, are pages of their own.
    let other = tempfile::tempdir().unwrap();
    let second = Server::begin(Server::start_command(other.path(), &[]));
    let third = Server::start_page(folder.path(), &[]);
    assert!(first.port != second.port && first.port != third.port);

    // When it is gone, the next start serves again.
    drop(third);
    drop(first);
    let again = Server::begin(Server::start_command(folder.path(), &[]));
    assert_eq!(again.get("/api/desk")["projects"], json!([]));
}

impl Page<'_> {
    async fn type_words(&self, words: &str) {
        let field = self.client.find(Locator::Css("#search-words")).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(&format!("{words}{}", Key::Enter)).await.unwrap();
    }
}

#[test]
fn a_vocalised_word_is_found_in_twenty_projects_and_leads_to_its_pair_in_both_languages() {
    run_start(async |page, _, folder| {
        fill(&folder.join("projects"));
        for (language, found, none) in [
            ("en", "21 pairs found", "Nothing was found."),
            ("ar", "الأزواج التي وُجدت: ٢١", "لم يُعثر على شيء."),
        ] {
            if language == "ar" {
                page.js("document.getElementById('language').click()").await;
                page.until("document.documentElement.lang === 'ar'").await;
            }
            page.js("document.querySelector('nav a[href=\"#search\"]').click()").await;
            page.until("document.activeElement.id === 'search-words'").await;
            page.axe("an empty search").await;
            page.type_words("الاتِّفاقَ").await;
            page.until(&format!("document.querySelector('#search-found .count')?.textContent === '{found}'"))
                .await;
            page.until(&format!("document.getElementById('live').textContent === '{found}'")).await;
            let marks = "return [...document.querySelectorAll('.hit mark')].map((m) => m.textContent)";
            let marks = page.js(marks).await;
            assert_eq!(
                marks.as_array().unwrap().iter().filter(|m| **m == json!("الاتِّفاقَ")).count(),
                16,
                "{marks}"
            );
            assert_eq!(
                page.js("return [...document.querySelector('.hit').querySelectorAll('.hit-text')].map((p) => [p.lang, p.dir])").await,
                json!([["ar", "rtl"], ["en", "ltr"]])
            );
            page.axe(&format!("hits, {language}")).await;
            for (theme, width) in [("light", 1440), ("light", 390), ("dark", 1440)] {
                page.js(&format!("document.documentElement.dataset.theme = '{theme}'")).await;
                page.client.set_window_size(width, 900).await.unwrap();
                let over =
                    "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
                assert_eq!(page.js(over).await, json!(false), "wider than {width}");
                page.shot(&format!("start-search-{language}-{theme}-{width}")).await;
            }
            page.js("document.documentElement.dataset.theme = 'light'").await;
            page.client.set_window_size(1440, 900).await.unwrap();

            // What stands around a pair, by keyboard; Esc leads back.
            page.js("document.querySelector('.hit:last-child .open').focus()").await;
            page.press(&Key::Enter.to_string()).await;
            page.until("document.querySelectorAll('dialog .around li').length === 3").await;
            assert_eq!(
                page.js("return document.querySelector('dialog [aria-current] mark').textContent").await,
                json!("اتِّفاقٌ")
            );
            let fits = "const d = document.querySelector('dialog'); return d.scrollWidth <= d.clientWidth";
            assert_eq!(page.js(fits).await, json!(true), "what stands around is cut off");
            page.axe(&format!("around a pair, {language}")).await;
            page.shot(&format!("start-around-{language}")).await;
            page.press(&Key::Escape.to_string()).await;
            page.until("!document.querySelector('dialog') && document.activeElement.matches('.hit:last-child .open')").await;

            // A file of all of it.
            page.js(
                "seen.saved = null; document.querySelectorAll('#search-found .buttons button')[2].click()",
            )
            .await;
            page.until("seen.saved?.split('</tu>').length === 22").await;

            // Straight to the place: the third pair of the project, and back to what was found.
            page.js("document.querySelectorAll('.hit .open')[4].focus()").await;
            page.press(&Key::Enter.to_string()).await;
            page.until("window.seen?.ready && document.getElementById('grid')").await;
            page.settle().await;
            assert_eq!(
                page.js(
                    "return [seen.position, document.getElementById('title').textContent, location.hash]"
                )
                .await,
                json!([2, "05.muq", ""])
            );
            page.until("!document.querySelector('[data-do=home]').hidden").await;
            page.axe(&format!("the review page with a way back, {language}")).await;
            page.shot(&format!("review-home-{language}")).await;
            page.js("document.querySelector('[data-do=home]').click()").await;
            page.until("document.getElementById('folder')?.textContent").await;
            page.until(&format!("document.querySelector('#search-found .count')?.textContent === '{found}'"))
                .await;

            page.type_words("لا شيء كهذا").await;
            page.until(&format!("document.querySelector('#search-found .count')?.textContent === '{none}'"))
                .await;
            page.type_words("؟!").await;
            page.until("!document.getElementById('search-trouble').hidden").await;
            page.axe(&format!("no word, {language}")).await;
        }
    });
}

#[test]
fn a_hit_leads_to_its_pair_though_others_were_merged_since() {
    run_start(async |page, server, folder| {
        let pairs = [
            ("افتُتحت الجلسة.", "The session was opened."),
            ("تكلم الوزير.", "The minister spoke."),
            ("وقّع الوزير الاتفاق.", "The minister signed the agreement."),
            ("انتهت الجلسة.", "The session ended."),
        ];
        let path = |name: &str| folder.join("projects").join(name);
        project(&path("a.muq"), &pairs);
        project(&path("b.muq"), &pairs);
        page.js("document.querySelector('nav a[href=\"#search\"]').click()").await;
        page.until("document.activeElement.id === 'search-words'").await;
        page.type_words("agreement").await;
        page.until("document.querySelectorAll('.hit').length === 2").await;
        let hits = page.client.window().await.unwrap();

        // In another window the first two pairs of one are made one, and the other becomes other documents.
        let other = page.client.new_window(true).await.unwrap().handle;
        page.client.switch_to_window(other).await.unwrap();
        let address = server.post("/api/open", &json!({ "project": "a" })).json()["address"].clone();
        page.open(address.as_str().unwrap()).await;
        page.settle().await;
        page.js("document.getElementById('auto').click()").await;
        page.edit("m").await;
        page.client.close_window().await.unwrap();
        std::fs::remove_file(path("b.muq")).unwrap();
        project(&path("b.muq"), &[("سطر.", "A line."), ("سطر آخر.", "Another line.")]);

        page.client.switch_to_window(hits).await.unwrap();
        page.js("document.querySelectorAll('.hit .open')[0].click()").await;
        page.until("window.seen?.ready && document.getElementById('grid')").await;
        page.settle().await;
        let here =
            "return [seen.position, document.activeElement.textContent, document.querySelector('.refused')]";
        assert_eq!(page.js(here).await, json!([1, pairs[2].1, null]));

        // What is gone is said beside the nearest pair, until Esc. An address that says nothing of use is passed over.
        let open = || server.post("/api/open", &json!({ "project": "b" })).json()["address"].clone();
        let sought = "%7B%22number%22%3A4%2C%22spots%22%3A%5B%5D%7D";
        page.open(&format!("{}&sought={sought}", open().as_str().unwrap())).await;
        page.settle().await;
        assert_eq!(page.js("return seen.position").await, json!(1));
        let said = "return [document.querySelector('.row.current .refused span').textContent, document.getElementById('live').textContent]";
        let why = "What you came for does not stand in this project any more; this is where it stood.";
        assert_eq!(page.js(said).await, json!([why, why]));
        page.axe("what is gone").await;
        page.shot("start-sought-gone").await;
        page.press(&Key::Escape.to_string()).await;
        page.until("!document.querySelector('.refused')").await;
        page.open(&format!("{}&sought=%7B%22", open().as_str().unwrap())).await;
        page.settle().await;
        assert_eq!(page.js("return document.querySelector('.refused')").await, json!(null));
    });
}
