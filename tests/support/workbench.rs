//! The real program serving a project on a free port, and plain HTTP to speak with it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use muqabala::bitext::{
    AlignedBead, Alignment, Bead, Bitext, Doubt, Lang, Rival, SegmentedDocument, Side, Sides,
};
use muqabala::project::{AutoRealign, Project, ProjectFile};
use serde_json::Value;

/// A running `muqabala review`; killed when dropped.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) port: u16,
    pub(crate) token: String,
    pub(crate) address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::env::var_os("LLVM_PROFILE_FILE").is_some() {
            self.end_politely();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The answer to a request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

impl Server {
    /// Asks it to end, and gives it two seconds: one that is killed does not write down what it went through.
    fn end_politely(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        for _ in 0..40 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    /// Starts `review` with `arguments` at any free port.
    pub(crate) fn start(arguments: &[&Path]) -> Self {
        Self::start_at(0, arguments)
    }

    /// Starts `review` with `arguments` at `port`.
    pub(crate) fn start_at(port: u16, arguments: &[&Path]) -> Self {
        let mut command = crate::support::plain();
        command.arg("review").args(arguments).args(["--no-open", "--quiet", "--port", &port.to_string()]);
        Self::begin(command)
    }

    /// Starts `start` with the projects in `folder`/projects, `more` arguments, and everything else of the user's below
    /// `folder`: its bin, and its temporary files in `folder`/tmp.
    pub(crate) fn start_page(folder: &Path, more: &[&str]) -> Self {
        Self::begin(Self::start_command(folder, &[&["--port", "0"][..], more].concat()))
    }

    /// The command of [`Server::start_page`], which leaves it to the program at which port.
    pub(crate) fn start_command(folder: &Path, more: &[&str]) -> Command {
        std::fs::create_dir_all(folder.join("tmp")).unwrap();
        let mut command = crate::support::plain();
        command.arg("start").arg("--folder").arg(folder.join("projects")).arg("--no-open").args(more);
        command
            .env("TMPDIR", folder.join("tmp"))
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_CACHE_HOME", folder.join("cache"))
            .env("HOME", folder);
        command.stderr(std::fs::File::create(folder.join("messages")).unwrap());
        command
    }

    /// Starts a page, and enters it by the address that it prints.
    pub(crate) fn begin(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().to_owned();
        let (base, code) = address.split_once("/#code=").unwrap_or_else(|| panic!("no address: {line:?}"));
        let port = base.rsplit(':').next().unwrap().parse().unwrap();
        let mut server = Self { child, port, token: String::new(), address: address.clone() };
        let entered = server.enter(code);
        assert_eq!(entered.status, 200, "{}", entered.body);
        entered.json()["token"].as_str().unwrap().clone_into(&mut server.token);
        server
    }

    /// Asks for the token with the code of an address.
    pub(crate) fn enter(&self, code: &str) -> Answer {
        let head = format!("host: 127.0.0.1:{}\r\nx-muqabala-code: {code}\r\nconnection: close", self.port);
        self.raw(format!("POST /api/enter HTTP/1.1\r\n{head}\r\ncontent-length: 0\r\n\r\n").as_bytes())
            .unwrap()
    }

    /// Sends bytes as they are and reads the whole answer.
    pub(crate) fn raw(&self, request: &[u8]) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        // A server that refuses early may close before it has read everything.
        let sent = stream.write_all(request);
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        if bytes.is_empty() {
            sent?;
            read?;
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (headers, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
        Ok(Answer { status, headers: headers.to_owned(), body: unchunked(headers, body) })
    }

    /// A request with the right host and token, and `more` headers.
    pub(crate) fn send(&self, method: &str, path: &str, more: &str, body: &str) -> Answer {
        self.try_send(method, path, more, body).unwrap()
    }

    pub(crate) fn try_send(
        &self,
        method: &str,
        path: &str,
        more: &str,
        body: &str,
    ) -> std::io::Result<Answer> {
        let content = if body.is_empty() {
            String::new()
        } else {
            format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len())
        };
        self.raw(
            format!(
                "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nx-muqabala-token: {}\r\n{content}{more}connection: close\r\n\r\n{body}",
                self.port, self.token
            )
            .as_bytes(),
        )
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let answer = self.send("GET", path, "", "");
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }

    /// Posts JSON and gives what came back of it.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, "", &body.to_string())
    }

    /// Sends the content of a file; gives its number.
    pub(crate) fn upload(&self, name: &str, content: &str) -> u64 {
        let answer = self.send("POST", &format!("/api/upload?name={name}"), "", content);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["upload"].as_u64().unwrap()
    }

    /// Follows a job to its end.
    pub(crate) fn end_of(&self, job: &Value) -> Value {
        let mut seen = Value::from(0);
        loop {
            let news = self.get(&format!("/api/job?job={job}&seen={seen}"));
            if news["said"]["state"] != "working" {
                return news["said"].clone();
            }
            seen = news["serial"].clone();
        }
    }

    pub(crate) fn edit(&self, revision: u64, edit: &Value) -> Answer {
        let body = serde_json::json!({ "revision": revision, "edit": edit }).to_string();
        self.send("POST", "/api/edit", "", &body)
    }
}

fn unchunked(headers: &str, body: &str) -> String {
    if !headers.to_lowercase().contains("transfer-encoding: chunked") {
        return body.to_owned();
    }
    let (mut out, mut rest) = (String::new(), body);
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        if size == 0 {
            break;
        }
        out.push_str(&after[..size]);
        rest = &after[size + 2..];
    }
    out
}

