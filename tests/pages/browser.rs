//! A real browser that shows the page of a running server.
//!
//! Runs when MUQABALA_BROWSER=1, with `chromedriver` and `chromium` installed; says so when it is left out.
//! MUQABALA_AXE=path/to/axe.min.js adds the accessibility check; MUQABALA_SHOTS=folder keeps screenshots.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};

use crate::support::left_out;
use crate::support::workbench::Server;

/// One browser at a time: with several, keys and drawings race on a small machine.
static TURN: Mutex<()> = Mutex::new(());

struct Driver(Child, #[expect(dead_code, reason = "held until the driver stops")] MutexGuard<'static, ()>);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A driver at a free port, or nothing where no browser is wanted.
fn driver() -> Option<(Driver, u16)> {
    if std::env::var("MUQABALA_BROWSER").as_deref() != Ok("1") {
        left_out::say("the page in a real browser", "since MUQABALA_BROWSER is not set to 1");
        return None;
    }
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let started = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        Ok(child) => Some((Driver(child, turn), port)),
        Err(error) => panic!("MUQABALA_BROWSER=1, but chromedriver cannot be started: {error}"),
    }
}

async fn open(port: u16, profile: &Path) -> Client {
    let mut capabilities = serde_json::Map::new();
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1440,900",
        "--lang=en",
    ];
    let mut arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    capabilities.insert("goog:chromeOptions".to_owned(), json!({ "args": arguments }));
    // A check of accessibility takes long on a machine that does other work.
    capabilities.insert("timeouts".to_owned(), json!({ "script": 180_000 }));
    let connector = hyper_util::client::legacy::connect::HttpConnector::new();
    let started = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(connector.clone());
        match builder.capabilities(capabilities.clone()).connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return client,
            Err(error) if started.elapsed() > Duration::from_secs(30) => panic!("no browser: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}

/// What watches the page from outside, as `seen`.
const WATCH: &str = include_str!("watch.js");

/// The page under test.
pub(crate) struct Page<'a> {
    pub(crate) client: Client,
    server: &'a Server,
    /// Where the driver listens.
    driver: u16,
    shots: Option<PathBuf>,
}

impl<'a> Page<'a> {
    async fn new(driver: u16, folder: &Path, server: &'a Server) -> Self {
        let client = open(driver, &folder.join("profile")).await;
        let shots = std::env::var_os("MUQABALA_SHOTS").map(PathBuf::from);
        Self { client, server, driver, shots }
    }

