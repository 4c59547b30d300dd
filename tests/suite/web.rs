//! Web addresses, with a server on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use muqabala::read::{self, Input, ReadOptions, WebOptions, web};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::support::documents::{corpus, page, statement};
use crate::support::{program, run};

/// A server that answers each request by its path, until the test ends.
fn serve(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, answer) = (stream.unwrap(), answer.clone());
            thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let Some(Ok(first)) = lines.next() else { return };
                while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {}
                answer(first.split(' ').nth(1).unwrap_or("/"), &mut stream);
            });
        }
    });
    address
}

fn send(stream: &mut TcpStream, head: &str, body: &[u8]) {
    let length = body.len();
    // Whoever asked may have gone.
    let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(body);
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A page of one paragraph.
fn page() -> String {
    let sentences = "The two parties signed the agreement. ".repeat(10);
    format!("<html><body><p>{sentences}</p></body></html>")
}

fn site() -> String {
    serve(|path, stream| match path {
        "/statement" => send(
            stream,
            "200 OK\r\nContent-Type: text/html; charset=utf-8",
            page::html(&statement()).as_bytes(),
        ),
        "/moved" => send(stream, "302 Found\r\nLocation: /statement", b""),
        "/a/page" => send(stream, "302 Found\r\nLocation: ?x=1#part", b""),
        "/a/page?x=1" => send(stream, "301 Moved\r\nLocation: ../statement", b""),
        "/lost" => send(stream, "302 Found", b""),
        "/file" => send(stream, "302 Found\r\nLocation: file:///etc/passwd", b""),
        "/odd" => send(stream, "302 Found\r\nLocation: http://", b""),
        "/gzip" => {
            send(
                stream,
                "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
                &gzipped(page().as_bytes()),
            );
        }
        "/deflate" => {
            let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            packed.write_all(page().as_bytes()).unwrap();
            send(stream, "200 OK\r\nContent-Encoding: deflate", &packed.finish().unwrap());
        }
        "/bomb" => send(stream, "200 OK\r\nContent-Encoding: gzip", &gzipped(&vec![b' '; 40 << 20])),
        "/half" => send(stream, "200 OK\r\nContent-Encoding: gzip", &gzipped(page().as_bytes())[..40]),
        "/br" => send(stream, "200 OK\r\nContent-Encoding: br", b"packed"),
        "/loop" => send(stream, "302 Found\r\nLocation: /loop", b""),
        "/old" => {
            let page = encoding_rs::WINDOWS_1256.encode("<html><body><p>قرر الجانبان</p></body></html>").0;
            send(stream, "200 OK\r\nContent-Type: text/html; charset=windows-1256", &page);
        }
        "/picture" => send(stream, "200 OK\r\nContent-Type: text/html", b"\x89PNG\r\n\x1a\n\0\0\0"),
        "/large" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
        }
        "/slow" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<html>");
            thread::sleep(Duration::from_secs(20));
        }
        "/broken" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<html>");
        }
        _ => send(stream, "404 Not Found", b"no"),
    })
}

fn error(address: &str, max_size: u64, options: &WebOptions) -> String {
    let error = web::fetch(address, max_size, options).unwrap_err();
    assert!(error.hint().is_some(), "{error}");
    error.to_string().replace(address, "ADDRESS")
}

#[test]
fn a_page_is_aligned_by_its_address() {
    let folder = tempfile::tempdir().unwrap();
    let english = corpus().join("en.txt");
    let address = site() + "/moved";
    let ran = run(folder.path(), &["align", &address, english.to_str().unwrap(), "-o", "pairs.tmx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains(&format!("{address}: 44 segments")) || ran.err.contains("45 segments"),
        "{}",
        ran.err
    );
    let read = run(folder.path(), &["read", &address, "--json"]);
    assert!(read.out.contains("قادت وزارتا الدفاع") && !read.out.contains("إعلان"), "{}", read.out);
}

#[test]
fn the_server_names_the_encoding() {
    let read = read::read(&Input::Web(site() + "/old"), &ReadOptions::default()).unwrap();
    assert_eq!(read.document.text(), "قرر الجانبان\n");
}

#[test]
fn what_cannot_be_fetched_is_told() {
    let site = site();
    let usual = WebOptions::default();
    let failing = |path: &str| error(&format!("{site}{path}"), 1 << 20, &usual);
    insta::assert_snapshot!(failing("/none"), @"ADDRESS cannot be fetched: the server answers 404 (no such page)");
    insta::assert_snapshot!(failing("/loop"), @"ADDRESS cannot be fetched: it redirects more than 10 times");
    insta::assert_snapshot!(failing("/large"), @"ADDRESS is larger than the limit of 1048576 bytes");
    assert!(
        failing("/broken").starts_with("ADDRESS cannot be fetched: the connection to 127.0.0.1 broke off")
    );
    let mut short = WebOptions::default();
    short.timeout = Duration::from_millis(500);
    insta::assert_snapshot!(error(&format!("{site}/slow"), 1 << 20, &short), @"ADDRESS cannot be fetched: it takes longer than 0.5 seconds");
    let wrong = read::read(&Input::Web(format!("{site}/picture")), &ReadOptions::default()).unwrap_err();
    insta::assert_snapshot!(wrong.to_string().replace(&site, "SITE"), @"SITE/picture is not text: a PNG picture");
}

#[test]
fn redirections_lead_where_they_say() {
    let site = site();
    let fetched = web::fetch(&format!("{site}/a/page"), 1 << 20, &WebOptions::default()).unwrap();
    assert!(String::from_utf8(fetched.bytes).unwrap().contains("</html>"));
    let failing = |path: &str| error(&format!("{site}{path}"), 1 << 20, &WebOptions::default());
    insta::assert_snapshot!(failing("/lost"), @"ADDRESS cannot be fetched: the server answers 302 and does not say where the page is");
    insta::assert_snapshot!(failing("/file"), @"ADDRESS cannot be fetched: it redirects to `file:///etc/passwd`, which is no web address");
    insta::assert_snapshot!(failing("/odd"), @"ADDRESS cannot be fetched: it redirects to `http://`, which is no web address");
}

#[test]
fn what_is_packed_without_being_asked_is_unpacked() {
    let site = site();
    for path in ["/gzip", "/deflate"] {
        let fetched = web::fetch(&format!("{site}{path}"), 1 << 20, &WebOptions::default()).unwrap();
        assert_eq!(String::from_utf8(fetched.bytes).unwrap(), page(), "{path}");
    }
    let failing = |path: &str| error(&format!("{site}{path}"), 1 << 20, &WebOptions::default());
    insta::assert_snapshot!(failing("/bomb"), @"ADDRESS is larger than the limit of 1048576 bytes");
    insta::assert_snapshot!(failing("/half"), @"ADDRESS cannot be fetched: what the server sends is not packed as it says, by gzip");
    insta::assert_snapshot!(failing("/br"), @"ADDRESS cannot be fetched: the server packs the page as `br`, for which nobody asked");
}

/// A proxy, behind which every address elsewhere redirects to `location`.
fn elsewhere(location: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let Some(Ok(first)) = lines.next() else { continue };
            let mut rest_of_head = || while lines.next().is_some_and(|l| l.is_ok_and(|l| !l.is_empty())) {};
            rest_of_head();
            if first.starts_with("CONNECT ") {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
                rest_of_head();
            }
            send(&mut stream, &format!("302 Found\r\nLocation: {location}"), b"");
        }
    });
    address
}

