//! The workbench over real HTTP: every refusal, and what an edit answers.

use std::path::{Path, PathBuf};

use muqabala::project::{ProjectFile, store};
use serde_json::json;

use crate::support::workbench::{self, Server};

struct Fixture {
    folder: tempfile::TempDir,
    server: Server,
}

impl Fixture {
    fn project(&self) -> PathBuf {
        self.folder.path().join("p.muq")
    }
}

fn serve() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("ar.txt"), folder.path().join("en.txt"));
    let count = 1..=6;
    let lines = |f: fn(u32) -> String| count.clone().map(f).collect::<Vec<_>>().join("\n");
    std::fs::write(&source, lines(|i| format!("الجملة رقم {i} في النص العربي الطويل نسبيا {}.", i * 111)))
        .unwrap();
    std::fs::write(
        &target,
        lines(|i| format!("Sentence number {i} of the rather long English text {}.", i * 111)),
    )
    .unwrap();
    let (save, project) = (PathBuf::from("--save"), folder.path().join("p.muq"));
    let server = Server::start(&[&source, &target, &save, &project]);
    Fixture { folder, server }
}

#[test]
fn foreign_hosts_are_refused() {
    let f = serve();
    let (port, token) = (f.server.port, &f.server.token);
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "127.0.0.1",
        "127.0.0.1:1",
        &format!("127.0.0.1.evil.example:{port}"),
        "",
    ] {
        for path in ["/", "/api/project", "/assets/main.js"] {
            let request = format!(
                "GET {path} HTTP/1.1\r\nhost: {host}\r\nx-muqabala-token: {token}\r\nconnection: close\r\n\r\n"
            );
            let answer = f.server.raw(request.as_bytes()).unwrap();
            assert!([400, 421].contains(&answer.status), "{host} {path}: {}", answer.status);
            assert!(!answer.body.contains("revision"));
        }
    }
    // None, and two of them.
    let none = f.server.raw(
        format!("GET /api/project HTTP/1.1\r\nx-muqabala-token: {token}\r\nconnection: close\r\n\r\n")
            .as_bytes(),
    );
    assert!([400, 421].contains(&none.unwrap().status));
    let two = f.server.send("GET", "/api/project", "host: evil.example\r\n", "");
    assert!([400, 421].contains(&two.status));
    let localhost = format!(
        "GET /api/ping HTTP/1.1\r\nhost: localhost:{port}\r\nx-muqabala-token: {token}\r\nconnection: close\r\n\r\n"
    );
    assert_eq!(f.server.raw(localhost.as_bytes()).unwrap().status, 204);
}

#[test]
fn other_sites_are_refused() {
    let f = serve();
    let port = f.server.port;
    for origin in [
        "http://evil.example",
        "null",
        "https://127.0.0.1",
        &format!("http://127.0.0.1:{}", port.wrapping_add(1)),
        &format!("http://localhost:{port}.evil.example"),
    ] {
        let body = json!({ "revision": 0, "edit": { "edit": "decide", "bead": 1, "decision": "accepted" } })
            .to_string();
        let answer = f.server.send("POST", "/api/edit", &format!("origin: {origin}\r\n"), &body);
        assert_eq!(answer.status, 403, "{origin}");
    }
    for site in ["cross-site", "same-site", "nonsense"] {
        let answer = f.server.send("GET", "/api/project", &format!("sec-fetch-site: {site}\r\n"), "");
        assert_eq!(answer.status, 403, "{site}");
    }
    let own = f.server.send(
        "GET",
        "/api/project",
        &format!("origin: http://127.0.0.1:{port}\r\nsec-fetch-site: same-origin\r\n"),
        "",
    );
    assert_eq!(own.status, 200);
    assert_eq!(f.server.get("/api/project")["revision"], json!(0));
}