    /// Gives a command of Chromium's own protocol, which is not of the WebDriver standard and which its driver passes on.
    pub(crate) async fn command(&self, cmd: &str, params: &Value) {
        let session = self.client.session_id().await.unwrap().unwrap();
        let body = json!({ "cmd": cmd, "params": params }).to_string();
        let mut stream = TcpStream::connect(("127.0.0.1", self.driver)).unwrap();
        let length = body.len();
        write!(
            stream,
            "POST /session/{session}/goog/cdp/execute HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
        .unwrap();
        // The driver leaves the connection open.
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut status = String::new();
        BufReader::new(stream).read_line(&mut status).unwrap();
        assert!(status.contains(" 200 "), "{status}");
    }

    /// Sees to it that the page opened next in this window is watched from its first line on.
    pub(crate) async fn watch(&self) {
        self.command("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": WATCH })).await;
    }

    /// Opens an address, and waits until a bead of it is shown.
    pub(crate) async fn open(&self, address: &str) {
        self.watch().await;
        self.client.goto(address).await.unwrap();
        self.until("window.seen?.ready").await;
    }

    /// All rows, as the server has them, of a project of at most 200; those that the page shows are the same.
    pub(crate) async fn rows(&self) -> Vec<Value> {
        let rows = self.server.get("/api/rows?from=0&count=200")["beads"].as_array().unwrap().clone();
        let shown = self
            .js("return [...document.querySelectorAll('.row[data-bead]')].map((r) => [Number(r.dataset.position), Number(r.dataset.bead)])")
            .await;
        for row in shown.as_array().unwrap() {
            let position = row[0].as_u64().unwrap() as usize;
            assert_eq!(rows[position]["id"], row[1], "the page shows another bead at {position}");
        }
        rows
    }

    /// The numbers of all beads, in order.
    pub(crate) async fn ids(&self) -> Vec<Value> {
        self.rows().await.iter().map(|bead| bead["id"].clone()).collect()
    }

    /// How many segments a side has.
    pub(crate) async fn segments(&self, side: &str) -> usize {
        self.rows().await.iter().map(|bead| bead[side].as_array().unwrap().len()).sum()
    }

    /// Goes to a row by its number, as a reader would.
    pub(crate) async fn number(&self, number: usize) {
        self.press(":").await;
        self.until("document.activeElement.matches('dialog input')").await;
        self.press(&format!("{number}{}", Key::Enter)).await;
        self.until(&format!("!document.querySelector('dialog') && seen.position === {}", number - 1)).await;
        self.settle().await;
    }

    pub(crate) async fn js(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    pub(crate) async fn until(&self, condition: &str) {
        let started = Instant::now();
        while self.js(&format!("return Boolean({condition})")).await != json!(true) {
            if started.elapsed() > Duration::from_mins(1) {
                self.shot("failed").await;
                let live = self.js("return document.getElementById('live').textContent").await;
                panic!("never: {condition}; the page says {live}");
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Presses keys one after the other where the focus is.
    pub(crate) async fn press(&self, keys: &str) {
        if keys.starts_with(char::from(Key::Control)) {
            return self.send(keys).await;
        }
        for key in keys.chars() {
            self.send(key.encode_utf8(&mut [0; 4])).await;
        }
    }

    async fn send(&self, keys: &str) {
        // A row that is drawn again between the two steps takes its element along.
        for _ in 0..20 {
            if self.client.active_element().await.unwrap().send_keys(keys).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        panic!("{keys:?} cannot be pressed");
    }

    /// Presses a letter while Control is held.
    pub(crate) async fn send_control(&self, letter: char) {
        self.send(&format!("{}{letter}{}", Key::Control, Key::Null)).await;
    }

    /// Presses keys that make an edit, and waits until it is shown.
    pub(crate) async fn edit(&self, keys: &str) {
        let before = self.js("return seen.revision").await;
        self.press(keys).await;
        self.until(&format!("seen.revision > {before}")).await;
        self.settle().await;
    }

    pub(crate) async fn settle(&self) {
        self.until("seen.bead !== null && seen.bead === seen.detail").await;
        self.until("document.activeElement.matches('.row.current .selected')").await;
    }

    /// The current bead, as the server has it.
    pub(crate) async fn current(&self) -> Value {
        let here = self.js("return [seen.position, seen.bead]").await;
        let bead = self.server.get(&format!("/api/rows?from={}&count=1", here[0]))["beads"][0].clone();
        assert_eq!(bead["id"], here[1], "the page shows another bead");
        bead
    }

    pub(crate) async fn shot(&self, name: &str) {
        if let Some(folder) = &self.shots {
            tokio::time::sleep(Duration::from_millis(350)).await;
            std::fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await.unwrap())
                .unwrap();
        }
    }

    /// How many dark dots of a screenshot lie in the left and in the right tenth of the last line of all elements that
    /// `selector` names, where that line is not full.
    pub(crate) async fn ink(&self, selector: &str) -> (u64, u64) {
        let png = self.client.screenshot().await.unwrap();
        let script = "const [png, selector, done] = arguments;
            createImageBitmap(new Blob([new Uint8Array(png)], { type: 'image/png' })).then((picture) => {
              const canvas = new OffscreenCanvas(picture.width, picture.height);
              const context = canvas.getContext('2d');
              context.drawImage(picture, 0, 0);
              const dark = (x, y, w, h) => {
                let n = 0;
                const { data } = context.getImageData(x, y, Math.max(1, w), Math.max(1, h));
                for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] < 200) n += 1;
                return n;
              };
              let [left, right] = [0, 0];
              for (const element of document.querySelectorAll(selector)) {
                const box = element.getBoundingClientRect();
                const range = document.createRange();
                range.selectNodeContents(element);
                const lines = [...range.getClientRects()];
                const bottom = Math.max(...lines.map((line) => line.bottom));
                const last = lines.filter((line) => line.bottom > bottom - 12);
                const [from, to] = [Math.min(...last.map((line) => line.left)), Math.max(...last.map((line) => line.right))];
                if (to - from > .75 * box.width || box.bottom > innerHeight) continue;
                const [top, height, part] = [Math.min(...last.map((line) => line.top)), bottom - Math.min(...last.map((line) => line.top)), box.width / 10];
                left += dark(box.left + 8, top, part, height);
                right += dark(box.right - 8 - part, top, part, height);
              }
              done([left, right]);
            });";
        let found = self.client.execute_async(script, vec![json!(png), json!(selector)]).await.unwrap();
        (found[0].as_u64().unwrap(), found[1].as_u64().unwrap())
    }

    pub(crate) async fn axe(&self, what: &str) {
        let Ok(path) = std::env::var("MUQABALA_AXE") else {
            left_out::say(&format!("accessibility ({what})"), "since MUQABALA_AXE is not set");
            return;
        };
        self.js(&std::fs::read_to_string(path).unwrap()).await;
        let found = self
            .client
            .execute_async(
                "const done = arguments[arguments.length - 1];
                 axe.run(document, { resultTypes: ['violations'] }).then((r) => done(r.violations
                   .map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | '))));",
                vec![],
            )
            .await
            .unwrap();
        assert_eq!(found, json!([]), "{what}");
    }
}

pub(crate) fn run(test: impl AsyncFnOnce(Page<'_>, &Server, &Path), arguments: &[&Path]) {
    let Some((_driver, port)) = driver() else { return };
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("بيان.muq");
    let mut all = arguments.to_vec();
    let save = PathBuf::from("--save");
    if arguments.len() == 2 {
        all.extend([save.as_path(), project.as_path()]);
    }
    let server = Server::start(&all);
    block_on(async {
        let page = Page::new(port, folder.path(), &server).await;
        page.open(&server.address).await;
        page.settle().await;
        let client = page.client.clone();
        test(page, &server, &project).await;
        client.close().await.unwrap();
    });
}

fn block_on(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work);
}

/// Opens the start page; `test` gets the folder of everything, with the projects in `projects`.
pub(crate) fn run_start(test: impl AsyncFnOnce(Page<'_>, &Server, &Path)) {
    let Some((_driver, port)) = driver() else { return };
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_page(folder.path(), &["--keep"]);
    block_on(async {
        let page = Page::new(port, folder.path(), &server).await;
        page.watch().await;
        page.client.goto(&server.address).await.unwrap();
        page.until("document.getElementById('folder').textContent").await;
        let client = page.client.clone();
        test(page, &server, folder.path()).await;
        client.close().await.unwrap();
    });
}