/// An address may come from a list that somebody else wrote, and what stands there may lead into the reader's network.
#[test]
fn a_page_elsewhere_does_not_lead_into_this_machine() {
    let site = site();
    for location in [format!("{site}/gzip"), format!("{}/gzip", site.replace("127.0.0.1", "localhost"))] {
        let proxy = elsewhere(location);
        let read = |more: &[&str]| {
            let mut command = program();
            for variable in ["all_proxy", "ALL_PROXY", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"] {
                command.env_remove(variable);
            }
            command.env("http_proxy", &proxy).env("HTTP_PROXY", &proxy);
            let ran = command.args(["read", "http://elsewhere.example/"]).args(more).output().unwrap();
            (ran.status.code().unwrap(), String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap())
        };
        let (code, text) = read(&[]);
        assert_eq!(code, 2, "{text}");
        assert!(
            text.contains("an address of this machine or of a private network")
                && text.contains("--allow-private"),
            "{text}"
        );
        let (code, text) = read(&["--allow-private"]);
        assert!(code == 0 && text.contains("signed the agreement"), "{text}");
    }
}

#[test]
fn without_a_connection_it_says_so() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let message = error(&format!("http://{closed}/"), 1 << 20, &WebOptions::default());
    assert!(
        message.starts_with("ADDRESS cannot be fetched: there is no connection to 127.0.0.1"),
        "{message}"
    );
    insta::assert_snapshot!(error("http://a b/", 1, &WebOptions::default()), @"ADDRESS cannot be fetched: it is no web address (invalid uri character)");
}

/// A server with encryption, whose certificate an authority signed that no system trusts.
fn encrypted(head: &'static str, body: &'static [u8]) -> String {
    let fixture = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls").join(name);
    let certificate = CertificateDer::from_pem_file(fixture("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(fixture("key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/page", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = rustls::ServerConnection::new(config.clone()).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, stream.unwrap());
            let mut asked = [0; 4096];
            // Whoever does not trust the certificate goes.
            if stream.read(&mut asked).is_ok_and(|n| n > 0) {
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
                let _ = stream.write_all(&[head.as_bytes(), body].concat());
                let _ = stream.flush();
            }
        }
    });
    address
}

/// Runs `read` on the address, with the authority of the tests trusted as the system's administrator would.
fn read_trusting(address: &str) -> (i32, String) {
    let authority = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls/authority.pem");
    let ran = program().args(["read", address]).env("SSL_CERT_FILE", authority).output().unwrap();
    let text = [ran.stdout, ran.stderr].concat();
    (ran.status.code().unwrap(), String::from_utf8(text).unwrap().replace(address, "ADDRESS"))
}

#[test]
fn a_certificate_is_checked() {
    let address =
        encrypted("200 OK\r\nContent-Type: text/html", b"<html><body><p>encrypted</p></body></html>");
    let message = error(&address, 1 << 20, &WebOptions::default());
    assert!(
        message.starts_with("ADDRESS cannot be fetched: the connection to 127.0.0.1 cannot be trusted"),
        "{message}"
    );
    if cfg!(target_os = "linux") {
        let (code, text) = read_trusting(&address);
        assert_eq!(code, 0, "{text}");
        assert!(text.starts_with("paragraph\tencrypted\n"), "{text}");
    }
}

/// A redirection that would give the encryption up is not followed, nor is a server without it believed.
#[test]
fn an_address_with_encryption_is_never_fetched_without() {
    if cfg!(target_os = "linux") {
        let address = encrypted("302 Found\r\nLocation: http://127.0.0.1:1/", b"");
        let (code, text) = read_trusting(&address);
        assert_eq!(code, 2);
        assert!(text.contains("it redirects to an address without encryption"), "{text}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let plain = format!("https://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            send(&mut stream, "200 OK", b"<html><body>plain</body></html>");
            thread::sleep(Duration::from_secs(5));
        }
    });
    let message = error(&plain, 1 << 20, &WebOptions::default());
    assert!(message.contains("cannot be trusted"), "{message}");
}
