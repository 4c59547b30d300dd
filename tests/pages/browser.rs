//! A real browser that shows the page of a running server.
//!
//! Runs when MUQABALA_BROWSER=1, with `chromedriver` and `chromium` installed; says so when it is left out.
//! MUQABALA_AXE=path/to/axe.min.js adds the accessibility check; MUQABALA_SHOTS=folder keeps screenshots.

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

/// The page under test.
pub(crate) struct Page {
    pub(crate) client: Client,
    shots: Option<PathBuf>,
}

impl Page {
    pub(crate) async fn js(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    pub(crate) async fn until(&self, condition: &str) {
        let started = Instant::now();
        while self.js(&format!("return Boolean({condition})")).await != json!(true) {
            if started.elapsed() > Duration::from_secs(20) {
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

    /// Presses keys that make an edit, and waits until it is shown.
    pub(crate) async fn edit(&self, keys: &str) {
        let before = self.js("return muqabala.revision").await;
        self.press(keys).await;
        self.until(&format!("muqabala.revision > {before} && muqabala.rows[muqabala.position]")).await;
        self.settle().await;
    }

    pub(crate) async fn settle(&self) {
        self.until("muqabala.detail && muqabala.rows[muqabala.position]?.id === muqabala.detail.id").await;
        self.until("document.activeElement.matches('.row.current .selected')").await;
    }

    pub(crate) async fn current(&self) -> Value {
        self.js("return muqabala.rows[muqabala.position]").await
    }

    pub(crate) async fn shot(&self, name: &str) {
        if let Some(folder) = &self.shots {
            tokio::time::sleep(Duration::from_millis(350)).await;
            std::fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await.unwrap())
                .unwrap();
        }
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
                   .filter((v) => ['serious', 'critical'].includes(v.impact))
                   .map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | '))));",
                vec![],
            )
            .await
            .unwrap();
        assert_eq!(found, json!([]), "{what}");
    }
}

pub(crate) fn run(test: impl AsyncFnOnce(Page, &Server, &Path), arguments: &[&Path]) {
    let Some((_driver, port)) = driver() else { return };
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("بيان.muq");
    let mut all = arguments.to_vec();
    let save = PathBuf::from("--save");
    if arguments.len() == 2 {
        all.extend([save.as_path(), project.as_path()]);
    }
    let server = Server::start(&all);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = open(port, &folder.path().join("profile")).await;
        let shots = std::env::var_os("MUQABALA_SHOTS").map(PathBuf::from);
        let page = Page { client: client.clone(), shots };
        page.client.goto(&server.address).await.unwrap();
        page.until("window.muqabala && muqabala.ready").await;
        page.settle().await;
        test(page, &server, &project).await;
        client.close().await.unwrap();
    });
}
