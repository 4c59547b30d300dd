//! The pages at the sizes at which they are used, in both languages, light and dark: nothing stands outside the window.
//! See `browser.rs` for what it needs; with MUQABALA_SHOTS=folder each is kept as a picture, to be looked at.

use serde_json::json;

use crate::browser::{Page, run, run_start};
use crate::support::documents::corpus;

/// Name, width, height and dots a pixel: a large screen, a small one, a telephone, and a large one enlarged twice.
const SIZES: [(&str, u32, u32, u32); 4] =
    [("1440", 1440, 900, 1), ("1024", 1024, 768, 1), ("390", 390, 844, 1), ("zoom200", 720, 450, 2)];

/// The page in all sizes, light and dark.
async fn at_all_sizes(page: &Page<'_>, name: &str) {
    for (size, width, height, scale) in SIZES {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
        page.command("Emulation.setDeviceMetricsOverride", &metrics).await;
        for theme in ["light", "dark"] {
            page.js(&format!("document.documentElement.dataset.theme = '{theme}'")).await;
            page.until(&format!("innerWidth === {width}")).await;
            // What answers to another width has a frame for it.
            page.client.execute_async("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))", vec![]).await.unwrap();
            let wide = page.js("return document.documentElement.scrollWidth").await.as_u64().unwrap();
            assert!(wide <= u64::from(width), "{name} is {wide} wide at {width}");
            page.shot(&format!("{name}-{size}-{theme}")).await;
        }
    }
    page.js("document.documentElement.dataset.theme = 'light'").await;
    page.command("Emulation.clearDeviceMetricsOverride", &json!({})).await;
}

#[test]
fn the_review_page_stays_in_its_window() {
    run(
        async |page, server, _| {
            let rows = server.get("/api/rows?from=0&count=200");
            let rows = rows["beads"].as_array().unwrap();
            // A pair of the statement that is two sentences in one language.
            let row = rows.iter().position(|bead| bead["type"] == "1-2").unwrap();
            for language in ["en", "ar"] {
                if language == "ar" {
                    page.js("document.querySelector('[data-do=language]').click()").await;
                    page.until("document.documentElement.dir === 'rtl'").await;
                }
                page.number(row + 1).await;
                page.until("document.querySelector('#why .why')").await;
                at_all_sizes(&page, &format!("review-{language}")).await;
                page.press("q").await;
                page.until("document.getElementById('places').hidden === false").await;
                at_all_sizes(&page, &format!("doubts-{language}")).await;
                page.press(&fantoccini::key::Key::Escape.to_string()).await;
                for (key, name) in [("F", "findings"), ("E", "export"), ("?", "keys")] {
                    page.until("document.activeElement.matches('.row.current .selected')").await;
                    page.press(key).await;
                    page.until("document.querySelector('dialog')").await;
                    at_all_sizes(&page, &format!("{name}-{language}")).await;
                    page.js("document.querySelector('dialog').close()").await;
                    page.until("!document.querySelector('dialog')").await;
                }
            }
        },
        &[&corpus().join("ar.txt"), &corpus().join("en.txt")],
    );
}

#[test]
fn the_start_page_stays_in_its_window() {
    run_start(async |page, server, _| {
        for (name, language) in [("بيان مشترك", "ar"), ("Example", "en")] {
            let made = json!({ "name": name, "choices": { "interface": language } });
            assert_eq!(server.post("/api/example", &made).status, 200);
        }
        page.client.refresh().await.unwrap();
        page.until("document.querySelectorAll('.project').length === 2").await;
        for language in ["en", "ar"] {
            if language == "ar" {
                page.js("document.getElementById('language').click()").await;
                page.until("document.documentElement.dir === 'rtl'").await;
            }
            page.js("location.hash = '#begin'").await;
            page.until("!document.getElementById('view-begin').hidden").await;
            at_all_sizes(&page, &format!("start-{language}")).await;
            page.js("location.hash = '#search'; const box = document.getElementById('search-words'); box.value = 'العراق'; document.getElementById('search-form').requestSubmit()").await;
            page.until("document.querySelectorAll('.hit').length > 4").await;
            at_all_sizes(&page, &format!("search-{language}")).await;
        }
    });
}
