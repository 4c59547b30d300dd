//! What the workbench answers when the page looks something up: evidence, doubts and rivals of a bead, rows
//! found, the next row.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::workbench::{self, Server};

const ARABIC: &str =
    "قال الوزير إنّ بغداد مدينة كبيرة.\nبُنيت 15 مدرسة في أربيل.\nوزار الوفد البصرة في 22 تموز 2024.\n";
const ENGLISH: &str = "The minister said that Baghdad was a large city.\n15 schools were built in Erbil.\nThe delegation visited Basra on July 22, 2024.\n";

fn serve() -> (tempfile::TempDir, Server) {
    serve_texts(ARABIC, ENGLISH)
}

fn serve_texts(arabic: &str, english: &str) -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("ar.txt"), folder.path().join("en.txt"));
    std::fs::write(&source, arabic).unwrap();
    std::fs::write(&target, english).unwrap();
    let (save, project) = (PathBuf::from("--save"), folder.path().join("p.muq"));
    let server = Server::start(&[&source, &target, &save, &project]);
    (folder, server)
}

/// Serves the project of [`workbench::mixed`].
fn serve_mixed() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.muq");
    workbench::mixed(&path);
    let server = Server::start(&[&path]);
    (folder, server)
}

fn rows(server: &Server) -> Vec<Value> {
    server.get("/api/rows?from=0&count=200")["beads"].as_array().unwrap().clone()
}

fn detail(server: &Server, row: usize) -> Value {
    server.get(&format!("/api/bead/{}", rows(server)[row]["id"]))
}

#[test]
fn evidence_marks_places_in_the_texts() {
    let (_folder, server) = serve();
    let beads = server.get("/api/rows?from=0&count=10");
    let id = beads["beads"][1]["id"].as_u64().unwrap();
    let detail = server.get(&format!("/api/bead/{id}"));
    let evidence = detail["evidence"].as_array().unwrap();
    let numbers = evidence.iter().find(|e| e["kind"] == "numbers").unwrap_or_else(|| panic!("{detail}"));
    assert!(numbers["cost"].as_f64().unwrap() < 0.0, "{numbers}");
    let matched = &numbers["matches"][0];
    assert_eq!(matched["texts"]["target"], "15");
    // As JavaScript counts: in UTF-16 units from the segment's beginning.
    for (side, text) in [("source", ARABIC), ("target", ENGLISH)] {
        let place = &matched["places"][side];
        let line: Vec<u16> = text.lines().nth(1).unwrap().encode_utf16().collect();
        let at = |name: &str| place[name].as_u64().unwrap() as usize;
        let marked = String::from_utf16(&line[at("from")..at("to")]).unwrap();
        assert_eq!(Value::from(marked), matched["texts"][side], "{side}");
    }
    let sum: f64 = evidence.iter().map(|e| e["cost"].as_f64().unwrap()).sum();
    assert!((sum - detail["cost"].as_f64().unwrap()).abs() < 1e-3, "{detail}");
    assert_eq!(server.send("GET", "/api/bead/999", "", "").status, 404);
}

#[test]
fn what_stands_on_one_side_alone_is_told_as_the_document_has_it() {
    let (_folder, server) = serve_texts(
        "وصل بسعر ٥٠ دينارا يوم الأحد.\nقال المدير شيئا.\n",
        "It arrived in July.\nThe manager said 70 things.\n",
    );
    let id = server.get("/api/rows?from=0&count=10")["beads"][0]["id"].as_u64().unwrap();
    let detail = server.get(&format!("/api/bead/{id}"));
    let doubts = detail["doubts"].as_array().unwrap();
    let missing = doubts.iter().find(|d| d["value"] == "50 dinars").unwrap_or_else(|| panic!("{detail}"));
    assert_eq!((&missing["side"], &missing["text"]), (&json!("source"), &json!("٥٠ دينارا")));
    let alone =
        detail["evidence"].as_array().unwrap().iter().flat_map(|e| e["unmatched"].as_array().unwrap());
    let texts: Vec<&Value> = alone.map(|u| &u["text"]).collect();
    assert!(texts.contains(&&json!("٥٠ دينارا")), "{texts:?}");
}

