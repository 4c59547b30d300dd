//! How the page reads and looks, in a real browser: its words, numbers and pictures. See `browser.rs` for what it
//! needs.

use fantoccini::key::Key;
use serde_json::json;

use crate::browser::run;

/// Arabic that begins with Latin letters, digits and a bracket, English that begins with Arabic.
const SOURCE: &str = "IBM أعلنت عن أرباح قدرها 5.2 مليار دولار في 15 مارس 2024 (الربع الأول).\n\
2024 كان عامًا صعبًا على الأسواق.\n\
(ملاحظة) لا تشمل الأرقام رقم الحساب 458721.\n\
قال المدير: نحن فخورون بهذا الإنجاز الذي حققناه مع شركائنا في بغداد والبصرة.\n\
شكرًا لكم.\n";
const TARGET: &str = "IBM announced profits of 5.2 billion dollars on 15 March 2024 (first quarter).\n\
2024 was a hard year for the markets.\n\
(Note) The figures leave out the account number.\n\
العراق is what they call the country.\n\
The director said: we are proud of this achievement, which we reached with our partners in Baghdad and Basra.\n\
Thank you.\n";

/// Two documents of a folder that lasts as long as what is given with them.
fn documents() -> (tempfile::TempDir, [std::path::PathBuf; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let files = ["report.ar.txt", "report.en.txt"].map(|name| folder.path().join(name));
    for (file, text) in files.iter().zip([SOURCE, TARGET]) {
        std::fs::write(file, text).unwrap();
    }
    (folder, files)
}

#[test]
fn evidence_stands_in_sentences_and_pairs_in_pictures() {
    let (_folder, files) = documents();
    run(
        async |page, _, _| {
            page.number(3).await;
            let why = "document.getElementById('why').textContent";
            page.until(&format!(
                "{why}.replaceAll(/[\\u2066-\\u2069]/g, '').includes('458721 is missing on the right')"
            ))
            .await;
            let label = "return document.querySelector('.row.current .kind').getAttribute('aria-label')";
            assert_eq!(page.js(label).await, json!("1 segment with 1 segment"));
            page.number(2).await;
            page.until(&format!("/ 1 date agree/.test({why})")).await;

            // A word under the mouse lights its partner, in the other text and on the panel, and no other.
            let lit = page
                .js("const of = (side) => document.querySelector(`.row.current [data-side=${side}] mark.words`);
                     of('source').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
                     return [...document.querySelectorAll('.lit')].map((e) => e.textContent)")
                .await;
            assert_eq!(lit, json!(["كان", "was", "كان↔was"]));
            let left = "document.body.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
                        return document.querySelectorAll('.lit').length";
            assert_eq!(page.js(left).await, json!(0));

            // The picture of a kind turns with the sides; numbers are written as the language writes them.
            let mirrored = "const [a, z] = ['first', 'last'].map((end) => document.querySelector(`.row .kind > :${end}-child`).getBoundingClientRect());
                            return a.left > z.left";
            assert_eq!(page.js(mirrored).await, json!(false));
            page.js("document.getElementById('language').click()").await;
            page.until("document.documentElement.dir === 'rtl'").await;
            page.settle().await;
            assert_eq!(page.js(mirrored).await, json!(true));
            let counts = page.js("return document.getElementById('counts').textContent").await;
            assert!(counts.as_str().unwrap().starts_with("لم يُحسم شيء من "), "{counts}");
            let sure = page.js("return document.querySelector('.row.current .sure').title").await;
            assert!(sure.as_str().unwrap().ends_with('٪') && !sure.as_str().unwrap().contains('9'), "{sure}");
            page.until(&format!("{why}.includes('وتاريخ واحد')")).await;
            page.number(3).await;
            page.until(&format!(
                "{why}.replaceAll(/[\\u2066-\\u2069]/g, '').includes('458721 غير موجود في الجانب الأيسر')"
            ))
            .await;
        },
        &[&files[0], &files[1]],
    );
}

/// Where a word of a text stands: how far its edges are from the edges of the text's box, left and right.
const EDGES: &str = "
    const edges = (start, word) => {
      const p = [...document.querySelectorAll('#grid .segment')].find((p) => p.textContent.startsWith(start));
      const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(word);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at); range.setEnd(node, at + word.length);
        const [a, b] = [range.getBoundingClientRect(), p.getBoundingClientRect()];
        return [Math.round(a.left - b.left), Math.round(b.right - a.right), getComputedStyle(p).direction];
      }
    };";

