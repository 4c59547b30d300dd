//! No key is lost in the review page: held keys, two pages at once, a program that stops and starts again. See
//! `browser.rs` for what it needs.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::browser::{Page, run};
use crate::support::workbench::{Server, large};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};

/// Presses keys with a pause after each, as the keyboard's repeat does.
pub(crate) async fn hold(page: &Page<'_>, keys: &str, pause: Duration) {
    let mut actions = KeyActions::new("keys".to_owned());
    for value in keys.chars() {
        actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        actions = actions.then(KeyAction::Pause { duration: pause });
    }
    page.client.perform_actions(actions).await.unwrap();
}

/// Waits until the server is at a revision, as long as it comes nearer to it.
async fn revision(server: &Server, wanted: u64) {
    let (mut before, mut since) = (0, Instant::now());
    loop {
        let now = server.get("/api/project")["revision"].as_u64().unwrap();
        if now > before {
            (before, since) = (now, Instant::now());
        }
        if now >= wanted || since.elapsed() > Duration::from_secs(30) {
            assert_eq!(now, wanted, "edits are missing");
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// The decisions of the first `n` beads.
fn decisions(server: &Server, n: usize) -> Vec<Value> {
    let rows = (0..n.div_ceil(200)).flat_map(|part| {
        let rows = server.get(&format!("/api/rows?from={}&count=200", part * 200));
        rows["beads"].as_array().unwrap().clone()
    });
    rows.take(n).map(|bead| bead["decision"].clone()).collect()
}

#[test]
fn held_keys_all_count_on_the_right_beads() {
    let folder = tempfile::tempdir().unwrap();
    for n in [1_000, 10_000, 50_000] {
        let path = folder.path().join(format!("{n}.muq"));
        large(&path, n);
        run(
            async |page, server, _| {
                let started = Instant::now();
                hold(&page, &"a".repeat(200), Duration::from_millis(30)).await;
                let pressed = started.elapsed();
                page.until("seen.position === 200").await;
                let shown = started.elapsed();
                revision(server, 200).await;
                println!(
                    "{n} beads: 200 keys in {pressed:?}, cursor there in {shown:?}, stored in {:?}",
                    started.elapsed()
                );
                let found = decisions(server, 201);
                assert!(found[..200].iter().all(|d| d == "accepted"), "{n}: {found:?}");
                assert_eq!(found[200], "pending");
            },
            &[&path],
        );
    }
}

#[test]
fn keys_in_a_row_find_their_beads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("thousand.muq");
    large(&path, 1_000);
    run(
        async |page, server, _| {
            // Down twice, accept and go on, down twice, merge with the next; then accept what was merged.
            hold(&page, "jjajjma", Duration::from_millis(5)).await;
            revision(server, 3).await;
            let rows = server.get("/api/rows?from=0&count=8")["beads"].as_array().unwrap().clone();
            let said: Vec<_> = rows.iter().map(|b| b["decision"].as_str().unwrap()).collect();
            assert_eq!(said[2], "accepted", "{said:?}");
            assert_eq!(rows[5]["type"], "2-2", "{rows:?}");
            assert_eq!(said.iter().filter(|d| **d == "accepted").count(), 2, "{said:?}");
            assert_eq!(said[5], "accepted", "{said:?}");
        },
        &[&path],
    );
}

/// Presses a key `n` times in the page, as fast as it can be.
fn presses(n: usize) -> String {
    format!(
        "const key = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{ key, bubbles: true }}));
         for (let i = 0; i < {n}; i += 1) {{ key('f'); key('j'); }}"
    )
}

#[test]
fn two_pages_edit_different_beads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.muq");
    large(&path, 2_000);
    run(
        async |page, server, _| {
            let first = page.client.window().await.unwrap();
            let second = page.client.new_window(false).await.unwrap();
            page.client.switch_to_window(second.handle.clone()).await.unwrap();
            page.open(&server.address).await;
            page.number(1001).await;
            page.client.switch_to_window(first.clone()).await.unwrap();
            // Some rows ahead are known; a key on one that is not waits for it.
            page.js(&presses(500)).await;
            page.client.switch_to_window(second.handle.clone()).await.unwrap();
            page.js(&presses(500)).await;
            revision(server, 1000).await;
            let found = decisions(server, 1600);
            let flagged =
                |range: std::ops::Range<usize>| found[range].iter().filter(|d| *d == "flagged").count();
            assert_eq!(
                [flagged(0..500), flagged(500..1000), flagged(1000..1500), flagged(1500..1600)],
                [500, 0, 500, 0]
            );
            // Each sees what the other did.
            for (handle, number) in [(second.handle, 500), (first, 1500)] {
                page.client.switch_to_window(handle).await.unwrap();
                page.until("seen.revision === 1000").await;
                page.number(number).await;
                page.until("seen.row.matches('.flagged')").await;
            }
            // On the same bead, the later one is told.
            page.until("document.querySelector('#counts').textContent.includes('1000 flagged')").await;
            let here = page.current().await["id"].clone();
            let other = json!({ "edit": "decide", "bead": here, "decision": "rejected" });
            let late = json!({ "revision": 999, "own": [], "edit": { "edit": "decide", "bead": here, "decision": "accepted" } });
            assert_eq!(server.edit(1000, &other).status, 200);
            assert_eq!(server.send("POST", "/api/edit", "", &late.to_string()).status, 409);
            page.until("seen.row.matches('.rejected')").await;
        },
        &[&path],
    );
}

#[test]
fn a_program_that_stops_and_starts_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stops.muq");
    large(&path, 1_000);
    run(
        async |page, server, _| {
            hold(&page, &"a".repeat(20), Duration::from_millis(30)).await;
            assert!(
                Command::new("kill").args(["-9", &server.child.id().to_string()]).status().unwrap().success()
            );
            hold(&page, &"a".repeat(20), Duration::from_millis(30)).await;
            page.until("!document.getElementById('banner').hidden").await;
            hold(&page, &"a".repeat(10), Duration::from_millis(30)).await;
            let again = Server::start_at(server.port, &[&path]);
            let window = page.client.new_window(false).await.unwrap();
            page.client.switch_to_window(window.handle).await.unwrap();
            page.open(&again.address).await;
            revision(&again, 50).await;
            let found = decisions(&again, 51);
            assert!(found[..50].iter().all(|d| d == "accepted"), "{found:?}");
            assert_eq!(found[50], "pending");
            page.until("document.getElementById('banner').hidden").await;
        },
        &[&path],
    );
}
