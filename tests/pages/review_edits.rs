//! What the workbench keeps and names: the settings, and every kind of edit in the history.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::workbench::{self, Server};

/// Serves the project of [`workbench::mixed`].
fn serve() -> (tempfile::TempDir, PathBuf, Server) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.muq");
    workbench::mixed(&path);
    let server = Server::start(&[&path]);
    (folder, path, server)
}

fn rows(server: &Server) -> Vec<Value> {
    server.get("/api/rows?from=0&count=200")["beads"].as_array().unwrap().clone()
}

#[test]
fn settings_are_kept_and_read_back() {
    let (_folder, path, mut server) = serve();
    let read = |server: &Server| server.get("/api/project")["settings"].clone();
    assert_eq!(read(&server), json!({ "interface": "en", "autoRealign": false, "reviewer": "" }));
    let save = |server: &Server, settings: &Value| {
        let answer = server.send("POST", "/api/settings", "", &settings.to_string());
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    };
    let given = json!({ "interface": "ar", "autoRealign": true, "reviewer": "  سارة \n" });
    let kept = json!({ "interface": "ar", "autoRealign": true, "reviewer": "سارة" });
    assert_eq!(save(&server, &given), kept);
    assert_eq!(read(&server), kept);
    // Settings are no edit: nothing to undo, and the page's revision holds.
    assert_eq!(server.get("/api/project")["history"], json!({ "undo": null, "redo": null }));
    let id = rows(&server)[0]["id"].clone();
    assert_eq!(server.edit(0, &json!({ "edit": "decide", "bead": id, "decision": "accepted" })).status, 200);
    assert_eq!(server.get(&format!("/api/bead/{id}"))["reviewer"], "سارة");
    // What is refused changes nothing.
    for refused in [
        json!({ "interface": "fr", "autoRealign": true, "reviewer": "" }),
        json!({ "interface": "en", "autoRealign": "no", "reviewer": "" }),
        json!({ "interface": "en", "autoRealign": false }),
        json!({ "interface": "en", "autoRealign": false, "reviewer": "", "theme": "dark" }),
    ] {
        let answer = server.send("POST", "/api/settings", "", &refused.to_string());
        assert_eq!(answer.status, 422, "{refused}: {}", answer.body);
        assert!(!answer.json()["error"].as_str().unwrap().is_empty());
    }
    // A name has 200 bytes at most, which are 100 of these letters; a longer one is not cut in silence.
    let named = |letters| json!({ "interface": "en", "autoRealign": false, "reviewer": "س".repeat(letters) });
    let long = server.send("POST", "/api/settings", "", &named(101).to_string());
    assert_eq!((long.status, &long.json()["name"]), (422, &json!("too-long")));
    assert_eq!(read(&server), kept);
    assert_eq!(save(&server, &named(100)), named(100));
    drop(server);
    server = Server::start(&[&path]);
    assert_eq!(read(&server), named(100));
}

