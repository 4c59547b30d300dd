//! The way to the page is a secret: on command lines, in the browser's history, and among many connections.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser::run;
use crate::support::workbench::{Server, mixed};

/// `review`, started as from a desktop whose programs to open something is a script that writes down what it was
/// given; and what it was given.
struct Desktop {
    folder: tempfile::TempDir,
    child: std::process::Child,
    port: u16,
}

impl Drop for Desktop {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Desktop {
    fn start() -> Self {
        use std::io::{BufRead, BufReader};
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("bin")).unwrap();
        std::fs::create_dir(at("home")).unwrap();
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$@\" > '{0}/given.part'\n/bin/mv '{0}/given.part' '{0}/given'\n",
            folder.path().display()
        );
        std::fs::write(at("bin/xdg-open"), script).unwrap();
        std::fs::set_permissions(at("bin/xdg-open"), std::fs::Permissions::from_mode(0o755)).unwrap();
        mixed(&at("p.muq"));
        let mut child = crate::support::plain()
            .args(["review", "--quiet", "--port", "0"])
            .arg(at("p.muq"))
            .env("HOME", at("home"))
            .env("PATH", at("bin"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let port = line.split(&[':', '/'][..]).find_map(|part| part.parse().ok()).unwrap();
        Self { folder, child, port }
    }

    /// The file that a browser was started with.
    fn given(&self) -> PathBuf {
        let given = self.folder.path().join("given");
        let started = Instant::now();
        while !given.exists() {
            assert!(started.elapsed() < Duration::from_secs(20), "no browser was started");
            std::thread::sleep(Duration::from_millis(20));
        }
        let given = std::fs::read_to_string(given).unwrap();
        assert_eq!(given.lines().count(), 1, "{given}");
        PathBuf::from(given.trim_end())
    }

    /// What is left in the home folder.
    fn left(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("home")).unwrap().count()
    }

    fn enter(&self, code: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let head = format!("host: 127.0.0.1:{}\r\nx-muqabala-code: {code}\r\nconnection: close", self.port);
        write!(stream, "POST /api/enter HTTP/1.1\r\n{head}\r\ncontent-length: 0\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

/// The code in a page that leads on, or in an address.
fn code(text: &str) -> &str {
    let code = text.split_once("#code=").unwrap().1;
    &code[..code.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(code.len())]
}

#[test]
fn the_browser_is_started_with_a_file_that_nobody_else_can_read() {
    use std::os::unix::fs::PermissionsExt;
    let mut desktop = Desktop::start();
    let file = desktop.given();
    // A browser out of a snap sees the home folder, but no hidden one in it.
    let inside = file.strip_prefix(desktop.folder.path().join("home")).unwrap();
    assert!(inside.components().all(|part| !part.as_os_str().to_str().unwrap().starts_with('.')));
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    let page = std::fs::read_to_string(&file).unwrap();
    let code = code(&page);
    assert_eq!(code.len(), 48);
    assert!(!file.to_str().unwrap().contains(code));
    assert!(page.contains(&format!("location.replace(\"http://127.0.0.1:{}/#code={code}\")", desktop.port)));
    // It works once, and goes with its use.
    assert!(desktop.enter(code).starts_with("HTTP/1.1 200 "));
    assert_eq!(desktop.left(), 0);
    assert!(desktop.enter(code).starts_with("HTTP/1.1 401 "));
    let _ = Command::new("kill").arg(desktop.child.id().to_string()).status();
    assert_eq!(desktop.child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_file_that_leads_to_the_page_ends_with_the_program() {
    let mut desktop = Desktop::start();
    assert!(desktop.given().exists());
    let _ = Command::new("kill").arg(desktop.child.id().to_string()).status();
    assert_eq!(desktop.child.wait().unwrap().code(), Some(0));
    assert_eq!(desktop.left(), 0);
}

#[test]
fn no_usable_secret_stays_in_the_browsers_history() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.muq");
    mixed(&path);
    run(
        async |page, server, project| {
            let desktop = Desktop::start();
            let file = desktop.given();
            page.open(&format!("file://{}", file.display())).await;
            page.until("seen.ready && location.hash === ''").await;
            assert_eq!(page.js("return location.pathname").await, json!("/"));
            // A reload goes on, a second window needs the printed address.
            page.watch().await;
            page.client.refresh().await.unwrap();
            page.until("window.seen?.ready").await;
            page.open(&server.address).await;
            // The browser writes its history down after some seconds.
            let history = project.with_file_name("profile").join("Default/History");
            let copy = folder.path().join("history");
            let started = Instant::now();
            let known = loop {
                let _ = std::fs::copy(&history, &copy);
                let known = visited(&copy).unwrap_or_default();
                if known.iter().any(|url| url.contains(&format!("127.0.0.1:{}/", desktop.port))) {
                    break known;
                }
                assert!(started.elapsed() < Duration::from_mins(1), "no history: {known:?}");
                tokio::time::sleep(Duration::from_millis(500)).await;
            };
            // The file and the page, and whatever the browser keeps of the way.
            assert!(known.iter().any(|url| url.starts_with("file://")), "{known:?}");
            let of_this = known.iter().filter(|url| url.contains(&format!(":{}/", desktop.port)));
            for url in of_this.filter(|url| url.contains('#')) {
                assert!(desktop.enter(code(url)).starts_with("HTTP/1.1 401 "), "{url}");
            }
            assert!(!known.iter().any(|url| url.contains(&server.token)), "{known:?}");
        },
        &[&path],
    );
}

/// The addresses in a browser's history.
fn visited(history: &Path) -> rusqlite::Result<Vec<String>> {
    let history = rusqlite::Connection::open(history)?;
    let mut urls = history.prepare("SELECT url FROM urls")?;
    urls.query_map([], |row| row.get(0))?.collect()
}

fn page_of_ten() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.muq");
    mixed(&path);
    let server = Server::start(&[&path]);
    (folder, server)
}

#[test]
fn connections_that_say_nothing_end_after_seconds() {
    let (_folder, server) = page_of_ten();
    for begun in ["", "GET / HTTP/1.1\r\nhost: 127", "POST /api/edit HTTP/1.1\r\n"] {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.write_all(begun.as_bytes()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let started = Instant::now();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let took = started.elapsed();
        assert!(took < Duration::from_secs(20) && took > Duration::from_secs(1), "{begun:?}: {took:?}");
    }
}

#[test]
fn thousands_of_half_open_connections_keep_no_page_waiting() {
    let (_folder, server) = page_of_ten();
    // One that has shown the token stays, whatever comes.
    let mut mine = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let head = format!("host: 127.0.0.1:{}\r\nx-muqabala-token: {}", server.port, server.token);
    let ping = format!("GET /api/ping HTTP/1.1\r\n{head}\r\n\r\n");
    let answered = |stream: &mut TcpStream| {
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(ping.as_bytes()).unwrap();
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        assert_eq!(&start, b"HTTP/1.1 204");
        let mut rest = Vec::new();
        while !rest.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            rest.push(byte[0]);
        }
    };
    answered(&mut mine);
    let mut held = Vec::new();
    for _ in 0..3 {
        for _ in 0..150 {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: ");
            held.push(stream);
        }
        answered(&mut mine);
        let started = Instant::now();
        assert_eq!(server.send("GET", "/api/ping", "", "").status, 204);
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    }
    // Of those that said nothing only so many are kept: their handles are what a program runs out of.
    let open = std::fs::read_dir(format!("/proc/{}/fd", server.child.id())).unwrap().count();
    assert!(open < 120, "{open} handles are open with {} connections", held.len());
}
