//! A review of the joint statement in a real browser, by keyboard and mouse. See `browser.rs` for
//! what it needs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::browser::run;
use crate::support::workbench::large;

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
            let both = |b: &Value| ["source", "target"].iter().all(|side| b[side][0].is_object());
            let linked = page.rows().await.iter().position(both).unwrap();
            page.number(linked + 1).await;
            page.shot("evidence").await;

            // Merge, undo, redo, undo.
            let before = page.ids().await;
            page.edit("m").await;
            let merged = page.current().await;
            assert!(
                merged["source"].as_array().unwrap().len() + merged["target"].as_array().unwrap().len() > 2
            );
            assert_eq!(merged["pinned"], json!(true));
            page.edit("z").await;
            assert_eq!(page.ids().await, before);
            page.edit("y").await;
            assert!(page.ids().await.contains(&merged["id"]));

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

            // Correct a text; undo left the reader at the bead of the edit, whose row re-alignment may shift.
            assert_eq!(page.current().await["id"], merged["id"]);
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
            let revision = page.js("return seen.revision").await;
            page.js(
                "const rows = [...document.querySelectorAll('.row')].filter((r) => r.querySelectorAll('.segment').length > 1);
                 const segment = rows[0].querySelector('[data-side=target].segment');
                 const next = document.querySelector(`.row[data-position='${Number(rows[0].dataset.position) + 1}'] .cell[data-side=target]`);
                 const data = new DataTransfer();
                 const fire = (on, type) => on.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
                 fire(segment, 'dragstart'); fire(next, 'dragover'); fire(next, 'drop');",
            )
            .await;
            page.until(&format!("seen.revision > {revision}")).await;
            page.settle().await;
            page.edit("z").await;

            // Search without harakat and with another alef.
            page.press("/").await;
            page.js("const s = document.getElementById('search'); s.value = 'الأمن'; s.dispatchEvent(new Event('input', { bubbles: true }))").await;
            page.until("Number.parseInt(document.getElementById('hits').textContent) > 0").await;
            page.press(&Key::Enter.to_string()).await;
            page.until("document.activeElement.matches('.row.current .selected')").await;
            page.until("document.querySelector('.row.current mark.hit')").await;
            page.js("const s = document.getElementById('search'); s.value = ''; s.dispatchEvent(new Event('input', { bubbles: true }))").await;
            page.until("!document.getElementById('hits').textContent && !document.querySelector('mark.hit')")
                .await;

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
            page.until("window.seen?.ready && document.documentElement.dir === 'rtl'").await;
            page.client.find(Locator::Css("#language")).await.unwrap().click().await.unwrap();
            page.until("document.documentElement.dir === 'ltr'").await;
            page.shot("en-dark").await;
            page.axe("English, dark").await;

            // Export what was accepted.
            page.js("document.querySelector('[data-do=export]').click()").await;
            page.until("document.querySelector('dialog select[name=only]')").await;
            page.js("const only = document.querySelector('dialog select[name=only]'); only.value = 'accepted'; only.dispatchEvent(new Event('input', { bubbles: true }))").await;
            page.until("document.querySelector('dialog .sum')?.textContent === '1 pair will be written.'")
                .await;
            page.until("!document.querySelector('dialog .main').disabled").await;
            page.js("document.querySelector('dialog form').requestSubmit()").await;
            page.until("seen.saved").await;
            let exported = page.js("return seen.saved").await;
            let row = page.rows().await.into_iter().find(|b| b["id"] == accepted).unwrap();
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
fn lines_run_in_the_direction_of_their_language() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("ar.txt"), folder.path().join("en.txt"));
    std::fs::write(
        &source,
        "IBM أعلنت أرباحها.\n2024 كان عاما صعبا.\n(Microsoft) شركة كبيرة.\nوصل الوفد أمس.\n",
    )
    .unwrap();
    std::fs::write(
        &target,
        "IBM announced profits.\n2024 was hard.\n(Microsoft) is large.\nوصل means arrived.\n",
    )
    .unwrap();
    run(
        async |page, _, _| {
            // Of every segment: its language, its direction, and whether its first letter stands right of its last.
            let seen = page
                .js("return [...document.querySelectorAll('#grid .segment')].map((p) => {
                       const at = (from) => { const range = document.createRange(); const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
                         const nodes = []; while (walk.nextNode()) nodes.push(walk.currentNode);
                         const node = from === 0 ? nodes[0] : nodes.at(-1); const end = from === 0 ? 1 : node.length;
                         range.setStart(node, end - 1); range.setEnd(node, end); return range.getBoundingClientRect().left; };
                       return [p.lang, getComputedStyle(p).direction, at(0) > at(1)];
                     })")
                .await;
            let seen = seen.as_array().unwrap();
            assert_eq!(seen.len(), 8, "{seen:?}");
            for segment in seen {
                let arabic = segment[0] == "ar";
                assert_eq!(segment[1], if arabic { "rtl" } else { "ltr" }, "{seen:?}");
                assert_eq!(segment[2], json!(arabic), "{seen:?}");
            }
            let chips = page.js("return [...document.querySelectorAll('#why [lang]')].every((e) => getComputedStyle(e).direction === (e.lang === 'ar' ? 'rtl' : 'ltr'))").await;
            assert_eq!(chips, json!(true));
            page.press("e").await;
            page.until("document.activeElement.matches('.editing textarea')").await;
            assert_eq!(
                page.js("return getComputedStyle(document.activeElement).direction").await,
                json!("rtl")
            );
            page.shot("direction").await;
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
            assert_eq!(page.js("return seen.revision").await, json!(0));
            assert!(
                Command::new("kill")
                    .args(["-CONT", &server.child.id().to_string()])
                    .status()
                    .unwrap()
                    .success()
            );
            page.js("globalThis.fetch = realFetch").await;
            page.until("seen.revision === 1 && document.getElementById('banner').hidden").await;
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
            let ready = page.js("return seen.ready").await.as_f64().unwrap();
            println!("50,000 beads: first contentful paint {paint} ms, rows shown {ready:.0} ms");
            assert!(!optimised || ready <= 1500.0, "{ready}");
            page.press(&Key::End.to_string()).await;
            page.until("seen.position === 49999 && document.querySelector('.row.current .selected')").await;
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
                page.number(4001 + i * 40).await;
                page.js("seen.painted = null").await;
                page.edit("m").await;
                page.until("seen.painted").await;
                painted.push(page.js("return seen.painted").await.as_f64().unwrap());
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