/// The edits of every kind that the project of [`workbench::mixed`] allows, with the name of each.
fn edits(rows: &[Value]) -> Vec<(Value, &'static str)> {
    let id = |row: usize| &rows[row]["id"];
    let start = |row: usize, side: &str, n: usize| &rows[row][side][n]["start"];
    // After the first word of "Text number 0.", which begins the document.
    let cut = "Text ".len();
    vec![
        (json!({ "edit": "merge", "bead": id(0), "with": "next" }), "merge-next"),
        (json!({ "edit": "merge", "bead": id(1), "with": "previous" }), "merge-previous"),
        (json!({ "edit": "split", "bead": id(2), "source": 1, "target": 1 }), "split"),
        (json!({ "edit": "move", "side": "target", "segment": start(1, "target", 0), "to": "next" }), "move"),
        (
            json!({ "edit": "place", "side": "target", "segment": start(4, "target", 0), "bead": id(7) }),
            "move",
        ),
        (json!({ "edit": "unlink", "bead": id(0) }), "unlink"),
        (json!({ "edit": "link", "source": id(5), "target": id(4) }), "link"),
        (json!({ "edit": "split-segment", "side": "target", "segment": 0, "at": cut }), "split-segment"),
        (
            json!({ "edit": "join-segments", "side": "source", "segment": start(2, "source", 0) }),
            "join-segments",
        ),
        (json!({ "edit": "correct", "side": "target", "segment": 0, "text": "Mended." }), "correct"),
        (
            json!({ "edit": "replace", "side": "target", "find": "Text", "with": "Words", "regex": false, "case": true }),
            "replace",
        ),
        (json!({ "edit": "decide", "bead": id(0), "decision": "accepted" }), "accept"),
        (json!({ "edit": "decide", "bead": id(0), "decision": "flagged" }), "flag"),
        (json!({ "edit": "decide", "bead": id(0), "decision": "rejected" }), "reject"),
        (json!({ "edit": "accept-above", "confidence": 0.9 }), "accept-above"),
        (json!({ "edit": "accept-up-to", "bead": id(3), "doubtful": false }), "accept-up-to"),
        (
            json!({ "edit": "belong", "source": start(0, "source", 0), "target": start(1, "target", 0) }),
            "belong",
        ),
        (
            json!({ "edit": "shift", "side": "target", "segment": start(1, "target", 0), "to": "next" }),
            "shift",
        ),
        (json!({ "edit": "comment", "bead": id(0), "text": "Ask the client" }), "comment"),
        (json!({ "edit": "pin", "bead": id(0), "pinned": true }), "pin"),
        (json!({ "edit": "pin", "bead": id(8), "pinned": false }), "unpin"),
        (json!({ "edit": "take-rival", "bead": id(1), "rival": 0 }), "take-rival"),
        (json!({ "edit": "realign", "around": id(1) }), "realign"),
        (json!({ "edit": "realign", "around": null }), "realign"),
    ]
}

#[test]
fn every_edit_has_its_name_in_the_history() {
    let (_folder, _path, server) = serve();
    let first = rows(&server);
    let mut revision = 0;
    let mut names = BTreeSet::new();
    let history = || server.get("/api/project")["history"].clone();
    let mut step = |path: &str, edit: Option<&Value>| {
        let mut body = json!({ "revision": revision });
        if let Some(edit) = edit {
            body["edit"] = edit.clone();
        }
        let answer = server.send("POST", path, "", &body.to_string());
        assert_eq!(answer.status, 200, "{path} {edit:?}: {}", answer.body);
        let answer = answer.json();
        revision += 1;
        assert_eq!(answer["revision"], revision);
        assert_eq!(answer["history"], history());
        (answer["done"].as_str().unwrap().to_owned(), answer["history"].clone())
    };
    let opened = json!({ "edit": "decide", "bead": first[3]["id"], "decision": "pending" });
    let mut all = edits(&first);
    // What can be opened again was decided on before.
    let accepted = json!({ "edit": "decide", "bead": first[3]["id"], "decision": "accepted" });
    assert_eq!(step("/api/edit", Some(&accepted)).0, "accept");
    all.push((opened, "reopen"));
    let before = rows(&server);
    for (edit, name) in &all {
        let (can_undo, both) =
            (json!({ "undo": name, "redo": null }), json!({ "undo": "accept", "redo": name }));
        assert_eq!(step("/api/edit", Some(edit)), ((*name).to_owned(), can_undo.clone()), "{edit}");
        let after = rows(&server);
        assert_ne!(after, before, "{edit}");
        assert_eq!(step("/api/undo", None), ("undo".to_owned(), both.clone()), "{edit}");
        assert_eq!(rows(&server), before, "{edit}");
        assert_eq!(step("/api/redo", None), ("redo".to_owned(), can_undo), "{edit}");
        assert_eq!(rows(&server), after, "{edit}");
        assert_eq!(step("/api/undo", None).1, both, "{edit}");
        names.insert((*name).to_owned());
    }
    assert_eq!(step("/api/undo", None).1, json!({ "undo": null, "redo": "accept" }));
    assert_eq!(rows(&server), first);
    // The page has words for these and no others, in both languages.
    // What `muqabala merge` made can be undone here too.
    names.extend(["undo", "redo", "adopt"].map(str::to_owned));
    let words = server.send("GET", "/assets/words.js", "", "").body;
    let worded: Vec<BTreeSet<String>> = words
        .split("  done: {")
        .skip(1)
        .map(|rest| {
            let entries = rest.split_once("\n  }").unwrap().0.split([',', '\n']);
            entries
                .filter_map(|entry| entry.split_once(':'))
                .map(|(name, _)| name.trim().trim_matches('"').to_owned())
                .collect()
        })
        .collect();
    assert_eq!(worded, [names.clone(), names]);
}

