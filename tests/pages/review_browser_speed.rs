//! How long the page takes from a key to its picture, and from frame to frame, at 50,000 pairs. See `browser.rs` for what
//! it needs; `scripts/measure_review` prints the figures of the optimised program, for which the limits hold.

use std::time::Duration;

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::{Page, run};
use crate::review_browser_queue::hold;
use crate::support::workbench::large;

/// Notes for each key how long it took until what it did was painted, in milliseconds.
const KEYS: &str = "globalThis.times = [];
    addEventListener('keydown', (event) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => times.push(performance.now() - event.timeStamp);
      port2.postMessage(0);
    }), true);";

/// Scrolls for 120 frames, and gives for each how long the page worked on it, in milliseconds.
const FRAMES: &str = "const done = arguments[arguments.length - 1];
    const list = document.getElementById('list');
    const times = [];
    const frame = () => {
      const begun = performance.now();
      list.scrollTop += 400;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        times.push(performance.now() - begun);
        if (times.length < 120) requestAnimationFrame(frame); else done(times);
      };
      port2.postMessage(0);
    };
    requestAnimationFrame(frame);";

/// The median and the 95th percentile.
fn figures(times: &Value) -> (f64, f64) {
    let mut times: Vec<f64> = times.as_array().unwrap().iter().map(|t| t.as_f64().unwrap()).collect();
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() * 95 / 100])
}

/// How often the page asked for the picture of the whole alignment.
async fn pictures(page: &Page<'_>) -> Value {
    page.js("return performance.getEntriesByType('resource').filter((r) => r.name.endsWith('/api/outline')).length").await
}

#[test]
fn keys_and_scrolling_at_fifty_thousand_pairs() {
    let optimised = !cfg!(debug_assertions);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.muq");
    large(&path, 50_000);
    run(
        async |page, _, _| {
            page.until(
                "performance.getEntriesByType('resource').some((r) => r.name.endsWith('/api/outline'))",
            )
            .await;
            tokio::time::sleep(Duration::from_secs(1)).await;
            let before = pictures(&page).await;
            page.js(KEYS).await;
            let mut figures_of = Vec::new();
            for (name, keys) in [("down", "j".repeat(100)), ("accept", "a".repeat(100))] {
                page.js("times.length = 0").await;
                hold(&page, &keys, Duration::from_millis(40)).await;
                page.until("times.length === 100").await;
                let (median, most) = figures(&page.js("return times").await);
                println!("50,000 pairs: {name}, key to painted: median {median:.1} ms, 95 % {most:.1} ms");
                figures_of.push((median, most));
            }
            page.until("seen.position === 200").await;
            // Decisions change the picture without its being asked for again, and it is drawn when the keys rest.
            tokio::time::sleep(Duration::from_secs(1)).await;
            assert_eq!(pictures(&page).await, before);
            page.press(&Key::Home.to_string()).await;
            page.settle().await;
            let frames = page.client.execute_async(FRAMES, vec![]).await.unwrap();
            let (median, most) = figures(&frames);
            println!("50,000 pairs: scroll frame: median {median:.1} ms, 95 % {most:.1} ms");
            assert!(
                !optimised || figures_of.iter().all(|(median, most)| *median <= 16.0 && *most <= 50.0),
                "{figures_of:?}"
            );
            assert!(!optimised || median <= 16.0, "{median}");
        },
        &[&path],
    );
}

#[test]
fn the_picture_shows_what_was_decided() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ten.muq");
    large(&path, 10);
    run(
        async |page, _, _| {
            let colour = "return (() => { const c = document.getElementById('canvas'); const d = c.getContext('2d').getImageData(2, 2, 1, 1).data; return [...d].join(); })()";
            page.until(
                "document.getElementById('canvas').getContext('2d').getImageData(2, 2, 1, 1).data[3] > 0",
            )
            .await;
            let before = page.js(colour).await;
            page.edit("a").await;
            page.until(&format!("({}) !== {before}", colour.trim_start_matches("return "))).await;
            page.edit("z").await;
            page.until(&format!("({}) === {before}", colour.trim_start_matches("return "))).await;
            // What is in view moves with the rows.
            assert_ne!(page.js("return document.querySelector('.in-view').offsetHeight").await, json!(0));
        },
        &[&path],
    );
}