#[test]
fn rows_are_found_however_their_letters_are_written() {
    let (_folder, server) = serve();
    let beads = server.get("/api/rows?from=0&count=10");
    assert_eq!(beads["total"], 3, "{beads}");
    let found = |query: &str| server.get(&format!("/api/find?{query}"))["rows"].clone();
    assert_eq!(found(""), json!([0, 1, 2]));
    // "ان بغداد" without shadda and hamza; "BASRA"; a number in Arabic digits.
    assert_eq!(found("q=%D8%A7%D9%86%20%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF"), json!([0]));
    assert_eq!(found("q=BASRA"), json!([2]));
    assert_eq!(found("q=%D9%A1%D9%A5"), json!([1]));
    assert_eq!(found("q=nowhere"), json!([]));
    assert_eq!(found("type=1-1&min=0"), json!([0, 1, 2]));
    assert_eq!(found("type=null"), json!([]));
    assert_eq!(found("max=-1"), json!([]));
    let revision = beads["revision"].as_u64().unwrap();
    let id = beads["beads"][2]["id"].as_u64().unwrap();
    let edit = json!({ "edit": "comment", "bead": id, "text": "Ask the client" });
    assert_eq!(server.edit(revision, &edit).status, 200);
    assert_eq!((found("only=commented"), found("q=client")), (json!([2]), json!([2])));
    assert_eq!(found("only=pinned"), json!([]));
    for query in ["find?nonsense=1", "find?only=nonsense", "next?what=nonsense"] {
        assert_eq!(server.send("GET", &format!("/api/{query}"), "", "").status, 400, "{query}");
    }
}

#[test]
fn the_next_row_to_look_at_goes_round() {
    let (_folder, server) = serve();
    let next = |query: &str| server.get(&format!("/api/next?{query}"))["row"].clone();
    assert_eq!(next("what=pending"), 0);
    assert_eq!(next("what=pending&from=0"), 1);
    assert_eq!(next("what=pending&from=2"), 0);
    assert_eq!(next("what=pending&from=0&backwards=true"), 2);
    assert_eq!(next("what=pending&backwards=true"), 2);
    assert_eq!(next("what=flagged&from=1"), Value::Null);
}

#[test]
fn doubts_say_what_is_doubtful() {
    let (_folder, server) = serve_mixed();
    let doubts = |row: usize| detail(&server, row)["doubts"].clone();
    assert_eq!(doubts(0), json!([]));
    assert_eq!(
        doubts(1),
        json!([
            { "doubt": "lengths-far-apart", "source": 24, "target": 80 },
            { "doubt": "no-word-in-common" },
            { "doubt": "close-rival", "probability": 0.4 },
        ])
    );
    assert_eq!(
        doubts(2),
        json!([{ "doubt": "missing-value", "side": "source", "text": "15", "value": "15" }])
    );
    assert_eq!(doubts(3), json!([{ "doubt": "weak-segment", "side": "target", "text": "Text number 4." }]));
    let doubtful: Vec<bool> = rows(&server).iter().map(|b| b["doubtful"] == true).collect();
    assert_eq!(doubtful, [false, true, true, false, false, true, false, false, false, false]);
}