#[test]
fn texts_run_as_the_language_of_their_side_does() {
    let (_folder, files) = documents();
    run(
        async |page, _, _| {
            for language in ["en", "ar"] {
                // What a line begins with stands at the edge where its side begins, whatever script it is of.
                for (start, word, dir) in [
                    ("IBM أعلنت", "IBM", "rtl"),
                    ("2024 كان", "2024", "rtl"),
                    ("(ملاحظة)", "ملاحظة", "rtl"),
                    ("IBM ann", "IBM", "ltr"),
                    ("2024 was", "2024", "ltr"),
                    ("العراق is", "العراق", "ltr"),
                ] {
                    let found = page.js(&format!("{EDGES} return edges({start:?}, {word:?})")).await;
                    let near = usize::from(dir == "rtl");
                    assert_eq!(found[2], json!(dir), "{start}");
                    assert!(found[near].as_i64().unwrap() < 25, "{language}: {start} stands at {found}");
                    assert!(found[1 - near].as_i64().unwrap() > 60, "{language}: {start} stands at {found}");
                }
                // The head of a column stands over the edge where its texts begin.
                let heads = "return ['source', 'target'].map((side) => getComputedStyle(document.getElementById(`head-${side}`)).textAlign)";
                assert_eq!(page.js(heads).await, json!(["right", "left"]), "{language}");
                // Pixels: in the last line of a paragraph the far end is empty, and the near end is not.
                let ink = page.ink(".segment[lang=ar]").await;
                assert!(ink.1 > 3 * ink.0.max(1), "Arabic, page {language}: {ink:?}");
                let ink = page.ink(".segment[lang=en]").await;
                assert!(ink.0 > 3 * ink.1.max(1), "English, page {language}: {ink:?}");
                page.client.find(fantoccini::Locator::Css("#language")).await.unwrap().click().await.unwrap();
                page.until(&format!("document.documentElement.lang !== '{language}'")).await;
            }

            // Latin letters and digits in Arabic: one face, the same as in English, somewhat smaller.
            let wide = "const wide = (lang, text) => {
                          const p = document.createElement('p'); p.className = 'segment'; p.lang = lang; p.style.cssText = 'position:absolute;font-size:100px;white-space:pre';
                          p.textContent = text; document.getElementById('grid').append(p);
                          const width = p.getBoundingClientRect().width; p.remove(); return width - 16; };
                        return ['IBM', '458721', 'Baghdad'].map((text) => Math.round(100 * wide('ar', text) / wide('en', text)))";
            assert_eq!(page.js(wide).await, json!([92, 92, 92]));

            // Larger text stays larger; closer rows are closer.
            page.js("document.querySelector('.row.current .selected').focus()").await;
            let size = "return [Number.parseFloat(getComputedStyle(document.querySelector('.segment')).fontSize), document.querySelector('.row.current').offsetHeight]";
            let usual = page.js(size).await;
            page.press("++").await;
            let larger = page.js(size).await;
            assert!(larger[0].as_f64().unwrap() > 1.29 * usual[0].as_f64().unwrap(), "{usual} {larger}");
            page.press("o").await;
            let close = page.js(size).await;
            assert!(close[1].as_f64() < larger[1].as_f64(), "{larger} {close}");
            page.client.refresh().await.unwrap();
            page.until("window.seen?.ready").await;
            page.settle().await;
            assert_eq!(page.js(size).await, close);
        },
        &[&files[0], &files[1]],
    );
}