#[test]
fn nothing_of_the_project_without_the_token() {
    let f = serve();
    let port = f.server.port;
    let paths = [
        "/api/ping",
        "/api/project",
        "/api/outline",
        "/api/rows?from=0&count=1",
        "/api/bead/1",
        "/api/find?q=a",
        "/api/next?what=pending",
        "/api/export?format=tmx",
        "/api/changes?since=0",
        "/api/nothing",
        "/api",
    ];
    let wrong = "0".repeat(f.server.token.len());
    for path in paths {
        for token in [
            String::new(),
            "x-muqabala-token: \r\n".to_owned(),
            format!("x-muqabala-token: {wrong}\r\n"),
            format!("x-muqabala-token: {0}\r\nx-muqabala-token: {0}\r\n", f.server.token),
        ] {
            let request =
                format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n{token}connection: close\r\n\r\n");
            assert_eq!(f.server.raw(request.as_bytes()).unwrap().status, 401, "{path} {token}");
        }
    }
    for path in ["/api/edit", "/api/undo", "/api/redo", "/api/settings"] {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}"
        );
        assert_eq!(f.server.raw(request.as_bytes()).unwrap().status, 401, "{path}");
    }
    // A code gives the token, and nothing else does.
    for code in ["", &wrong, &f.server.token] {
        let refused = f.server.enter(code);
        assert_eq!((refused.status, refused.body.contains(&f.server.token)), (401, false), "{code}");
    }
    assert!(!f.server.address.contains(&f.server.token));
    // The page itself holds nothing of the project, nor the token.
    let page = f
        .server
        .raw(format!("GET / HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n").as_bytes())
        .unwrap();
    assert_eq!(page.status, 200);
    assert!(!page.body.contains(&f.server.token) && !page.body.contains("الجملة"));
}

#[test]
fn every_answer_carries_the_policy() {
    let f = serve();
    for path in ["/", "/assets/main.js", "/api/project", "/none"] {
        let answer = f.server.send("GET", path, "", "");
        let headers = answer.headers.to_lowercase();
        assert!(
            headers.contains(
                "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';"
            ),
            "{headers}"
        );
        assert!(headers.contains("frame-ancestors 'none'") && !headers.contains("unsafe"), "{headers}");
        assert!(headers.contains("x-content-type-options: nosniff"), "{headers}");
        assert!(
            headers.contains("cache-control: no-store") && headers.contains("referrer-policy: no-referrer")
        );
    }
    let page = f.server.send("GET", "/", "", "").body;
    assert!(
        !page.contains("style=")
            && !page.contains("<script>")
            && !page.contains("http://")
            && !page.contains("https://")
    );
}

#[test]
fn oversized_and_malformed_requests_change_nothing() {
    let f = serve();
    let long = "a".repeat(2 * 1024 * 1024);
    let body = json!({ "revision": 0, "edit": { "edit": "comment", "bead": 1, "text": long } }).to_string();
    match f.server.try_send("POST", "/api/edit", "", &body) {
        Ok(answer) => assert_eq!(answer.status, 413),
        // Refused so early that the rest could not even be sent.
        Err(error) => assert!(
            matches!(error.kind(), std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::BrokenPipe),
            "{error}"
        ),
    }
    let text = "a".repeat(300 * 1024);
    assert_eq!(f.server.edit(0, &json!({ "edit": "comment", "bead": 1, "text": text })).status, 422);
    for (body, expected) in [
        ("{", 400),
        ("[]", 422),
        ("{\"revision\":0}", 422),
        ("{\"revision\":-1,\"edit\":{\"edit\":\"unlink\",\"bead\":1}}", 422),
        ("{\"revision\":0,\"edit\":{\"edit\":\"explode\",\"bead\":1}}", 422),
        ("{\"revision\":0,\"edit\":{\"edit\":\"unlink\",\"bead\":1,\"path\":\"/etc/passwd\"}}", 422),
        ("{\"revision\":0,\"edit\":{\"edit\":\"decide\",\"bead\":1,\"decision\":\"maybe\"}}", 422),
        ("{\"revision\":0,\"edit\":{\"edit\":\"accept-above\",\"confidence\":7}}", 422),
        ("\u{0}", 400),
    ] {
        let answer = f.server.send("POST", "/api/edit", "", body);
        assert_eq!(answer.status, expected, "{body}: {}", answer.body);
    }
    let form = f.server.raw(
        format!(
            "POST /api/edit HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nx-muqabala-token: {}\r\ncontent-type: text/plain\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}",
            f.server.port, f.server.token
        )
        .as_bytes(),
    );
    assert_eq!(form.unwrap().status, 415);
    for path in [
        "/api/rows",
        "/api/rows?from=-1&count=2",
        "/api/rows?from=x&count=1",
        "/api/find?colour=red",
        "/api/export?format=exe",
        "/api/export?format=tmx&only=mine",
        "/api/bead/x",
    ] {
        assert_eq!(f.server.send("GET", path, "", "").status, 400, "{path}");
    }
    assert_eq!(f.server.send("DELETE", "/api/project", "", "").status, 405);
    assert_eq!(f.server.get("/api/project")["revision"], json!(0));
    // Too many rows are not given.
    assert!(f.server.get("/api/rows?from=0&count=999999999")["beads"].as_array().unwrap().len() <= 200);
}

