//! How long it takes from the start of the program to its page, and from dropping two documents to their review. See
//! `browser.rs` for what it needs; `scripts/measure_start` prints the figures of the optimised program, for which the
//! limits hold on a machine that does nothing else.

use std::time::Instant;

use serde_json::{Value, json};

use crate::browser::run_start;
use crate::support::documents::corpus;
use crate::support::workbench::Server;

/// Drops the documents, and presses the button as soon as it can be; gives when that began, in milliseconds since 1970.
const DROP: &str = "const [files] = arguments;
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name));
    const begun = performance.timeOrigin + performance.now();
    document.querySelector('#slot-source').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    const go = document.getElementById('go');
    const waiting = setInterval(() => { if (!go.disabled) { clearInterval(waiting); go.click(); } }, 4);
    return begun;";

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[test]
fn from_start_to_page_and_from_drop_to_review() {
    let optimised = !cfg!(debug_assertions);
    let starts = (0..7).map(|_| {
        let folder = tempfile::tempdir().unwrap();
        let begun = Instant::now();
        let server = Server::start_page(folder.path(), &[]);
        let took = begun.elapsed().as_secs_f64() * 1e3;
        drop(server);
        took
    });
    let started = median(starts.collect());
    run_start(async |page, _, _| {
        let mut paints = Vec::new();
        for _ in 0..5 {
            let paint = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1";
            page.until("performance.getEntriesByName('first-contentful-paint').length").await;
            paints.push(page.js(paint).await.as_f64().unwrap());
            page.client.refresh().await.unwrap();
            page.until("document.getElementById('folder')?.textContent").await;
        }
        let paint = median(paints);
        println!("start of the program to its address {started:.0} ms, address to first paint {paint:.0} ms");
        assert!(!optimised || started + paint <= 300.0, "{started} + {paint}");

        let mut reviews = Vec::new();
        for _ in 0..5 {
            let files: Vec<Value> = [("statement.ar.txt", "ar.txt"), ("statement.en.txt", "en.txt")]
                .map(|(name, file)| json!([name, std::fs::read_to_string(corpus().join(file)).unwrap()]))
                .to_vec();
            let begun = page.client.execute(DROP, vec![json!(files)]).await.unwrap().as_f64().unwrap();
            page.until("document.getElementById('grid') && window.seen?.ready").await;
            let ready = page.js("return performance.timeOrigin + seen.ready").await.as_f64().unwrap();
            reviews.push(ready - begun);
            page.client.back().await.unwrap();
            page.until(
                "document.getElementById('go') && document.querySelectorAll('.slot.full').length === 0",
            )
            .await;
        }
        let review = median(reviews);
        println!("drop of the joint statement to its review {review:.0} ms");
        assert!(!optimised || review <= 1000.0, "{review}");
    });
}
