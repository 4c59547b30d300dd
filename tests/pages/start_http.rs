//! The start page over real HTTP: every refusal on each of its addresses, what is sent and what becomes of it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::workbench::Server;

/// All that is asked of the start page, but for its own files.
const ROUTES: [(&str, &str); 22] = [
    ("GET", "/api/ping"),
    ("GET", "/api/alive"),
    ("GET", "/api/desk"),
    ("POST", "/api/upload?name=a.txt"),
    ("POST", "/api/discard"),
    ("GET", "/api/look?upload=1"),
    ("POST", "/api/align"),
    ("GET", "/api/job?job=1&seen=0"),
    ("POST", "/api/stop"),
    ("POST", "/api/open"),
    ("POST", "/api/example"),
    ("POST", "/api/rename"),
    ("POST", "/api/copy"),
    ("POST", "/api/remove"),
    ("POST", "/api/check"),
    ("POST", "/api/make"),
    ("GET", "/api/file?upload=1"),
    ("POST", "/api/search"),
    ("GET", "/api/around?file=a.muq&number=1&mark=0"),
    ("POST", "/api/pair"),
    ("POST", "/api/pairs"),
    ("GET", "/api/rows?job=1&from=0"),
];

pub(crate) struct Fixture {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) server: Server,
}

pub(crate) fn serve() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_page(folder.path(), &[]);
    Fixture { folder, server }
}

impl Fixture {
    pub(crate) fn projects(&self) -> PathBuf {
        self.folder.path().join("projects")
    }

    /// How many files what was sent takes.
    fn kept(&self) -> usize {
        let folder = std::fs::read_dir(self.folder.path().join("tmp")).unwrap().next();
        folder.map_or(0, |folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count())
    }

    /// Waits until what was sent takes so many files.
    fn until_kept(&self, files: usize) {
        let begun = Instant::now();
        while self.kept() != files {
            assert!(begun.elapsed() < Duration::from_secs(20), "{} files are kept", self.kept());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn names(&self) -> Vec<String> {
        let desk = self.server.get("/api/desk");
        desk["projects"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap().to_owned()).collect()
    }

    /// Aligns two texts to the end.
    fn align(&self, name: &str, choices: &Value) -> Value {
        let (source, target) =
            (self.server.upload("a.ar.txt", &arabic(6)), self.server.upload("a.en.txt", &english(6)));
        let body = json!({ "source": source, "target": target, "name": name, "choices": choices });
        let begun = self.server.post("/api/align", &body);
        assert_eq!(begun.status, 200, "{}", begun.body);
        self.server.end_of(&begun.json()["job"])
    }
}

fn arabic(lines: u32) -> String {
    (1..=lines).map(|i| format!("الجملة رقم {i} في النص العربي الطويل نسبيا {}.\n", i * 111)).collect()
}

fn english(lines: u32) -> String {
    (1..=lines)
        .map(|i| format!("This is sentence number {i} of the text, and it is rather long {}.\n", i * 111))
        .collect()
}

/// The port and the token of a page that is opened by an address.
fn enter(address: &str) -> (u16, String) {
    let (base, code) = address.split_once("/#code=").unwrap();
    let port = base.rsplit(':').next().unwrap().parse().unwrap();
    let entered = ask(port, "POST /api/enter", &format!("x-muqabala-code: {code}\r\ncontent-length: 0\r\n"));
    let body = entered.split_once("\r\n\r\n").unwrap().1;
    let said: Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("{entered}"));
    (port, said["token"].as_str().unwrap().to_owned())
}

/// What a page's server answers.
fn ask(port: u16, what: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "{what} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n{headers}connection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn every_address_refuses_foreign_hosts_and_sites_and_those_without_the_token() {
    let f = serve();
    let (port, token) = (f.server.port, f.server.token.clone());
    let status = |method: &str, path: &str, host: &str, more: &str| {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\n{more}content-length: 0\r\nconnection: close\r\n\r\n"
        );
        f.server.raw(request.as_bytes()).unwrap().status
    };
    let (own, with) = (format!("127.0.0.1:{port}"), format!("x-muqabala-token: {token}\r\n"));
    for (method, path) in ROUTES {
        for host in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1:1"] {
            assert_eq!(status(method, path, host, &with), 421, "{method} {path} at {host}");
        }
        for origin in ["http://evil.example", "null", &format!("http://127.0.0.1:{}", port.wrapping_add(1))] {
            let more = format!("{with}origin: {origin}\r\n");
            assert_eq!(status(method, path, &own, &more), 403, "{method} {path} of {origin}");
        }
        let more = format!("{with}sec-fetch-site: same-site\r\n");
        assert_eq!(status(method, path, &own, &more), 403, "{method} {path}: another port of this machine");
        assert_eq!(status(method, path, &own, ""), 401, "{method} {path}");
        let wrong = format!("x-muqabala-token: {}\r\n", "0".repeat(token.len()));
        assert_eq!(status(method, path, &own, &wrong), 401, "{method} {path}");
    }
    assert_eq!(f.kept(), 0, "nothing was taken from those who were refused");
    let page = f.server.send("GET", "/", "", "");
    assert!(page.headers.contains("content-security-policy: default-src 'none'"), "{}", page.headers);
}