#[test]
fn paths_never_reach_the_disk() {
    let f = serve();
    std::fs::write(f.folder.path().join("secret.txt"), "secret").unwrap();
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%2f..%2fCargo.toml",
        "//etc/passwd",
        "/etc/passwd",
        "/assets/main.js/../../Cargo.toml",
        "/assets/",
        "/p.muq",
        "/assets/style.css%00",
        "/%5c..%5csecret.txt",
    ] {
        let answer = f.server.send("GET", path, "", "");
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(
            !answer.body.contains("secret")
                && !answer.body.contains("root:")
                && !answer.body.contains("[package]")
        );
    }
}

#[test]
fn unknown_beads_and_stale_edits_are_told_apart() {
    let f = serve();
    assert_eq!(f.server.edit(0, &json!({ "edit": "unlink", "bead": 9999 })).status, 404);
    assert_eq!(
        f.server.edit(0, &json!({ "edit": "move", "side": "source", "segment": 1, "to": "next" })).status,
        404
    );
    assert_eq!(f.server.send("GET", "/api/bead/9999", "", "").status, 404);
    let done = f.server.edit(0, &json!({ "edit": "decide", "bead": 1, "decision": "accepted" }));
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(done.json()["revision"], json!(1));
    // Of a page that does not know it: refused on the same bead, or where it depends on all of them.
    for edit in [
        json!({ "edit": "decide", "bead": 1, "decision": "flagged" }),
        json!({ "edit": "comment", "bead": 1, "text": "late" }),
        json!({ "edit": "merge", "bead": 2, "with": "previous" }),
        json!({ "edit": "accept-above", "confidence": 0.5 }),
        json!({ "edit": "realign", "around": null }),
    ] {
        let stale = f.server.edit(0, &edit);
        assert_eq!(stale.status, 409, "{edit}: {}", stale.body);
        assert!(stale.body.contains("is at 1"), "{}", stale.body);
    }
    assert_eq!(f.server.edit(7, &json!({ "edit": "unlink", "bead": 2 })).status, 409, "no such revision");
    // The same again is made once, and made it stays; a page's own edits are nobody else's.
    let again = f.server.edit(0, &json!({ "edit": "decide", "bead": 1, "decision": "accepted" }));
    assert_eq!((again.status, &again.json()["revision"]), (200, &json!(1)));
    // What was missed comes with the answer, or to who waits for it.
    assert_eq!(again.json()["missed"][0]["done"], "accept");
    let changes = f.server.get("/api/changes?since=0");
    assert_eq!((&changes["revision"], &changes["missed"][0]["window"]["from"]), (&json!(1), &json!(0)));
    let undo = f.server.send("POST", "/api/undo", "", "{\"revision\":0}");
    assert_eq!(undo.status, 409);
    let nothing = f.server.send("POST", "/api/redo", "", "{\"revision\":1}");
    assert_eq!(nothing.status, 422);
    assert!(nothing.body.contains("\"name\":\"end-of-history\""), "{}", nothing.body);
    assert_eq!(f.server.get("/api/project")["counts"]["accepted"], json!(1));
}