#[test]
fn the_shorter_side_of_a_long_pair_stays_in_view() {
    let folder = tempfile::tempdir().unwrap();
    let files = ["long.ar.txt", "long.en.txt"].map(|name| folder.path().join(name));
    std::fs::write(&files[0], "البند الأول\n").unwrap();
    std::fs::write(&files[1], format!("The first article {}\n", "and so on and so forth ".repeat(400)))
        .unwrap();
    run(
        async |page, _, _| {
            if page.rows().await.len() == 2 {
                page.number(1).await;
                page.edit("m").await;
            }
            page.js("document.getElementById('list').scrollTop = 1500").await;
            let seen = "const [a, b] = ['.row [data-side=source].segment', '#list'].map((s) => document.querySelector(s).getBoundingClientRect());
                        return a.top >= b.top && a.bottom <= b.bottom";
            page.until("document.getElementById('list').scrollTop === 1500").await;
            assert_eq!(page.js(seen).await, json!(true));
        },
        &[&files[0], &files[1]],
    );
}

/// Sets the size of the window, in pixels of the style sheet: what a zoom of 200 % leaves of 1440 × 900, or a telephone.
async fn resize(page: &crate::browser::Page<'_>, width: u32, height: u32) {
    page.command(
        "Emulation.setDeviceMetricsOverride",
        &json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
    )
    .await;
    page.until(&format!("innerWidth === {width} && innerHeight === {height}")).await;
}

#[test]
fn the_page_is_usable_at_any_size() {
    let (_folder, files) = documents();
    run(
        async |page, _, _| {
            for (width, height) in [(1440, 900), (1024, 768), (720, 450), (390, 844), (360, 225)] {
                let at = format!("{width} × {height}");
                resize(&page, width, height).await;
                page.number(2).await;
                // Nothing sticks out at the side, a good part of the height is the list's, and the pair is in it.
                let out = page
                    .js("return [...document.querySelectorAll('body *')].filter((e) => {
                           const b = e.getBoundingClientRect();
                           return b.width > 1 && b.height > 1 && !e.closest('.skip, .columns') && (b.right > innerWidth + 1 || b.left < -1); }).map((e) => e.outerHTML.slice(0, 80))")
                    .await;
                assert_eq!(out, json!([]), "{at}");
                let share =
                    page.js("return document.getElementById('list').clientHeight / innerHeight").await;
                assert!(share.as_f64().unwrap() > 0.5, "{at}: {share}");
                let seen = "const [a, b] = ['.row.current .selected', '#list'].map((s) => document.querySelector(s).getBoundingClientRect());
                            return a.top >= b.top - 1 && (a.bottom <= b.bottom + 1 || a.height > b.height)";
                assert_eq!(page.js(seen).await, json!(true), "{at}");
                page.axe(&at).await;
                let stacked = "const [a, b] = ['source', 'target'].map((side) => document.querySelector(`.row.current .cell[data-side=${side}]`).getBoundingClientRect());
                               return b.top >= a.bottom";
                assert_eq!(page.js(stacked).await, json!(width <= 760), "{at}");
                if width > 760 {
                    continue;
                }
                // The bar at the bottom works; tools and filters come when they are asked for.
                page.js("document.querySelector('#foot [data-do=down]').click()").await;
                page.until("seen.position === 2").await;
                for (button, part) in [("menu-button", "tools"), ("filter-button", "filters")] {
                    let shown = format!("return document.getElementById('{part}').checkVisibility()");
                    let press = format!("document.getElementById('{button}').click()");
                    assert_eq!(page.js(&shown).await, json!(false), "{at}");
                    page.js(&press).await;
                    assert_eq!(page.js(&shown).await, json!(true), "{at}");
                    page.axe(&format!("{at}, {part}")).await;
                    page.js(&press).await;
                }
                page.js("document.querySelector('#foot [data-do=panel]').click()").await;
                page.until("document.getElementById('panel').checkVisibility()").await;
                page.axe(&format!("{at}, panel")).await;
                page.js("document.querySelector('#foot [data-do=panel]').click(); document.querySelector('.row.current .selected').focus()").await;
            }
        },
        &[&files[0], &files[1]],
    );
}

