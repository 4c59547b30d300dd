//! What the workbench answers when the page looks something up: evidence of a bead, rows found, the next row.
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

mod workbench;

use std::path::PathBuf;

use serde_json::{Value, json};
use workbench::Server;

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
    assert_eq!(server.send("GET", "/api/find?nonsense=1", "", "").status, 400);
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