#[test]
fn the_aligner_itself_doubts_a_number_that_one_side_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("ar.txt"), folder.path().join("en.txt"));
    std::fs::write(&source, ARABIC).unwrap();
    std::fs::write(&target, ENGLISH.replace("15 schools", "Schools")).unwrap();
    let (save, project) = (PathBuf::from("--save"), folder.path().join("p.muq"));
    let server = Server::start(&[&source, &target, &save, &project]);
    let missing = json!({ "doubt": "missing-value", "side": "source", "text": "15", "value": "15" });
    let found = detail(&server, 1);
    assert!(found["doubts"].as_array().unwrap().contains(&missing), "{found}");
    // Where it stands in the Arabic text.
    let evidence = found["evidence"].as_array().unwrap();
    let unmatched: Vec<_> = evidence.iter().flat_map(|e| e["unmatched"].as_array().unwrap()).collect();
    let segment = ARABIC.lines().next().unwrap().len() + 1;
    let place = json!({ "segment": segment, "from": 6, "to": 8 });
    assert_eq!(unmatched, [&json!({ "side": "source", "text": "15", "value": "15", "place": place })]);
}

#[test]
fn rivals_are_shown_as_texts_and_can_be_taken() {
    let (_folder, server) = serve_mixed();
    assert_eq!(detail(&server, 0)["rivals"], json!([]));
    let one_to_two = json!({
        "index": 0, "type": "1-2", "probability": 0.4,
        "texts": { "source": ["نص رقم 1."], "target": ["Text number 1.", "Text number 2."] },
    });
    let alone = json!({
        "index": 1, "type": "1-0", "probability": 0.1,
        "texts": { "source": ["نص رقم 1."], "target": [] },
    });
    let found = detail(&server, 1);
    assert_eq!(found["rivals"], json!([one_to_two, alone]));
    let take = |revision: u64, rival: u64| {
        server.edit(revision, &json!({ "edit": "take-rival", "bead": found["id"], "rival": rival }))
    };
    assert_eq!(take(0, 2).status, 422);
    let taken = take(0, 0);
    assert_eq!(taken.status, 200, "{}", taken.body);
    let types: Vec<_> = rows(&server).iter().map(|b| b["type"].clone()).collect();
    // The second bead has the third one's only target segment; its source segments are left alone.
    assert_eq!(types[..4], ["1-1", "1-2", "2-0", "1-2"]);
    assert_eq!(server.send("POST", "/api/undo", "", &json!({ "revision": 1 }).to_string()).status, 200);
    assert_eq!(detail(&server, 1)["rivals"], found["rivals"]);
    // Joined with the segment after it, the second target segment of the first rival is no longer there.
    let starts = &rows(&server)[2]["target"][0]["start"];
    let join = server.edit(2, &json!({ "edit": "join-segments", "side": "target", "segment": starts }));
    assert_eq!(join.status, 200, "{}", join.body);
    assert_eq!(detail(&server, 1)["rivals"], json!([alone]));
    assert_eq!(take(3, 0).status, 422);
    assert_eq!(take(3, 1).status, 200);
}

