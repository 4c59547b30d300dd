//! The pages at the sizes at which they are used, in both languages, light and dark: nothing stands outside the window.
//! See `browser.rs` for what it needs; with MUQABALA_SHOTS=folder each is kept as a picture, to be looked at.

use serde_json::json;

use crate::browser::{Page, run, run_start};
use crate::support::documents::corpus;

/// Name, width, height and dots a pixel: a large screen, a small one, a telephone, and a large one enlarged twice.
const SIZES: [(&str, u32, u32, u32); 4] =
    [("1440", 1440, 900, 1), ("1024", 1024, 768, 1), ("390", 390, 844, 1), ("zoom200", 720, 450, 2)];

/// What of the page's own words holds the digit ٠ alone.
const LONE_ZEROS: &str = "const own = (node) => !node.parentElement.closest('.segment, .hit-text, bdi, #places p, .text, script, style');
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let node; (node = walker.nextNode());) if (own(node)) texts.push(node.data);
    for (const element of document.querySelectorAll('[title], [aria-label]')) texts.push(element.title, element.ariaLabel ?? '');
    return texts.filter((text) => /(?<![٠-٩٫٬])٠(?![٠-٩٫٬])/.test(text));";

/// In how many lines the commands of the strip stand.
const STRIP_LINES: &str = "const tops = [...document.querySelectorAll('#strip .commands button')].filter((b) => b.offsetParent).map((b) => b.offsetTop);
    return new Set(tops).size";

/// Opens the menu of the commands for which the strip has no room, which has all of them.
async fn strip_gives_way(page: &Page<'_>, name: &str) {
    let metrics = json!({ "width": 1024, "height": 768, "deviceScaleFactor": 1, "mobile": false });
    page.command("Emulation.setDeviceMetricsOverride", &metrics).await;
    page.until("innerWidth === 1024 && document.getElementById('strip-more').offsetParent").await;
    page.js("document.getElementById('strip-more').click()").await;
    page.until("document.activeElement.matches('#menu button')").await;
    // A list that is scrolled by what arrives leaves it open.
    page.js("document.getElementById('list').dispatchEvent(new Event('scroll'))").await;
    let all = "const names = (selector, key) => [...document.querySelectorAll(selector)].map((b) => b.dataset[key]);
        const hidden = [...document.querySelectorAll('#strip [data-do]')].filter((b) => b.hidden).length;
        const low = [...document.querySelectorAll('#strip button:not([hidden]), #menu button')].filter((b) => b.offsetHeight < 24 || b.offsetWidth < 24);
        return [hidden > 0, low.length, names('#strip [data-do]', 'do').join() === names('#menu [data-item]', 'item').join()]";
    assert_eq!(page.js(all).await, json!([true, 0, true]), "{name}");
    let inside = "const box = document.getElementById('menu').getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight";
    assert_eq!(page.js(inside).await, json!(true), "{name}: the menu leaves the window");
    page.axe(&format!("{name}, the menu of the strip")).await;
    page.shot(&format!("{name}-strip-menu")).await;
    // Esc leads back to its button, from which the arrows go on to the commands.
    page.press(&fantoccini::key::Key::Escape.to_string()).await;
    page.until("document.activeElement.id === 'strip-more' && document.getElementById('menu').hidden").await;
    page.press(&fantoccini::key::Key::Home.to_string()).await;
    page.until("document.activeElement.dataset.do === 'accept'").await;
    // What has no room does its work from the menu.
    page.js("document.getElementById('strip-more').click(); document.querySelector('#menu [data-item=replace]').click()").await;
    page.until("document.querySelector('dialog')").await;
    page.js("document.querySelector('dialog').close()").await;
    page.until(
        "!document.querySelector('dialog') && document.activeElement.matches('.row.current .selected')",
    )
    .await;
    page.command("Emulation.clearDeviceMetricsOverride", &json!({})).await;
}

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
            assert_eq!(page.js(LONE_ZEROS).await, json!([]), "{name} at {width}: ٠ alone looks like a dot");
            let lines = page.js(STRIP_LINES).await.as_u64().unwrap();
            assert!(lines <= 2, "{name} at {width}: the commands take {lines} lines");
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
                // A bracket on a key is turned around where its line runs from right to left.
                let keys = "return [...document.querySelectorAll('kbd')].filter((k) => getComputedStyle(k).direction !== 'ltr').length";
                assert_eq!(page.js(keys).await, json!(0), "{language}");
                at_all_sizes(&page, &format!("review-{language}")).await;
                strip_gives_way(&page, &format!("review-{language}")).await;
                page.press("q").await;
                page.until("document.getElementById('places').hidden === false").await;
                at_all_sizes(&page, &format!("doubts-{language}")).await;
                page.press(&fantoccini::key::Key::Escape.to_string()).await;
                for (key, name) in [("F", "findings"), ("E", "export"), ("?", "keys")] {
                    page.until("document.activeElement.matches('.row.current .selected')").await;
                    page.press(key).await;
                    page.until("document.querySelector('dialog')").await;
                    assert_eq!(
                        page.js("return document.querySelector('dialog').scrollTop").await,
                        json!(0),
                        "{name}"
                    );
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
