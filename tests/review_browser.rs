//! A review of the joint statement in a real browser, by keyboard and mouse.
//!
//! Runs when MUQABALA_BROWSER=1, with `chromedriver` and `chromium` installed; says so when it
//! is left out. MUQABALA_AXE=path/to/axe.min.js adds the accessibility check; MUQABALA_SHOTS=folder keeps
//! screenshots.
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]
#![expect(clippy::print_stderr, reason = "says what was left out")]

mod workbench;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use workbench::{Server, large};

struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A driver at a free port, or nothing where none is installed.
fn driver() -> Option<(Driver, u16)> {
    if std::env::var("MUQABALA_BROWSER").is_ok_and(|v| v != "1") || std::env::var("MUQABALA_BROWSER").is_err()
    {
        eprintln!("left out: the page in a real browser, since MUQABALA_BROWSER is not set to 1");
        return None;
    }
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let child = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match child {
        Ok(child) => Some((Driver(child), port)),
        Err(error) if std::env::var("MUQABALA_BROWSER").is_ok_and(|v| v == "1") => {
            panic!("MUQABALA_BROWSER=1, but chromedriver cannot be started: {error}")
        }
        Err(error) => {
            eprintln!(
                "LEFT OUT: chromedriver cannot be started ({error}), the page was not tested in a browser"
            );
            None
        }
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
struct Page {
    client: Client,
    shots: Option<PathBuf>,
}

impl Page {
    async fn js(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    async fn until(&self, condition: &str) {
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
    async fn press(&self, keys: &str) {
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
    async fn edit(&self, keys: &str) {
        let before = self.js("return muqabala.revision").await;
        self.press(keys).await;
        self.until(&format!("muqabala.revision > {before} && muqabala.rows[muqabala.position]")).await;
        self.settle().await;
    }

    async fn settle(&self) {
        self.until("muqabala.detail && muqabala.rows[muqabala.position]?.id === muqabala.detail.id").await;
        self.until("document.activeElement.matches('.row.current .selected')").await;
    }

    async fn current(&self) -> Value {
        self.js("return muqabala.rows[muqabala.position]").await
    }

    async fn shot(&self, name: &str) {
        if let Some(folder) = &self.shots {
            tokio::time::sleep(Duration::from_millis(350)).await;
            std::fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await.unwrap())
                .unwrap();
        }
    }

    async fn axe(&self, what: &str) {
        let Ok(path) = std::env::var("MUQABALA_AXE") else {
            eprintln!("LEFT OUT: MUQABALA_AXE names no axe.min.js, accessibility was not checked ({what})");
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

fn run(test: impl AsyncFnOnce(Page, &Server, &Path), arguments: &[&Path]) {
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

fn statement(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024").join(name)
}

/// The texts of the units of a TMX, without entities.
fn units(tmx: &str) -> Vec<Vec<String>> {
    let plain = |t: &str| {
        t.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&amp;", "&")
    };
    tmx.split("</tu>")
        .filter(|u| u.contains("<tuv"))
        .map(|u| u.split("<seg>").skip(1).map(|s| plain(s.split("</seg>").next().unwrap())).collect())
        .collect()
}

#[test]
fn the_statement_is_reviewed_from_open_to_export() {
    run(
        async |page, server, project| {
            page.shot("en-light").await;
            page.axe("English, light").await;
            for language in ["ar", "en"] {
                let count = format!("return document.querySelectorAll('.segment[lang={language}]').length");
                assert!(
                    page.js(&count).await.as_u64().unwrap() > 1,
                    "segments carry their language: {language}"
                );
            }
            assert!(page.js("return document.querySelectorAll('.row').length").await.as_u64().unwrap() < 200);
            assert_eq!(page.js("return location.hash").await, json!(""), "the token leaves the address");

            // To the first linked bead.
            let linked =
                page.js("return muqabala.rows.findIndex((b) => b?.source.length && b.target.length)").await;
            page.press(":").await;
            page.until("document.querySelector('dialog input')").await;
            page.press(&format!("{}", linked.as_u64().unwrap() + 1)).await;
            page.press(&Key::Enter.to_string()).await;
            page.until(&format!("!document.querySelector('dialog') && muqabala.position === {linked}")).await;
            page.settle().await;
            page.shot("evidence").await;

            // Merge, undo, redo, undo.
            let before = page.js("return muqabala.rows.map((b) => b.id)").await;
            page.edit("m").await;
            let merged = page.current().await;
            assert!(
                merged["source"].as_array().unwrap().len() + merged["target"].as_array().unwrap().len() > 2
            );
            assert_eq!(merged["pinned"], json!(true));
            page.edit("z").await;
            assert_eq!(page.js("return muqabala.rows.map((b) => b.id)").await, before);
            page.edit("y").await;
            page.until(&format!("muqabala.rows.some((b) => b.id === {})", merged["id"])).await;

            // Split it again, move a segment there and back.
            page.edit("s").await;
            page.edit("z").await;
            let last = page.current().await["source"].as_array().unwrap().len();
            page.press(&".".repeat(last)).await;
            page.settle().await;
            page.edit("d").await;
            page.edit("z").await;

            // Cut a segment between words with the keyboard, and undo that.
            page.press(&Key::Right.to_string()).await;
            page.settle().await;
            page.press("t").await;
            page.until("document.activeElement.matches('.gap')").await;
            page.shot("split").await;
            page.edit(&Key::Enter.to_string()).await;
            page.edit("z").await;

            // Correct a text; undo left the reader where the edit was made.
            assert_eq!(page.js("return muqabala.position").await, linked);
            page.press("e").await;
            page.until("document.activeElement.tagName === 'TEXTAREA'").await;
            page.js("document.activeElement.value = 'Corrected <script>alert(1)</script>'").await;
            page.edit(&format!("{}{}", Key::Control, Key::Enter)).await;
            assert_eq!(page.js("return document.querySelectorAll('#grid script').length").await, json!(0));

            // Accept it, flag the next, comment, reject another.
            let accepted = page.current().await["id"].clone();
            page.edit("a").await;
            page.edit("f").await;
            assert_eq!(page.current().await["decision"], json!("flagged"));
            page.press("c").await;
            page.until("document.activeElement.tagName === 'TEXTAREA'").await;
            page.js("document.activeElement.value = 'اسأل المترجم'").await;
            page.edit(&format!("{}{}", Key::Control, Key::Enter)).await;
            page.press("j").await;
            page.settle().await;
            page.edit("x").await;
            page.shot("decided").await;

            // By mouse: drag a segment onto the next bead, then take that back.
            let revision = page.js("return muqabala.revision").await;
            page.js(
                "const rows = [...document.querySelectorAll('.row')].filter((r) => r.querySelectorAll('.segment').length > 1);
                 const segment = rows[0].querySelector('[data-side=target].segment');
                 const next = document.querySelector(`.row[data-position='${Number(rows[0].dataset.position) + 1}'] .cell[data-side=target]`);
                 const data = new DataTransfer();
                 const fire = (on, type) => on.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
                 fire(segment, 'dragstart'); fire(next, 'dragover'); fire(next, 'drop');",
            )
            .await;
            page.until(&format!("muqabala.revision > {revision}")).await;
            page.settle().await;
            page.edit("z").await;

            // Search without harakat and with another alef.
            page.press("/").await;
            page.js("const s = document.getElementById('search'); s.value = 'الأمن'; s.dispatchEvent(new Event('input', { bubbles: true }))").await;
            page.until("muqabala.hits.length > 0").await;
            page.press(&Key::Enter.to_string()).await;
            page.until("document.activeElement.matches('.row.current .selected')").await;
            assert_eq!(page.js("return muqabala.hits.includes(muqabala.position)").await, json!(true));
            page.until("document.querySelector('.row.current mark.hit')").await;
            page.js("const s = document.getElementById('search'); s.value = ''; s.dispatchEvent(new Event('input', { bubbles: true }))").await;
            page.until("muqabala.hits.length === 0").await;

            // The interface in Arabic, mirrored, kept in the project.
            page.client.find(Locator::Css("#language")).await.unwrap().click().await.unwrap();
            page.until("document.documentElement.dir === 'rtl'").await;
            page.shot("ar-light").await;
            page.axe("Arabic, light").await;
            page.js("document.querySelector('[data-do=theme]').click()").await;
            page.shot("ar-dark").await;
            page.axe("Arabic, dark").await;
            page.js("document.querySelector('[data-do=help]').click()").await;
            page.shot("ar-help").await;
            page.axe("Arabic, help").await;
            page.press(&Key::Escape.to_string()).await;
            page.client.refresh().await.unwrap();
            page.until("window.muqabala && muqabala.ready && document.documentElement.dir === 'rtl'").await;
            page.client.find(Locator::Css("#language")).await.unwrap().click().await.unwrap();
            page.until("document.documentElement.dir === 'ltr'").await;
            page.shot("en-dark").await;
            page.axe("English, dark").await;

            // Export what was accepted.
            page.js("document.querySelector('[data-do=export]').click()").await;
            page.until("document.querySelector('dialog select[name=only]')").await;
            page.js("document.querySelector('dialog select[name=only]').value = 'accepted'").await;
            page.js("document.querySelector('dialog form').requestSubmit()").await;
            page.until("muqabala.exported").await;
            let exported = page.js("return muqabala.exported").await;
            let row = page.js(&format!("return muqabala.rows.find((b) => b?.id === {accepted})")).await;
            let joined = |side: &str| {
                let segments = row[side].as_array().unwrap().iter();
                segments
                    .map(|s| s["corrected"].as_str().or(s["text"].as_str()).unwrap())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let units = units(exported.as_str().unwrap());
            let squeezed = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(units.len(), 1);
            assert_eq!(squeezed(&units[0][0]), squeezed(&joined("source")));
            assert_eq!(squeezed(&units[0][1]), squeezed(&joined("target")));
            assert!(units[0][1].contains("Corrected <script>alert(1)</script>"));

            // The server stops: the page says so and keeps the edit.
            let counts = server.get("/api/project")["counts"].clone();
            assert_eq!([&counts["accepted"], &counts["flagged"], &counts["rejected"]], [1, 1, 1]);
            assert!(project.exists());
        },
        &[&statement("ar.txt"), &statement("en.txt")],
    );
}

#[test]
fn hostile_text_is_shown_harmlessly() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("ar.txt"), folder.path().join("en.txt"));
    std::fs::write(&source, "نص أول <img src=x onerror=alert(1)> هنا.\nنص \u{202e}مقلوب\u{202c} ثان.\n")
        .unwrap();
    std::fs::write(
        &target,
        "First <script>window.hacked = 1</script> ]]> text.\nSecond \u{202e}txet\u{202c} text.\n",
    )
    .unwrap();
    run(
        async |page, _, _| {
            let text = page.js("return document.getElementById('grid').textContent").await;
            let text = text.as_str().unwrap();
            assert!(text.contains("<script>window.hacked = 1</script> ]]> text."), "{text}");
            assert!(text.contains("U+202E") && !text.contains('\u{202e}'), "{text}");
            assert_eq!(page.js("return window.hacked ?? null").await, Value::Null);
            assert_eq!(
                page.js("return document.querySelectorAll('#grid script, #grid img').length").await,
                json!(0)
            );
            assert!(page.js("return document.querySelector('.unseen.danger') !== null").await == json!(true));
            page.shot("hostile").await;
        },
        &[&source, &target],
    );
}

#[test]
fn an_edit_waits_until_the_server_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("ar.txt"), folder.path().join("en.txt"));
    std::fs::write(&source, "واحد.\nاثنان.\nثلاثة.\n").unwrap();
    std::fs::write(&target, "One.\nTwo.\nThree.\n").unwrap();
    run(
        async |page, server, _| {
            let stopped = Command::new("kill").args(["-STOP", &server.child.id().to_string()]).status();
            assert!(stopped.unwrap().success());
            // A stopped server answers nothing; the page's request fails when its connection is cut.
            page.js("globalThis.realFetch = fetch; globalThis.fetch = () => Promise.reject(new TypeError('offline'))").await;
            page.press("a").await;
            page.until("!document.getElementById('banner').hidden").await;
            page.shot("down").await;
            assert_eq!(page.js("return muqabala.revision").await, json!(0));
            assert!(
                Command::new("kill")
                    .args(["-CONT", &server.child.id().to_string()])
                    .status()
                    .unwrap()
                    .success()
            );
            page.js("globalThis.fetch = realFetch").await;
            page.until("muqabala.revision === 1 && document.getElementById('banner').hidden").await;
            assert_eq!(server.get("/api/project")["counts"]["accepted"], json!(1));
        },
        &[&source, &target],
    );
}

/// The speed of the page; the limits hold for the optimised program.
#[test]
fn large_projects_stay_fluid() {
    let optimised = !cfg!(debug_assertions);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.muq");
    large(&path, 50_000);
    run(
        async |page, _, _| {
            let paint = page
                .js("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1")
                .await;
            let ready = page.js("return muqabala.ready").await.as_f64().unwrap();
            println!("50,000 beads: first contentful paint {paint} ms, rows shown {ready:.0} ms");
            assert!(!optimised || ready <= 1500.0, "{ready}");
            page.press(&Key::End.to_string()).await;
            page.until("muqabala.position === 49999 && document.querySelector('.row.current .selected')")
                .await;
            page.settle().await;
            let started = Instant::now();
            page.js("document.getElementById('list').scrollTop = 1e6").await;
            page.until("[...document.querySelectorAll('.row[data-bead]')].length > 3").await;
            println!("50,000 beads: jump {} ms", started.elapsed().as_millis());
            let rows = page.js("return document.querySelectorAll('.row').length").await.as_u64().unwrap();
            println!("50,000 beads: {rows} rows in the page");
            assert!(rows < 200, "{rows}");
        },
        &[&path],
    );
    let path = folder.path().join("ten.muq");
    large(&path, 10_000);
    run(
        async |page, _, _| {
            let mut painted = Vec::new();
            for i in 0..15 {
                page.js(&format!("muqabala.painted = null; muqabala.go({})", 4000 + i * 40)).await;
                page.settle().await;
                page.edit("m").await;
                page.until("muqabala.painted").await;
                painted.push(page.js("return muqabala.painted").await.as_f64().unwrap());
            }
            painted.sort_by(f64::total_cmp);
            println!(
                "10,000 beads: edit to painted, median {:.0} ms, worst {:.0} ms",
                painted[7], painted[14]
            );
            assert!(!optimised || painted[7] <= 250.0, "{painted:?}");
        },
        &[&path],
    );
}