#[test]
fn every_filter_finds_its_rows() {
    let (_folder, server) = serve_mixed();
    let found = |query: &str| server.get(&format!("/api/find?{query}"))["rows"].clone();
    for (query, expected) in [
        ("type=1-1", json!([0, 1, 6, 7, 8])),
        ("type=1-2", json!([3])),
        ("type=2-1", json!([2])),
        ("type=2-2", json!([9])),
        ("type=other", json!([2, 3, 9])),
        ("type=null", json!([4, 5])),
        ("type=crossing", json!([6, 7])),
        ("type=3-1", json!([])),
        ("min=0.9", json!([0, 3])),
        ("min=0.7", json!([0, 2, 3, 4, 6, 9])),
        ("max=0.6", json!([1, 5])),
        ("min=0.6&max=0.75", json!([4, 5, 6, 9])),
        // Of the eighth nobody said how sure it is, and the ninth is by hand.
        ("min=0", json!([0, 1, 2, 3, 4, 5, 6, 9])),
        ("max=1", json!([0, 1, 2, 3, 4, 5, 6, 9])),
        ("only=doubtful", json!([1, 2, 5])),
        ("only=pinned", json!([8])),
        ("only=bookmarked", json!([])),
        ("only=commented", json!([])),
        ("only=corrected", json!([])),
        ("decision=pending", json!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])),
        ("decision=accepted", json!([])),
        // Every condition must be met.
        ("type=1-1&max=0.7", json!([1])),
        ("type=1-1&only=doubtful", json!([1])),
        ("q=number%2010&type=other", json!([9])),
        ("q=number%2010&type=1-1", json!([])),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
    let before = rows(&server);
    let third = &before[3]["target"][0]["start"];
    for (revision, edit) in [
        json!({ "edit": "decide", "bead": before[0]["id"], "decision": "accepted" }),
        json!({ "edit": "decide", "bead": before[1]["id"], "decision": "flagged" }),
        json!({ "edit": "decide", "bead": before[2]["id"], "decision": "rejected" }),
        json!({ "edit": "correct", "side": "target", "segment": third, "text": "Mended." }),
        json!({ "edit": "comment", "bead": before[9]["id"], "text": "Ask the client" }),
    ]
    .iter()
    .enumerate()
    {
        assert_eq!(server.edit(revision as u64, edit).status, 200, "{edit}");
    }
    for (query, expected) in [
        ("decision=pending", json!([3, 4, 5, 6, 7, 8, 9])),
        ("decision=accepted", json!([0])),
        ("decision=flagged", json!([1])),
        ("decision=rejected", json!([2])),
        ("decision=flagged&type=2-1", json!([])),
        // What was decided on is doubtful no longer.
        ("only=doubtful", json!([5])),
        ("only=corrected", json!([3])),
        ("only=commented", json!([9])),
        ("q=mended", json!([3])),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
    assert_eq!(
        server.get("/api/project")["counts"],
        json!({
            "beads": 10, "pending": 7, "accepted": 1, "flagged": 1, "rejected": 1, "doubtful": 1, "commented": 1,
        })
    );
    let next = |query: &str| server.get(&format!("/api/next?{query}"))["row"].clone();
    assert_eq!((next("what=doubtful&from=5"), next("what=flagged&from=5")), (json!(5), json!(1)));
    assert_eq!(
        (next("what=pending&from=0"), next("what=pending&from=3&backwards=true")),
        (json!(3), json!(9))
    );
}

#[test]
fn the_outline_is_the_whole_alignment_in_numbers() {
    let (_folder, server) = serve_mixed();
    let id = rows(&server)[1]["id"].clone();
    let flag = json!({ "edit": "decide", "bead": id, "decision": "flagged" });
    assert_eq!(server.edit(0, &flag).status, 200);
    // Source from and to, target from and to, decision, doubtful.
    assert_eq!(
        server.get("/api/outline"),
        json!({
            "revision": 1,
            "segments": { "source": 11, "target": 11 },
            "beads": [
                [0, 1, 0, 1, 0, 0],
                [1, 2, 1, 2, 2, 0],
                [2, 4, 2, 3, 0, 1],
                [4, 5, 3, 5, 0, 0],
                [-1, -1, 5, 6, 0, 0],
                [5, 6, -1, -1, 0, 1],
                [6, 7, 7, 8, 0, 0],
                [7, 8, 6, 7, 0, 0],
                [8, 9, 8, 9, 0, 0],
                [9, 11, 9, 11, 0, 0],
            ],
        })
    );
}