#[test]
fn two_documents_become_a_project_with_a_review_page_of_its_own() {
    let f = serve();
    let source = f.server.upload("law.ar.txt", &arabic(6));
    let seen = f.server.get(&format!("/api/look?upload={source}"));
    assert_eq!((&seen["language"], &seen["segments"]), (&json!("ar"), &json!(6)), "{seen}");
    let target = f.server.upload("law.en.txt", &english(6));
    let begun = f
        .server
        .post("/api/align", &json!({ "source": source, "target": target, "choices": { "interface": "ar" } }));
    let end = f.server.end_of(&begun.json()["job"]);
    assert_eq!(end["result"]["project"], json!("law"), "{end}");
    assert!(f.projects().join("law.muq").is_file());

    let open = || {
        f.server.post("/api/open", &json!({ "project": "law" })).json()["address"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let address = open();
    let (port, token) = enter(&address);
    assert!(port != f.server.port && token != f.server.token);
    let code =
        format!("x-muqabala-code: {}\r\ncontent-length: 0\r\n", address.split_once("#code=").unwrap().1);
    assert!(
        ask(port, "POST /api/enter", &code).starts_with("HTTP/1.1 401"),
        "an address opens the page once"
    );
    assert_eq!(enter(&open()), (port, token.clone()), "a project that is open is open at the same port");
    let answer = ask(port, "GET /api/project", &format!("x-muqabala-token: {token}\r\n"));
    assert!(answer.contains("\"names\":{\"source\":\"law.ar.txt\",\"target\":\"law.en.txt\"}"), "{answer}");
    assert!(answer.contains("\"interface\":\"ar\""), "{answer}");
    // The start page's token opens no project.
    let answer = ask(port, "GET /api/project", &format!("x-muqabala-token: {}\r\n", f.server.token));
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    let desk = f.server.get("/api/desk");
    assert_eq!(desk["projects"][0]["beads"], json!(6), "{desk}");
    assert_eq!(desk["projects"][0]["languages"], json!(["ar", "en"]));
}

#[test]
fn choices_are_obeyed_and_what_cannot_be_used_is_said() {
    let f = serve();
    let lines = f.align("lines", &json!({ "lines": true, "sourceLang": "ar", "targetLang": "en" }));
    assert_eq!(lines["state"], json!("done"), "{lines}");
    let wrong = f.align("x", &json!({ "sourceLang": "ja" }));
    assert_eq!(wrong["why"]["name"], json!("script"), "{wrong}");
    let rules = f.server.upload("rules.srx", "<nothing/>");
    assert_eq!(f.align("x", &json!({ "srx": rules }))["why"]["name"], json!("srx"));
    let words = f.server.upload("words.tsv", "one\n");
    let refused = f.align("x", &json!({ "lexicons": [words] }));
    assert_eq!(refused["why"]["name"], json!("lexicon"), "{refused}");
    assert!(refused["why"]["error"].as_str().unwrap().starts_with("words.tsv: "), "{refused}");
    let empty = f.server.upload("e.txt", " ");
    let look = f.server.send("GET", &format!("/api/look?upload={empty}"), "", "");
    assert_eq!((look.status, &look.json()["name"]), (422, &json!("no-text")));
    assert_eq!(f.names(), ["lines"], "what failed left no project");
    for body in [
        json!({}),
        json!({ "source": 1 }),
        json!({ "source": 99, "target": 98 }),
        json!({ "path": "/etc/passwd" }),
    ] {
        let status = f.server.post("/api/align", &body).status;
        assert!([400, 404, 422].contains(&status), "{body}: {status}");
    }
}

#[test]
fn one_file_with_both_languages_is_told_and_aligned() {
    let f = serve();
    let csv = "ar,en\nوقع الطرفان الاتفاق في 14 تموز 2019.,The two parties signed the agreement on July 14 2019.\nشكرا لكم.,Thank you.\n";
    let number = f.server.upload("app.csv", csv);
    let seen = f.server.get(&format!("/api/look?upload={number}"));
    assert_eq!(
        (&seen["kind"], &seen["units"], &seen["languages"]),
        (&json!("both"), &json!(2), &json!(["ar", "en"])),
        "{seen}"
    );
    let begun = f.server.post("/api/align", &json!({ "both": number, "choices": { "keepUnits": true } }));
    let end = f.server.end_of(&begun.json()["job"]);
    assert_eq!(end["result"]["project"], json!("app"), "{end}");
    assert_eq!(f.server.get("/api/desk")["projects"][0]["beads"], json!(2));
    let broken = f.server.upload("b.tmx", "<tmx");
    let look = f.server.send("GET", &format!("/api/look?upload={broken}&both=true"), "", "");
    assert_eq!(look.status, 422);
    let tmp = f.folder.path().display().to_string();
    assert!(!look.body.contains(&tmp) && look.body.contains("b.tmx"), "{}", look.body);
}

#[test]
fn a_name_that_is_taken_gets_a_number_and_none_leads_elsewhere() {
    let f = serve();
    for name in ["a", "a", "../../a", "CON"] {
        assert_eq!(f.align(name, &json!({}))["state"], json!("done"), "{name}");
    }
    let mut names = f.names();
    names.sort();
    assert_eq!(names, ["_CON", "a", "a 2", "a 3"].map(str::to_owned));
    std::fs::write(f.folder.path().join("outside.muq"), "x").unwrap();
    for path in ["/api/open", "/api/copy", "/api/remove"] {
        for name in ["../outside", "/etc/passwd", "a/../a", "", "nothing"] {
            assert_eq!(f.server.post(path, &json!({ "project": name })).status, 404, "{path} {name}");
        }
    }
    assert!(f.folder.path().join("outside.muq").exists());
}

#[test]
fn projects_are_renamed_copied_and_removed_and_nothing_is_replaced() {
    let f = serve();
    f.align("one", &json!({}));
    f.align("two", &json!({}));
    let taken = f.server.post("/api/rename", &json!({ "project": "one", "name": "two" }));
    assert_eq!((taken.status, &taken.json()["name"]), (409, &json!("taken")));
    let renamed = f.server.post("/api/rename", &json!({ "project": "one", "name": "ثلاثة/3" })).json();
    assert_eq!(renamed["project"], json!("ثلاثة 3"));
    let copied = f.server.post("/api/copy", &json!({ "project": "two" })).json();
    assert_eq!(copied["project"], json!("two 2"));
    let both = ["two.muq", "two 2.muq"]
        .map(|name| muqabala::project::store::read(&f.projects().join(name)).unwrap());
    assert_eq!(both[0].0.state(), both[1].0.state());

    // One that a page shows stays as it is.
    let opened = f.server.post("/api/open", &json!({ "project": "two" })).json();
    let (port, token) = enter(opened["address"].as_str().unwrap());
    let mut page = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        page,
        "GET /api/changes?since=0 HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nx-muqabala-token: {token}\r\n\r\n"
    )
    .unwrap();
    let begun = Instant::now();
    while f.server.get("/api/desk")["projects"].as_array().unwrap().iter().all(|p| p["shown"] == json!(false))
    {
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
    std::thread::sleep(Duration::from_millis(100));
    for path in ["/api/remove", "/api/copy"] {
        let refused = f.server.post(path, &json!({ "project": "two" }));
        assert_eq!((refused.status, &refused.json()["name"]), (409, &json!("open")), "{path}");
    }
    drop(page);
    std::thread::sleep(Duration::from_millis(3200));
    let removed = f.server.post("/api/remove", &json!({ "project": "two" }));
    assert_eq!(removed.json()["place"], json!("bin"), "{}", removed.body);
    assert!(f.folder.path().join("data/Trash/files/two.muq").is_file());
    let mut names = f.names();
    names.sort();
    assert_eq!(names, ["two 2", "ثلاثة 3"].map(str::to_owned));
    let files: Vec<_> = std::fs::read_dir(f.projects()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!files.iter().any(|name| name.to_string_lossy().ends_with("-wal")), "{files:?}");
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_and_a_large_one_takes_no_memory() {
    let f = serve();
    let head = |length: u64| {
        format!(
            "POST /api/upload?name=a.tmx HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nx-muqabala-token: {}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n",
            f.server.port, f.server.token
        )
    };
    let mut stream = TcpStream::connect(("127.0.0.1", f.server.port)).unwrap();
    stream.write_all(head(1000).as_bytes()).unwrap();
    stream.write_all(&[b'x'; 500]).unwrap();
    f.until_kept(1);
    drop(stream);
    f.until_kept(0);

    assert_eq!(f.server.raw(head(600 << 20).as_bytes()).unwrap().status, 413);
    f.until_kept(0);

    let mut stream = TcpStream::connect(("127.0.0.1", f.server.port)).unwrap();
    let (piece, pieces) = (vec![b'x'; 1 << 20], 300);
    stream.write_all(head(pieces << 20).as_bytes()).unwrap();
    for _ in 0..pieces {
        stream.write_all(&piece).unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let number: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    if let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", f.server.child.id())) {
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let kilobytes: u64 = most.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(kilobytes < 100_000, "{most}");
    }
    f.until_kept(1);
    assert_eq!(f.server.post("/api/discard", &json!({ "uploads": [number["upload"]] })).status, 204);
    f.until_kept(0);
}

#[test]
fn work_that_is_stopped_is_over_at_once_and_leaves_no_project() {
    let f = serve();
    let (source, target) =
        (f.server.upload("a.ar.txt", &arabic(3000)), f.server.upload("a.en.txt", &english(3000)));
    let begun = f.server.post("/api/align", &json!({ "source": source, "target": target })).json();
    let first = f.server.get(&format!("/api/job?job={}&seen=1", begun["job"]));
    assert_eq!(first["said"]["state"], json!("working"), "{first}");
    assert_eq!(f.server.post("/api/stop", &begun).status, 204);
    assert_eq!(f.server.end_of(&begun["job"]), json!({ "state": "stopped" }));
    f.server.post("/api/discard", &json!({ "uploads": [source, target] }));
    // When the last stage that was under way is over, what was sent is gone too.
    let begun = Instant::now();
    while f.kept() > 0 {
        assert!(begun.elapsed() < Duration::from_mins(2));
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(f.names(), Vec::<String>::new());
    let files: Vec<_> = std::fs::read_dir(f.projects()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(files.is_empty(), "{files:?}");
}

/// How the program ended, and what it said.
fn ended(server: &mut Server, folder: &Path, within: Duration) -> Option<String> {
    let begun = Instant::now();
    while begun.elapsed() < within {
        if let Ok(Some(status)) = server.child.try_wait() {
            assert!(status.success(), "{status}");
            return Some(std::fs::read_to_string(folder.join("messages")).unwrap());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}

#[test]
fn the_program_stops_a_while_after_its_last_page_was_closed_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start_page(folder.path(), &["--stop-after", "1"]);
    let mut page = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    write!(
        page,
        "GET /api/alive HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nx-muqabala-token: {}\r\n\r\n",
        server.port, server.token
    )
    .unwrap();
    assert_eq!(ended(&mut server, folder.path(), Duration::from_secs(3)), None, "a page is open");
    drop(page);
    let said = ended(&mut server, folder.path(), Duration::from_secs(10)).expect("it ends");
    assert!(said.contains("stops 1 s after its last page was closed"), "{said}");
    assert!(said.contains("stopped, as its last page was closed"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path().join("tmp")).unwrap().count(), 0, "nothing is left behind");
}

#[test]
fn with_keep_it_goes_on_and_whatever_ends_it_leaves_nothing() {
    for signal in crate::support::ending_signals() {
        leaves_nothing_after(signal);
    }
}

fn leaves_nothing_after(signal: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start_page(folder.path(), &["--keep"]);
    let (source, target) = (server.upload("a.txt", &arabic(3000)), server.upload("a.txt", &english(3000)));
    let begun = server.post("/api/align", &json!({ "source": source, "target": target })).json();
    assert_eq!(
        server.get(&format!("/api/job?job={}&seen=0", begun["job"]))["said"]["state"],
        json!("working")
    );
    assert_eq!(ended(&mut server, folder.path(), Duration::from_secs(2)), None);
    std::process::Command::new("kill").args([signal, &server.child.id().to_string()]).status().unwrap();
    assert!(ended(&mut server, folder.path(), Duration::from_secs(10)).is_some(), "{signal}");
    assert_eq!(std::fs::read_dir(folder.path().join("tmp")).unwrap().count(), 0, "{signal}");
    // The project, if the work was done before, and nothing unfinished.
    let left = std::fs::read_dir(folder.path().join("projects")).unwrap().map(|e| e.unwrap().file_name());
    let left: Vec<_> = left.filter(|name| !name.to_string_lossy().ends_with(".muq")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_memory_is_checked_and_what_is_made_of_it_is_a_new_file() {
    let f = serve();
    let memory = "<tmx version=\"1.4\"><header creationtool=\"x\" creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"x\" \
        adminlang=\"en\" srclang=\"ar\" datatype=\"plaintext\"/><body>\
        <tu><tuv xml:lang=\"ar\"><seg>a & b</seg></tuv><tuv xml:lang=\"en\"><seg>c</seg></tuv></tu></body></tmx>";
    let number = f.server.upload("m.tmx", memory);
    let job = f.server.post("/api/check", &json!({ "upload": number })).json()["job"].clone();
    let found = f.server.end_of(&job)["result"].clone();
    let kind = found["kinds"].as_array().unwrap().iter().find(|k| k["code"] == "unescaped").unwrap();
    assert_eq!(kind["findings"][0]["texts"][1], json!(["en", "c"]), "{found}");
    assert_eq!(found["pairs"], json!([["ar → en", 1]]));
    let make = |making: Value| {
        let job =
            f.server.post("/api/make", &json!({ "upload": number, "making": making })).json()["job"].clone();
        f.server.end_of(&job)
    };
    let mended = make(json!({ "what": "fix" }));
    assert_eq!(mended["result"]["name"], json!("m.mended.tmx"), "{mended}");
    let file = |upload: &Value| f.server.send("GET", &format!("/api/file?upload={upload}"), "", "");
    assert!(file(&mended["result"]["upload"]).body.contains("a &amp; b"));
    assert_eq!(file(&json!(number)).body, memory, "what was sent stays as it was");
    assert_eq!(
        make(json!({ "what": "extract", "source": "fr", "target": "ar" }))["why"]["name"],
        json!("no-pair")
    );
    let dropping = make(json!({ "what": "clean", "drop": ["no-such-kind"] }));
    assert_eq!(dropping["state"], json!("failed"), "{dropping}");
    assert_eq!(f.kept(), 2, "what failed left nothing");
}

#[test]
fn pairs_are_told_by_their_names_and_a_bad_one_stops_nothing() {
    let f = serve();
    let names =
        json!({ "source": ["x/a.ar.txt", "b.ar.txt"], "target": ["b.en.docx", "c.en.txt", "x/a.en.pdf"] });
    let paired = f.server.post("/api/pair", &names).json();
    let expected =
        json!([{ "name": "b", "source": 1, "target": 0 }, { "name": "x/a", "source": 0, "target": 2 }]);
    assert_eq!((&paired["pairs"], &paired["alone"]), (&expected, &json!([[], [1]])), "{paired}");
    let sent = |name: &str, content: &str| f.server.upload(name, content);
    let garbled = english(4) + "\nThe cafÃ© and the rÃ©sumÃ© are naÃ¯ve.\n";
    let pairs = json!([
        { "name": "bad", "source": sent("b.txt", " "), "target": sent("b.txt", "text") },
        { "name": "../../x/a", "source": sent("a.txt", &arabic(4)), "target": sent("a.txt", &garbled) },
    ]);
    let begun = f.server.post("/api/pairs", &json!({ "group": "../g", "pairs": pairs })).json();
    let end = f.server.end_of(&begun["job"]);
    assert_eq!(end["result"], json!({ "pairs": 2, "failed": 1 }), "{end}");
    let rows = f.server.get(&format!("/api/rows?job={}&from=0", begun["job"]))["rows"].clone();
    assert_eq!(
        (&rows[0]["why"]["name"], &rows[1]["project"]),
        (&json!("no-text"), &json!("g/x a")),
        "{rows}"
    );
    let warnings = rows[1]["warnings"].to_string();
    assert!(warnings.contains("a.txt: the text seems to be"), "{rows}");
    assert!(f.projects().join("g/x a.muq").is_file());
    assert_eq!(f.kept(), 0, "what is done is forgotten");
    assert_eq!(f.server.post("/api/pairs", &json!({ "group": "g", "pairs": [] })).status, 400);
}
