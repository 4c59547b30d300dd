#![no_main]
//! The requests that the review server takes: raw bytes, or a path and a body with all that the guard asks for.
//!
//! The server must answer or hang up, answer the next request, and have a whole project in the end.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::LazyLock;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use muqabala::pipeline::AlignOptions;
use muqabala::project::ProjectFile;
use muqabala::review::{self, Workbench};
use muqabala::serve::bind;
use muqabala::session::PipelineAligner;
use muqabala_fuzz::{folder, project_file};

struct Server {
    port: u16,
    token: String,
}

static SERVER: LazyLock<Server> = LazyLock::new(|| {
    let path = folder().join("p.muq");
    std::fs::write(&path, project_file()).expect("a file can be written");
    let file = ProjectFile::open(&path).expect("the project is whole");
    let bound = bind(0).expect("there is a free port");
    let server = Server { port: bound.port(), token: bound.token().to_owned() };
    let workbench = Workbench::new(file, Box::new(PipelineAligner::new(AlignOptions::default())), || 0);
    std::thread::spawn(move || review::serve(bound, workbench, |_| ()).expect("the server goes on"));
    server
});

const PATHS: [&str; 13] =
    ["ping", "project", "outline", "rows", "bead/", "find", "next", "export", "edit", "undo", "redo", "settings", "enter"];

fn sent(request: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", SERVER.port)).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a time limit can be set");
    // The server may hang up on a bad request before it is written.
    let _ = stream.write_all(request);
    stream
}

/// Reads the answer to its end; `None` if there is none in time.
fn answer(mut stream: TcpStream) -> Option<Vec<u8>> {
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => None,
        _ => Some(answer),
    }
}

/// The project's revision, which an edit must name.
fn revision(head: &str) -> String {
    let answer = answer(sent(format!("GET /api/project HTTP/1.1\r\n{head}\r\n").as_bytes())).unwrap_or_default();
    let answer = String::from_utf8_lossy(&answer);
    let number = answer.split_once("\"revision\":").map_or("", |(_, rest)| rest);
    number.chars().take_while(char::is_ascii_digit).collect()
}

fuzz_target!(|data: &[u8]| {
    let [kind, data @ ..] = data else { return };
    let head = format!("Host: 127.0.0.1:{}\r\nConnection: close\r\nX-Muqabala-Token: {}\r\n", SERVER.port, SERVER.token);
    let request = match PATHS.get(usize::from(*kind)) {
        // The query or id, then after a zero byte the body.
        Some(path) => {
            let at = data.iter().position(|&b| b == 0).unwrap_or(data.len());
            let (query, body) = (&data[..at], data.get(at + 1..).unwrap_or_default());
            let mut body = String::from_utf8_lossy(body).into_owned();
            if body.contains("$REV") {
                body = body.replace("$REV", &revision(&head));
            }
            let method = if *kind < 8 { "GET" } else { "POST" };
            let mut request = format!("{method} /api/{path}").into_bytes();
            if *kind != 4 && !query.is_empty() {
                request.push(b'?');
            }
            request.extend(query.iter().map(|&b| if b > b' ' { b } else { b'+' }));
            request.extend(
                format!(" HTTP/1.1\r\n{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len())
                    .bytes(),
            );
            request.extend(body.bytes());
            request
        }
        None => {
            let text = String::from_utf8_lossy(data);
            text.replace("\n", "\r\n").replace("$HEAD", head.trim_end()).into_bytes()
        }
    };
    let stream = sent(&request);
    if usize::from(*kind) >= PATHS.len() {
        // The request may be half of one, for whose rest the server would wait.
        let _ = stream.shutdown(Shutdown::Write);
    }
    assert!(answer(stream).is_some(), "no answer to {:?}", String::from_utf8_lossy(&request));
    let ping = answer(sent(format!("GET /api/ping HTTP/1.1\r\n{head}\r\n").as_bytes())).unwrap_or_default();
    assert!(ping.starts_with(b"HTTP/1.1 204"), "the server is gone: {:?}", String::from_utf8_lossy(&ping));
});
