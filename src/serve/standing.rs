//! What a running page leaves, so that another start of the program by the same user shows that page and serves no second
//! one.
//!
//! In: a page that is served, and the path of a file. Out: the file; and for another process the page's address.
//! Guarantee: the file can be read by its user alone, and one that others could have written counts for nothing; both
//! sides prove that they know the secret in it without sending it, so that whoever took over the port of a program that
//! was killed learns nothing and is not believed; a file whose program is gone is as good as none.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddrV4, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::part_file::regular;

use super::opening::create_for_user;
use super::secrets::{address, in_digits, random, same};

/// Where another process asks for the page.
pub(super) const PATH: &str = "/standing";
/// The headers of its request.
pub(super) const HEADERS: [&str; 3] = ["x-muqabala-nonce", "x-muqabala-what", "x-muqabala-proof"];
/// How long a program that is there takes to answer, at most.
const PATIENCE: Duration = Duration::from_secs(3);
/// A longer file or answer is not ours, in bytes.
const LONGEST: u64 = 4096;

/// What is asked of a running page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Its address alone.
    Address,
    /// That it shows itself in the browser too.
    Shown,
}

impl Wanted {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Shown => "shown",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Address, Self::Shown].into_iter().find(|wanted| wanted.name() == name)
    }
}

/// What stands in the file.
#[derive(Debug, Serialize, Deserialize)]
struct Left {
    port: u16,
    secret: String,
}

/// What the program answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answer {
    pub(super) code: String,
    pub(super) proof: String,
}

/// The proof that who asks or answers knows the secret. All parts but the last have one length each, and so has the last
/// wherever it is checked.
pub(super) fn proof(secret: &str, nonce: &str, said: &str) -> String {
    let mut digest = Sha256::new();
    for part in [secret, nonce, said] {
        digest.update(part.as_bytes());
        digest.update(b"\n");
    }
    in_digits(&digest.finalize())
}

/// Whether a text has the form of what [`random`] gives.
pub(super) fn is_random(text: &str) -> bool {
    text.len() == 48 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A file that leads other processes of this user to a running page; removed when dropped.
#[derive(Debug)]
pub struct Standing {
    path: PathBuf,
    content: String,
}

impl Drop for Standing {
    fn drop(&mut self) {
        // Another start may have put its own in this place.
        if fs::read_to_string(&self.path).is_ok_and(|content| content == self.content) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Standing {
    /// Leaves the file at `path` for the page at a port, whose program knows the secret.
    pub(super) fn leave((port, secret): (u16, &str), path: &Path) -> io::Result<Self> {
        let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        let left = Left { port, secret: secret.to_owned() };
        let content = serde_json::to_string(&left)?;
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        create_for_user(path)?.write_all(content.as_bytes())?;
        Ok(Self { path: path.to_owned(), content })
    }
}

/// The address of the page of which the file `path` tells, if it is served: its code works as long as the program runs.
pub fn ask(path: &Path, wanted: Wanted) -> Option<String> {
    let left = read(path).ok()?;
    let nonce = random().ok()?;
    let at = SocketAddrV4::new(Ipv4Addr::LOCALHOST, left.port);
    let mut stream = TcpStream::connect_timeout(&at.into(), PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let [nonce_header, what_header, proof_header] = HEADERS;
    let (what, own) = (wanted.name(), proof(&left.secret, &nonce, wanted.name()));
    write!(
        stream,
        "POST {PATH} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n{nonce_header}: {nonce}\r\n{what_header}: {what}\r\n\
         {proof_header}: {own}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        left.port
    )
    .ok()?;
    let mut answer = String::new();
    stream.take(LONGEST).read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let answer: Answer = serde_json::from_str(body).ok().filter(|_| head.starts_with("HTTP/1.1 200 "))?;
    let is_known = is_random(&answer.code) && same(&answer.proof, &proof(&left.secret, &nonce, &answer.code));
    is_known.then(|| address(left.port, &answer.code))
}

/// Reads what was left, if nobody else can have written it.
fn read(path: &Path) -> io::Result<Left> {
    regular(path)?;
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let is_own =
            metadata.uid() == rustix::process::geteuid().as_raw() && metadata.mode() & 0o777 == 0o600;
        if !is_own {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
    }
    if !metadata.is_file() || metadata.len() > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text)?;
    let left: Left = serde_json::from_str(&text)?;
    if is_random(&left.secret) { Ok(left) } else { Err(io::ErrorKind::InvalidData.into()) }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_stranger_at_the_port_learns_nothing_and_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inside/standing.json");
        assert_eq!(ask(&path, Wanted::Address), None, "there is no file");
        let secret = random().unwrap();
        let bound = TcpListener::bind("127.0.0.1:0").unwrap();
        let standing = Standing::leave((bound.local_addr().unwrap().port(), &secret), &path).unwrap();
        drop(bound);
        assert_eq!(ask(&path, Wanted::Address), None, "its program is gone");

        // Somebody else took the port, and answers whatever is asked.
        let stranger = TcpListener::bind("127.0.0.1:0").unwrap();
        let left = Left { port: stranger.local_addr().unwrap().port(), secret: secret.clone() };
        fs::write(&path, serde_json::to_string(&left).unwrap()).unwrap();
        let heard = std::thread::spawn(move || {
            let (mut stream, _) = stranger.accept().unwrap();
            // To its end, which may come in pieces.
            let (mut heard, mut piece) = (Vec::new(), [0; 1024]);
            while !heard.ends_with(b"\r\n\r\n") {
                let read = stream.read(&mut piece).unwrap();
                assert_ne!(read, 0, "the request ends before its head does");
                heard.extend_from_slice(&piece[..read]);
            }
            let code = "a".repeat(48);
            let body = format!("{{\"code\":\"{code}\",\"proof\":\"{}\"}}", "b".repeat(64));
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
            String::from_utf8_lossy(&heard).into_owned()
        });
        assert_eq!(ask(&path, Wanted::Shown), None);
        let heard = heard.join().unwrap();
        assert!(heard.contains("x-muqabala-proof") && !heard.contains(&secret), "{heard}");
        // What another put in its place stays.
        drop(standing);
        assert!(path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_counts_for_nothing() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("standing.json");
        let standing = Standing::leave((1, &random().unwrap()), &path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(read(&path).is_ok());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(read(&path).is_err());
        drop(standing);
        assert!(!path.exists());
    }
}