#[test]
fn replacing_is_shown_before_it_is_one_edit_and_undone_as_one() {
    let (_folder, _path, server) = serve();
    let wanted = |find: &str, with: &str, regex: bool| json!({ "side": "target", "find": find, "with": with, "regex": regex, "case": true });
    let preview = |wanted: &Value| server.send("POST", "/api/replace", "", &wanted.to_string());
    let first = rows(&server);
    let numbered = wanted("number (\\d)", "no. ${1}!", true);
    let shown = preview(&numbered).json();
    let texts = shown["texts"].as_u64().unwrap();
    assert!(texts > 3 && shown["places"] == shown["texts"] && shown["blank"] == 0, "{shown}");
    assert_eq!(shown["shown"][0]["before"], json!({ "text": "Text number 0.", "places": [[5, 13]] }));
    assert_eq!(shown["shown"][0]["after"], json!({ "text": "Text no. 0!.", "places": [[5, 11]] }));
    assert_eq!(rows(&server), first, "a preview changes nothing");

    let mut edit = numbered.clone();
    edit["edit"] = json!("replace");
    let answer = server.edit(0, &edit);
    assert_eq!((answer.status, &answer.json()["done"]), (200, &json!("replace")), "{}", answer.body);
    let after = rows(&server);
    assert_eq!(after[0]["target"][0]["corrected"], "Text no. 0!.");
    assert_eq!(after[0]["target"][0]["text"], "Text number 0.", "the original stays");
    assert_eq!(preview(&numbered).json()["texts"], 0);
    assert_eq!(server.send("POST", "/api/undo", "", &json!({ "revision": 1 }).to_string()).status, 200);
    assert_eq!(rows(&server), first);

    // What cannot be used says why, and takes no time.
    for (find, said) in [("(", "unclosed group"), ("", "it is empty"), ("(a{500}){500}", "size limit")] {
        let answer = preview(&wanted(find, "x", true));
        assert_eq!(
            (answer.status, &answer.json()["name"]),
            (422, &json!("bad-pattern")),
            "{find}: {}",
            answer.body
        );
        assert!(answer.body.contains(said), "{find}: {}", answer.body);
    }
    assert_eq!(preview(&wanted(&"x".repeat(2000), "", false)).json()["name"], "too-long");
    let started = std::time::Instant::now();
    assert_eq!(preview(&wanted("(x+x+)+y", "", true)).json()["texts"], 0);
    assert!(started.elapsed().as_secs() < 5);
    // A text that would be blank stays as it is, and is counted.
    let all = preview(&wanted(".+", "", true)).json();
    assert!(all["texts"] == 0 && all["blank"].as_u64().unwrap() > 3, "{all}");
    // A word that is no pattern: signs stand for themselves.
    assert_eq!(preview(&wanted("number 0.", "$1", false)).json()["shown"][0]["after"]["text"], "Text $1");
}