#[test]
fn the_reader_stays_at_a_segment_whatever_its_row_becomes() {
    let f = serve();
    let rows = || f.server.get("/api/rows?from=0&count=200")["beads"].as_array().unwrap().clone();
    let first = rows();
    let start = |row: &serde_json::Value| row["source"][0]["start"].clone();
    let at = json!({ "side": "source", "segment": start(&first[4]) });
    let row = |rows: &[serde_json::Value]| {
        rows.iter()
            .position(|b| b["source"].as_array().unwrap().iter().any(|s| s["start"] == at["segment"]))
            .unwrap()
    };
    let send = |path: &str, revision: u64, edit: Option<serde_json::Value>| {
        let mut body = json!({ "revision": revision, "at": at });
        if let Some(edit) = edit {
            body["edit"] = edit;
        }
        let answer = f.server.send("POST", path, "", &body.to_string());
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    };
    // An edit with a place of its own leads there.
    let merge = json!({ "edit": "merge", "bead": first[0]["id"], "with": "next" });
    assert_eq!(send("/api/edit", 0, Some(merge))["focus"], json!(0));
    let merged = rows();
    assert_eq!(merged.len(), first.len() - 1);
    // One without leaves the reader where he was: another row now, the same segment.
    let all = send("/api/edit", 1, Some(json!({ "edit": "accept-above", "confidence": 0.0 })));
    assert_eq!(all["focus"], json!(row(&merged)));
    assert_eq!(all["focus"], json!(3));
    assert_eq!(send("/api/undo", 2, None)["focus"], json!(3));
    assert_eq!(send("/api/undo", 3, None)["focus"], json!(0));
    let place = at.to_string().replace('{', "%7B").replace('}', "%7D").replace('"', "%22");
    assert_eq!(f.server.get(&format!("/api/project?at={place}"))["position"], json!(4));
    assert_eq!(f.server.get("/api/project")["position"], json!(null));
    assert_eq!(f.server.send("GET", "/api/project?at=%7B", "", "").status, 400);
}

#[test]
fn the_window_of_an_edit_turns_the_old_rows_into_the_new() {
    let f = serve();
    let mut revision = 0;
    let rows = || f.server.get("/api/rows?from=0&count=200")["beads"].as_array().unwrap().clone();
    let mut page = rows();
    let edits = |page: &[serde_json::Value], i: usize| {
        let bead = &page[i % page.len()]["id"];
        [
            json!({ "edit": "merge", "bead": bead, "with": "next" }),
            json!({ "edit": "decide", "bead": bead, "decision": "flagged" }),
            json!({ "edit": "unlink", "bead": bead }),
            json!({ "edit": "comment", "bead": bead, "text": "note" }),
            json!({ "edit": "link", "source": bead, "target": page[(i + 2) % page.len()]["id"] }),
            json!({ "edit": "realign", "around": null }),
            json!({ "edit": "accept-above", "confidence": 0.1 }),
        ][i % 7]
            .clone()
    };
    let mut made = 0;
    for i in 0..40 {
        let answer = if i % 5 == 4 {
            f.server.send("POST", "/api/undo", "", &json!({ "revision": revision }).to_string())
        } else {
            f.server.edit(revision, &edits(&page, i))
        };
        if answer.status != 200 {
            assert_eq!(answer.status, 422, "{}", answer.body);
            continue;
        }
        made += 1;
        let answer = answer.json();
        revision = answer["revision"].as_u64().unwrap();
        let window = &answer["window"];
        let (from, removed) =
            (window["from"].as_u64().unwrap() as usize, window["removed"].as_u64().unwrap() as usize);
        page.splice(from..from + removed, window["beads"].as_array().unwrap().clone());
        assert_eq!(page, rows());
        assert_eq!(answer["beads"].as_u64().unwrap() as usize, page.len());
    }
    assert!(made > 15, "{made}");
}

#[test]
fn a_second_process_is_told_and_status_still_reads() {
    let f = serve();
    let second = crate::support::plain().args(["review", "--no-open"]).arg(f.project()).output().unwrap();
    assert_eq!(second.status.code(), Some(2));
    let said = String::from_utf8_lossy(&second.stderr);
    assert!(
        said.contains("is open in another process") && said.contains(&f.server.port.to_string()),
        "{said}"
    );
    let status = crate::support::plain().arg("status").arg(f.project()).output().unwrap();
    assert_eq!(status.status.code(), Some(1), "unfinished");
    assert!(String::from_utf8_lossy(&status.stdout).contains("decided    0"));
}