#[test]
fn the_next_of_a_kind_is_found_and_bookmarks_are_kept() {
    let (_folder, server) = serve_mixed();
    let next = |query: &str| server.get(&format!("/api/next?{query}"))["row"].clone();
    assert_eq!((next("what=other&from=0"), next("what=other&from=3")), (json!(2), json!(4)));
    assert_eq!(next("what=other&from=2&backwards=true"), json!(9));
    assert_eq!(
        (next("what=null&from=0"), next("what=null&from=4"), next("what=null&from=5")),
        (json!(4), json!(5), json!(4))
    );
    assert_eq!((next("what=bookmarked"), next("what=renewed")), (Value::Null, Value::Null));
    let before = rows(&server);
    let start = |row: usize, side: &str| before[row][side][0]["start"].clone();
    let mark = |side: &str, row: usize| {
        let at = json!({ "side": side, "segment": start(row, side) }).to_string();
        let answer = server.send("POST", "/api/bookmark", "", &at);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["bookmarked"].clone()
    };
    assert_eq!(
        (mark("target", 4), mark("source", 9), mark("source", 0)),
        (json!(true), json!(true), json!(true))
    );
    // By either side the bookmark is taken away.
    assert_eq!(mark("target", 0), json!(false));
    assert_eq!(server.get("/api/find?only=bookmarked")["rows"], json!([4, 9]));
    assert_eq!(rows(&server)[9]["bookmarked"], json!(true));
    assert_eq!(next("what=bookmarked&from=4"), json!(9));
    // They outlive other settings, and are no edit.
    let settings = json!({ "interface": "ar", "autoRealign": false, "reviewer": "" }).to_string();
    assert_eq!(server.send("POST", "/api/settings", "", &settings).status, 200);
    assert_eq!(server.get("/api/find?only=bookmarked")["rows"], json!([4, 9]));
    assert_eq!(server.get("/api/project")["revision"], json!(0));
}

#[test]
fn what_would_be_accepted_is_counted_before() {
    let (_folder, server) = serve_mixed();
    let before = rows(&server);
    let takes = |query: &str| server.get(&format!("/api/takes?{query}"));
    assert_eq!(takes("confidence=0.6"), json!({ "takes": 5, "doubtful": 2 }));
    // By hand is no percentage: the ninth, pinned, is none of those above one, and one of those above it on the page.
    assert_eq!(takes("confidence=0"), json!({ "takes": 5, "doubtful": 3 }));
    assert_eq!(takes(&format!("bead={}", before[3]["id"])), json!({ "takes": 2, "doubtful": 2 }));
    assert_eq!(takes(&format!("bead={}", before[9]["id"])), json!({ "takes": 7, "doubtful": 3 }));
    assert_eq!(server.send("GET", "/api/takes?bead=999", "", "").status, 404);
    let edit = json!({ "edit": "accept-above", "confidence": 0.6, "doubtful": false });
    let answer = server.edit(0, &edit).json();
    assert_eq!((&answer["said"], &answer["counts"]["accepted"]), (&json!(5), &json!(5)));
    let edit = json!({ "edit": "accept-up-to", "bead": before[3]["id"], "doubtful": true });
    assert_eq!(server.edit(1, &edit).json()["said"], json!(2));
    assert_eq!(takes("confidence=1"), json!({ "takes": 0, "doubtful": 0 }));
}

#[test]
fn what_a_rival_would_lead_to_is_shown_as_it_would_stand() {
    let (_folder, server) = serve_mixed();
    let before = rows(&server);
    let ways = server.get(&format!("/api/alternatives/{}", before[1]["id"]));
    assert_eq!(rows(&server), before, "looking changes nothing");
    let texts = |pairs: &Value| -> Vec<String> {
        let sides = |pair: &Value| {
            ["source", "target"]
                .map(|side| {
                    let all = pair["texts"][side].as_array().unwrap().iter();
                    all.map(|text| {
                        text.as_str()
                            .unwrap()
                            .trim_end_matches('.')
                            .split(' ')
                            .next_back()
                            .unwrap()
                            .to_owned()
                    })
                    .collect::<Vec<_>>()
                    .join("+")
                })
                .join("=")
        };
        let mark = |pair: &Value| if pair["differs"] == json!(true) { "!" } else { "" };
        pairs.as_array().unwrap().iter().map(|pair| sides(pair) + mark(pair)).collect()
    };
    assert_eq!(texts(&ways["stands"]), ["1=1!", "2+3=2!"]);
    let rivals: Vec<_> =
        ways["rivals"].as_array().unwrap().iter().map(|rival| texts(&rival["pairs"])).collect();
    assert_eq!(rivals, [vec!["1=1+2!", "2+3=!"], vec!["=1!", "1=!", "2+3=2"]]);
    // Taken, it stands as it was shown.
    let edit = json!({ "edit": "take-rival", "bead": before[1]["id"], "rival": 0 });
    assert_eq!(server.edit(0, &edit).status, 200);
    let after = rows(&server);
    assert_eq!((&after[1]["type"], &after[2]["type"]), (&json!("1-2"), &json!("2-0")));
    assert_eq!(server.send("GET", "/api/alternatives/999", "", "").status, 404);
}