#[test]
fn rows_heads_and_picture_speak_and_forced_colours_keep_what_counts() {
    let (_folder, files) = documents();
    run(
        async |page, _, _| {
            page.number(3).await;
            page.press("c").await;
            page.until("document.activeElement.tagName === 'TEXTAREA'").await;
            page.axe("a comment").await;
            page.js("document.activeElement.value = 'ask the bank'").await;
            page.edit(&format!("{}{}", Key::Control, Key::Enter)).await;
            let label =
                page.js("return document.querySelector('.row.current').getAttribute('aria-label')").await;
            let label = label.as_str().unwrap();
            assert!(
                label.starts_with("Pair 3 of ")
                    && label.contains(", 1 segment with 1 segment, not reviewed, "),
                "{label}"
            );
            assert!(label.contains("confidence ") && label.ends_with("comment: ask the bank"), "{label}");
            let heads = "return [...document.querySelectorAll('#table[role=grid] [role=columnheader]')].map((h) => h.textContent)";
            assert_eq!(page.js(heads).await, json!(["source · Arabic", "pair", "target · English"]));

            // The picture is a slider: arrows go on it, and Enter leads back to the list.
            page.js("document.getElementById('canvas').focus()").await;
            page.press(&Key::Home.to_string()).await;
            page.press(&Key::Down.to_string()).await;
            let slider = "const c = document.getElementById('canvas'); return [document.activeElement === c, c.role, c.getAttribute('aria-valuenow'), c.getAttribute('aria-valuetext').replace(/\\d+$/, 'n')]";
            assert_eq!(page.js(slider).await, json!([true, "slider", "2", "pair 2 of n"]));
            page.press(&Key::Enter.to_string()).await;
            page.until("document.activeElement.matches('.row.current .selected')").await;

            // Each dialog, light and dark.
            for theme in ["light", "dark"] {
                for key in ["A", ":", "?"] {
                    page.press(key).await;
                    page.until("document.querySelector('dialog')").await;
                    page.axe(&format!("{theme}, dialog of {key}")).await;
                    page.press(&Key::Escape.to_string()).await;
                    page.until("!document.querySelector('dialog')").await;
                }
                page.js("document.querySelector('[data-do=theme]').click(); document.querySelector('.row.current .selected').focus()").await;
            }

            page.command(
                "Emulation.setEmulatedMedia",
                &json!({ "features": [{ "name": "forced-colors", "value": "active" }] }),
            )
            .await;
            page.until("matchMedia('(forced-colors: active)').matches").await;
            page.settle().await;
            let style = "const style = (s) => getComputedStyle(document.querySelector(s));
                         return [style('.row.current').outlineStyle, style('.row.current .selected').outlineStyle, style('.badge').borderTopStyle, style('.row.current mark').borderBottomStyle]";
            assert_eq!(page.js(style).await, json!(["solid", "solid", "solid", "solid"]));
            page.axe("forced colours").await;
        },
        &[&files[0], &files[1]],
    );
}

#[test]
fn what_an_export_writes_is_said_before_and_after() {
    let (_folder, files) = documents();
    run(
        async |page, server, _| {
            let pairs = page.rows().await.len();
            page.number(1).await;
            page.edit("x").await;
            page.number(2).await;
            page.edit("a").await;
            page.press("E").await;
            let text = "(document.querySelector('dialog .leaving')?.textContent ?? '')";
            // A TMX has no place for what has no counterpart.
            let count = server.get("/api/export/count?format=tmx");
            page.until(&format!(
                "{text}.includes('{} pairs will be written.') && {text}.includes('1 rejected')",
                count["written"]
            ))
            .await;
            page.axe("export").await;
            let choose = "const choose = (name, value) => { const field = document.querySelector(`dialog [name=${name}]`); field.value = value; field.dispatchEvent(new Event('input', { bubbles: true })); };";
            page.js(&format!("{choose} choose('only', 'accepted'); choose('format', 'csv')")).await;
            page.until(&format!(
                "{text}.includes('1 pair will be written.') && {text}.includes('{} not accepted')",
                pairs - 2
            ))
            .await;
            page.until("!document.querySelector('dialog .main').disabled").await;
            page.js("document.querySelector('dialog form').requestSubmit()").await;
            page.until(
                "seen.saved && document.getElementById('live').textContent.includes('1 pair written into')",
            )
            .await;
            page.settle().await;

            // Where nothing is chosen nothing is written; what was chosen last is remembered.
            page.edit("z").await;
            page.press("E").await;
            page.until(&format!("{text}.includes('Nothing is chosen')")).await;
            let kept = "return ['format', 'only'].map((name) => document.querySelector(`dialog [name=${name}]`).value)";
            assert_eq!(page.js(kept).await, json!(["csv", "accepted"]));
            assert_eq!(page.js("return document.querySelector('dialog .main').disabled").await, json!(true));
            page.js("seen.saved = null; document.querySelector('dialog form').requestSubmit()").await;
            assert_eq!(
                page.js("return [seen.saved, Boolean(document.querySelector('dialog'))]").await,
                json!([null, true])
            );
        },
        &[&files[0], &files[1]],
    );
}