#[test]
fn the_page_exports_what_the_command_exports() {
    let f = serve();
    f.server.edit(0, &json!({ "edit": "decide", "bead": 1, "decision": "accepted" }));
    let page = f.server.send("GET", "/api/export?format=tsv&only=accepted", "", "");
    let command = crate::support::plain()
        .args(["export", "--only", "accepted", "--format", "tsv"])
        .arg(f.project())
        .output()
        .unwrap();
    assert_eq!(page.body, String::from_utf8(command.stdout).unwrap());
    assert_eq!(page.body.lines().count(), 2);
}

fn acknowledged(project: &Path) -> u64 {
    store::read(project).unwrap().1.revision()
}

#[test]
fn killed_fifty_times_no_acknowledged_edit_is_lost() {
    let mut f = serve();
    let project = f.project();
    let mut known = 0;
    for round in 0..50_u64 {
        if round > 0 {
            f.server = Server::start(&[&project]);
        }
        let mut revision = f.server.get("/api/project")["revision"].as_u64().unwrap();
        assert!(
            revision == known || revision == known + 1,
            "an edit got lost: {known} acknowledged, {revision} there"
        );
        let pid = f.server.child.id();
        let killer = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(5 + round * 7 % 60));
            let _ = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status();
        });
        for i in 0.. {
            let bead = 1 + i % 4;
            let edit = json!({ "edit": "comment", "bead": bead, "text": format!("round {round} edit {i}") });
            let body = json!({ "revision": revision, "edit": edit }).to_string();
            match f.server.try_send("POST", "/api/edit", "", &body) {
                Ok(answer) if answer.status == 200 => revision = answer.json()["revision"].as_u64().unwrap(),
                Ok(answer) => panic!("{}", answer.body),
                Err(_) => break,
            }
        }
        known = revision;
        killer.join().unwrap();
        let _ = f.server.child.wait();
        let stored = acknowledged(&project);
        assert!(
            stored == known || stored == known + 1,
            "round {round}: {known} acknowledged, {stored} stored"
        );
        known = stored;
    }
    assert!(known > 50, "only {known} edits were made");
    let mut file = ProjectFile::open(&project).unwrap();
    file.verify().unwrap();
    let stamp = muqabala::project::Stamp { at: 0, reviewer: "" };
    let mut undone = 0;
    while file.journal().undoable().is_some() {
        file.undo(stamp).unwrap();
        undone += 1;
    }
    assert_eq!(undone, known);
    assert!(file.project().beads().all(|b| b.attributes.comment.is_empty()));
}

/// The time from an edit's request to its answer, re-alignment and disk included; the limit holds for the
/// optimised program.
#[test]
fn edits_on_ten_thousand_beads_are_quick() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.muq");
    workbench::large(&path, 10_000);
    let server = Server::start(&[&path]);
    let mut times = Vec::new();
    let mut revision = 0;
    for i in 0..60 {
        let position = 100 + i * 150;
        let row = server.get(&format!("/api/rows?from={position}&count=1"))["beads"][0].clone();
        let edit = match i % 3 {
            0 => json!({ "edit": "merge", "bead": row["id"], "with": "next" }),
            1 => {
                json!({ "edit": "move", "side": "target", "segment": row["target"][0]["start"], "to": "previous" })
            }
            _ => json!({ "edit": "unlink", "bead": row["id"] }),
        };
        let started = std::time::Instant::now();
        let answer = server.edit(revision, &edit);
        // A bead that re-alignment left without one side cannot be edited so.
        if answer.status == 200 {
            times.push(started.elapsed());
            revision = answer.json()["revision"].as_u64().unwrap();
        } else {
            assert_eq!(answer.status, 422, "{}", answer.body);
        }
    }
    times.sort();
    let (median, worst) = (times[times.len() / 2].as_millis(), times[times.len() - 1].as_millis());
    println!("10,000 beads: edit in the server, median {median} ms, worst {worst} ms, {} edits", times.len());
    assert!(times.len() > 30);
    assert!(cfg!(debug_assertions) || median <= 100, "{median} ms");
}