#[test]
fn findings_are_those_of_the_check_of_memories_and_of_the_page() {
    let (_folder, server) = serve_texts(
        "رقم الحساب هو 458721 عندنا.\nقال المدير  شيئًا مهمًا جدًا.\nشكرًا لكم جميعًا يا سادة.\nشكرًا لكم جميعًا يا سادة.\n",
        "The account number is with us.\nThe manager said a very important thing.\nThank you all, gentlemen.\nThanks to all of you, gentlemen.\n",
    );
    let all = server.get("/api/findings");
    let found = |code: &str| {
        let found = all["found"].as_array().unwrap().iter().filter(|f| f["code"] == code);
        found
            .map(|f| (f["row"].as_u64().unwrap(), f["detail"].as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("number-mismatch"), [(0, "458721 only in ar".to_owned())], "{all}");
    assert_eq!(found("double-blank"), [(1, String::new())], "{all}");
    assert_eq!(found("contradiction"), [(3, "Thank you all, gentlemen.".to_owned())], "{all}");
    assert_eq!(all["counts"]["contradiction"], 1);

    // The filter and the keys go by the list.
    let next = |from: usize| server.get(&format!("/api/next?what=finding&from={from}"))["row"].clone();
    assert_eq!(server.get("/api/find?only=finding")["rows"], json!([0, 1, 3]), "{all}");
    assert_eq!([next(0), next(1), next(3)], [json!(1), json!(3), json!(0)]);

    // What was rejected is not to be looked at.
    let id = rows(&server)[0]["id"].clone();
    assert_eq!(server.edit(0, &json!({ "edit": "decide", "bead": id, "decision": "rejected" })).status, 200);
    assert!(server.get("/api/findings")["counts"].get("number-mismatch").is_none());
    assert_eq!((server.get("/api/find?only=finding")["rows"].clone(), next(3)), (json!([1, 3]), json!(1)));
}

#[test]
fn an_export_is_counted_before_it_is_made() {
    let (_folder, server) = serve();
    let total = rows(&server).len();
    let count = |query: &str| server.get(&format!("/api/export/count?{query}"));
    let all = count("format=tmx");
    assert_eq!(
        (&all["total"], &all["written"], &all["rejected"]),
        (&json!(total), &json!(total), &json!(0)),
        "{all}"
    );
    let id = rows(&server)[0]["id"].clone();
    assert_eq!(server.edit(0, &json!({ "edit": "decide", "bead": id, "decision": "rejected" })).status, 200);
    let some = count("format=csv");
    assert_eq!((&some["written"], &some["rejected"]), (&json!(total - 1), &json!(1)), "{some}");
    let none = count("format=csv&only=accepted");
    assert_eq!(
        (&none["written"], &none["undecided"], &none["rejected"]),
        (&json!(0), &json!(total - 1), &json!(1)),
        "{none}"
    );
    let refused = server.send("GET", "/api/export?format=csv&only=accepted", "", "");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("no pair is chosen; nothing is written"), "{}", refused.body);
    assert_eq!(server.send("GET", "/api/export/count?format=none", "", "").status, 400);
}