/// A project of `n` beads, made without aligning.
pub(crate) fn large(path: &Path, n: u32) {
    let words = |i: u32, all: &[&str]| {
        let count = 6 + i % 17;
        (0..count).map(|w| all[((i * 7 + w * w) % all.len() as u32) as usize]).collect::<Vec<_>>().join(" ")
    };
    let arabic =
        ["وزارة", "الدفاع", "بيان", "مشترك", "التعاون", "الأمني", "بين", "البلدين", "في", "واشنطن", "يوم"];
    let english = [
        "ministry",
        "defence",
        "joint",
        "statement",
        "security",
        "cooperation",
        "between",
        "the",
        "in",
        "day",
    ];
    let source: Vec<_> = (0..n).map(|i| format!("{} {i}.", words(i, &arabic))).collect();
    let target: Vec<_> = (0..n).map(|i| format!("{} {i}.", words(i, &english))).collect();
    let bitext = Bitext {
        documents: Sides::new(SegmentedDocument::from_lines(&source), SegmentedDocument::from_lines(&target)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let beads = (0..n).map(|i| {
        let mut bead = AlignedBead::bare(Bead::new((i, i + 1), (i, i + 1)));
        bead.confidence = Some(f64::from(i * 7 % 100) / 100.0);
        bead
    });
    let alignment = Alignment::new(beads.collect(), n as usize, n as usize).unwrap();
    let mut project = Project::new(&bitext, alignment, Sides::default());
    project.set_lexicon(muqabala::session::learn(&project));
    drop(ProjectFile::create(path, project).unwrap());
}

/// A project of ten beads, of every type and with every doubt, made without aligning so that all of it is known:
///
/// | row | type | confidence | besides |
/// |---:|---|---:|---|
/// | 0 | 1-1 | 0.98 | |
/// | 1 | 1-1 | 0.45 | three doubts, two rivals |
/// | 2 | 2-1 | 0.85 | a number that is missing |
/// | 3 | 1-2 | 0.9 | a weak segment, which makes nothing doubtful |
/// | 4 | 0-1 | 0.75 | |
/// | 5 | 1-0 | 0.6 | |
/// | 6 | 1-1 | 0.72 | crossing |
/// | 7 | 1-1 | none | crossing |
/// | 8 | 1-1 | 0.7 | pinned, without a word in common |
/// | 9 | 2-2 | 0.7 | |
///
/// The segments are "نص رقم 0." to 10 and "Text number 0." to 10. Edits do not align again what is around them.
pub(crate) fn mixed(path: &Path) {
    let source: Vec<_> = (0..11).map(|i| format!("نص رقم {i}.")).collect();
    let target: Vec<_> = (0..11).map(|i| format!("Text number {i}.")).collect();
    let bitext = Bitext {
        documents: Sides::new(SegmentedDocument::from_lines(&source), SegmentedDocument::from_lines(&target)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let known = |source, target, confidence| {
        let mut bead = AlignedBead::bare(Bead::new(source, target));
        bead.confidence = confidence;
        bead
    };
    let mut beads = vec![
        known((0, 1), (0, 1), Some(0.98)),
        known((1, 2), (1, 2), Some(0.45)),
        known((2, 4), (2, 3), Some(0.85)),
        known((4, 5), (3, 5), Some(0.9)),
        known((5, 5), (5, 6), Some(0.75)),
        known((5, 6), (6, 6), Some(0.6)),
        known((6, 7), (7, 8), Some(0.72)),
        known((7, 8), (6, 7), None),
        known((8, 9), (8, 9), Some(0.7)),
        known((9, 11), (9, 11), Some(0.7)),
    ];
    let rival = |source, target, probability| Rival { bead: Bead::new(source, target), probability };
    beads[1].rivals = vec![rival((1, 2), (1, 3), 0.4), rival((1, 2), (2, 2), 0.1)];
    beads[1].doubts = vec![
        Doubt::LengthsFarApart { source: 24, target: 80 },
        Doubt::NoWordInCommon,
        Doubt::CloseRival { probability: 0.4 },
    ];
    beads[2].doubts = vec![Doubt::MissingValue { side: Side::Source, value: "15".to_owned() }];
    beads[3].doubts =
        vec![Doubt::WeakSegment { side: Side::Target, place: bitext.documents.target.segments()[4].span }];
    (beads[6].crossing, beads[7].crossing) = (true, true);
    beads[8].pinned = true;
    beads[8].doubts = vec![Doubt::NoWordInCommon];
    let alignment = Alignment::new(beads, source.len(), target.len()).unwrap();
    let project = Project::new(&bitext, alignment, Sides::default());
    let mut file = ProjectFile::create(path, project).unwrap();
    let mut settings = file.project().settings().clone();
    settings.auto_realign = AutoRealign::Off;
    file.set_settings(settings).unwrap();
}