#[test]
fn text_work_is_shown_before_it_is_done() {
    let (_folder, files) = documents();
    run(
        async |page, _, _| {
            let fill = "const fill = (name, value) => { const field = document.querySelector(`dialog [name=${name}]`);
                          if (field.type === 'checkbox') field.checked = value; else field.value = value;
                          field.dispatchEvent(new Event('input', { bubbles: true })); };";
            // Find and replace: the preview, then one edit, then one undo.
            page.number(2).await;
            page.press(&Key::Right.to_string()).await;
            page.settle().await;
            page.send_control('h').await;
            page.until("document.querySelector('dialog [name=find]')").await;
            assert_eq!(
                page.js("return document.querySelector('dialog [name=side]').value").await,
                json!("target")
            );
            page.js(&format!(
                "{fill} fill('find', '(\\\\d{{4}})'); fill('with', '<$1>'); fill('regex', true)"
            ))
            .await;
            page.until("document.querySelectorAll('.replacing li').length === 2").await;
            let second = "return [...document.querySelectorAll('.replacing li:nth-child(2) p')].map((p) => p.textContent)";
            assert_eq!(
                page.js(second).await,
                json!(["2024 was a hard year for the markets.", "<2024> was a hard year for the markets."])
            );
            page.axe("find and replace").await;
            page.shot("replace").await;
            let revision = page.js("return seen.revision").await;
            page.until("!document.querySelector('dialog .main').disabled").await;
            page.js("document.querySelector('dialog form').requestSubmit()").await;
            page.until(&format!("seen.revision > {revision}")).await;
            page.until("document.querySelectorAll('#grid .corrected').length === 2").await;
            page.js("document.querySelector('.row.current .selected').focus()").await;
            page.edit("z").await;
            page.until("document.querySelectorAll('#grid .corrected').length === 0").await;

            // Findings: each a click from its pair.
            page.press("F").await;
            page.until("document.querySelector('.findings button[data-row]')").await;
            page.axe("findings").await;
            page.shot("findings").await;
            page.js("[...document.querySelectorAll('.findings li button')].find((b) => b.textContent.includes('458721')).click()").await;
            page.until("!document.querySelector('dialog') && seen.position === 2").await;
            page.settle().await;

            // The field of a correction shows all of its text, and hidden marks by code.
            page.number(1).await;
            page.press("e").await;
            page.until("document.activeElement.tagName === 'TEXTAREA'").await;
            page.js("const area = document.activeElement; area.value = ('word '.repeat(200) + 'end\\u202e\\u200b.'); area.dispatchEvent(new Event('input', { bubbles: true }))").await;
            assert_eq!(
                page.js("const a = document.activeElement; return a.scrollHeight <= a.clientHeight + 2")
                    .await,
                json!(true)
            );
            let codes = "return [...document.querySelectorAll('.codes code')].map((c) => c.textContent)";
            assert_eq!(page.js(codes).await, json!(["U+202E", "U+200B"]));
            page.axe("correcting").await;
            page.press(&Key::Escape.to_string()).await;
            page.settle().await;

            // Both halves of a cut stand on lines of their own before it is made.
            page.press("t").await;
            page.until("document.activeElement.matches('.gap')").await;
            let halves = "const gap = document.activeElement; const [a, b] = [gap.previousElementSibling, gap.nextElementSibling].map((e) => e.getBoundingClientRect());
                          return b.top > a.top + 10";
            assert_eq!(page.js(halves).await, json!(true));
            page.axe("cutting").await;
        },
        &[&files[0], &files[1]],
    );
}
