//! The page in a real browser: by keyboard alone, by mouse alone, on paper, and with a server that goes away.
//! See `browser.rs` for what it needs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;
use fantoccini::wd::PrintConfiguration;
use serde_json::{Value, json};

use crate::browser::{Page, run};
use crate::support::workbench::Server;

fn documents(folder: &Path) -> (PathBuf, PathBuf) {
    let (source, target) = (folder.join("ar.txt"), folder.join("en.txt"));
    let lines = |line: fn(u32) -> String| (1..=8).map(line).collect::<Vec<_>>().concat();
    let arabic =
        lines(|i| format!("اجتمع الوفد رقم {i} في بغداد. وبحث الجانبان التعاون في عام {}.\n", 2000 + i));
    let english = lines(|i| {
        let year = 2000 + i;
        format!(
            "Delegation number {i} met in Baghdad. Both sides discussed cooperation in the year {year}.\n"
        )
    });
    std::fs::write(&source, arabic).unwrap();
    std::fs::write(&target, english).unwrap();
    (source, target)
}

fn counts(server: &Server, name: &str) -> Value {
    server.get("/api/project")["counts"][name].clone()
}

/// Presses Tab until `wanted` holds of the element in focus; no more often than the page has stops.
async fn tab_to(page: &Page<'_>, wanted: &str) {
    for _ in 0..80 {
        if page.js(&format!("return document.activeElement.matches({wanted:?})")).await == json!(true) {
            return;
        }
        page.press(&Key::Tab.to_string()).await;
    }
    panic!("Tab never comes to {wanted}");
}

#[test]
fn everything_can_be_done_with_the_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = documents(folder.path());
    run(
        async |page, server, _| {
            // Nothing but key presses from here on; scripts only look.
            let (enter, escape, control) = (Key::Enter.to_string(), Key::Escape.to_string(), Key::Control);
            let confirm = format!("{control}{}", Key::Enter);
            // Once round the page: every stop is reached, and Tab leaves each of them.
            page.js("globalThis.stops = []; document.addEventListener('focusin', (e) => stops.push(e.target.id || e.target.dataset.do || e.target.className || e.target.tagName))").await;
            page.press(&Key::Tab.to_string().repeat(70)).await;
            let stops = page.js("return [...new Set(stops)]").await;
            for stop in [
                "undo", "realign", "auto", "export", "report", "name", "language", "search", "only", "min",
                "panel",
            ] {
                // Undo is greyed out as long as there is nothing to undo, and then no stop.
                let there = stops.as_array().unwrap().contains(&json!(stop));
                assert!(there || stop == "undo", "{stop} in {stops}");
            }
            tab_to(&page, ".row .segment").await;

            page.number(3).await;
            page.edit("a").await;
            assert_eq!(page.js("return seen.position").await, json!(3), "accepting goes on");
            page.edit("f").await;
            page.edit("p").await;
            page.press("c").await;
            page.until("document.activeElement.matches('textarea')").await;
            page.press("ask").await;
            page.edit(&confirm).await;
            assert_eq!(page.current().await["comment"], json!("ask"));
            // Merge, split, break up, undo all of it, redo it.
            page.number(6).await;
            let start = page.ids().await;
            page.edit("m").await;
            page.edit("s").await;
            page.edit("b").await;
            let end = page.ids().await;
            for _ in 0..3 {
                page.edit("z").await;
            }
            assert_eq!(page.ids().await, start);
            for _ in 0..3 {
                page.edit("y").await;
            }
            assert_eq!(page.ids().await, end);
            for _ in 0..3 {
                page.edit("z").await;
            }
            // Move a segment down, and across with a link.
            page.edit("d").await;
            page.edit("z").await;
            page.number(6).await;
            page.press("l").await;
            page.number(8).await;
            page.edit("l").await;
            page.edit("z").await;
            // Split and join segments of either side.
            for side in ["source", "target"] {
                page.number(7).await;
                page.press(&(if side == "source" { Key::Left } else { Key::Right }).to_string()).await;
                page.until(&format!("seen.row.querySelector('.selected')?.dataset.side === '{side}'")).await;
                page.settle().await;
                let before = page.segments(side).await;
                page.press("t").await;
                page.until("document.activeElement.matches('.gap')").await;
                page.press(&Key::Right.to_string()).await;
                page.until("document.activeElement.matches('.gap')").await;
                page.edit(&enter).await;
                assert_eq!(page.segments(side).await, before + 1);
                page.edit("g").await;
                assert_eq!(page.segments(side).await, before);
            }
            // Correct a text.
            page.number(3).await;
            page.press(&Key::Right.to_string()).await;
            page.settle().await;
            page.press("e").await;
            page.until("document.activeElement.matches('.editing textarea')").await;
            page.press(&format!("{control}a")).await;
            page.press("Corrected by hand.").await;
            page.edit(&confirm).await;
            // Search, next hit, back to the list.
            page.press("/").await;
            page.press(&format!("٢٠٠٧{enter}")).await;
            page.until("document.getElementById('hits').textContent === '1 found' && seen.row.querySelector('mark.hit')").await;
            page.until("document.activeElement.matches('.row.current .selected')").await;
            // Next flagged, next unreviewed, next doubtful; help and out of it.
            page.press("v").await;
            page.until("seen.row.matches('.flagged')").await;
            page.press("w").await;
            page.until("seen.row.matches('.pending')").await;
            page.press("?").await;
            page.until("document.querySelector('dialog .keys')").await;
            page.press(&escape).await;
            page.until("!document.querySelector('dialog')").await;
            // The name, then the rest accepted at once, and exported.
            tab_to(&page, "[data-do=name]").await;
            page.press(&enter).await;
            page.until("document.activeElement.matches('dialog input')").await;
            page.press(&format!("سارة{enter}")).await;
            page.until("!document.querySelector('dialog') && document.querySelector('[data-do=name] bdi')?.textContent === 'سارة'")
                .await;
            page.press(&escape).await;
            page.until("document.activeElement.matches('.row.current .selected')").await;
            let revision = page.js("return seen.revision").await;
            page.press("A").await;
            page.until("document.activeElement.matches('dialog input')").await;
            page.press(&format!("{control}a")).await;
            page.press(&format!("0{enter}")).await;
            page.until(&format!("seen.revision > {revision}")).await;
            tab_to(&page, "[data-do=export]").await;
            page.press(&enter).await;
            page.until("document.activeElement.matches('dialog select')").await;
            page.press(&format!("{}{}", Key::Tab, Key::Down)).await;
            page.until("document.querySelector('dialog select[name=only]').value === 'accepted'").await;
            page.until("!document.querySelector('dialog .main').disabled").await;
            tab_to(&page, "dialog .main").await;
            page.press(&enter).await;
            page.until("seen.saved").await;
            let tmx = page.js("return seen.saved").await;
            let tmx = tmx.as_str().unwrap();
            assert!(tmx.contains("<seg>Corrected by hand.</seg>"), "{tmx}");
            assert_eq!(json!(tmx.matches("</tu>").count()), counts(server, "accepted"));
        },
        &[&source, &target],
    );
}

#[test]
fn invisible_marks_are_shown_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("ar.txt"), folder.path().join("en.txt"));
    std::fs::write(&source, "قال الوزير\u{200f}: نمـو مي\u{200c}شود 5\u{a0}% في بغداد.\n").unwrap();
    std::fs::write(&target, "The minister said in Baghdad: growth of 5\u{a0}%.\n").unwrap();
    run(
        async |page, _, _| {
            let named =
                "return [...document.querySelectorAll('#grid .unseen')].map((e) => e.textContent).join(' ')";
            let text = "return document.querySelector('#grid .row p').textContent";
            let before = page.js(text).await;
            assert!(before.as_str().unwrap().contains("الوزير\u{200f}:"), "{before}");
            assert_eq!(page.js(named).await, Value::from(""));
            page.press("i").await;
            page.until("document.querySelector('#grid .unseen') !== null").await;
            assert_eq!(page.js(named).await, Value::from("RLM TAT ZWNJ NBSP NBSP"));
            page.shot("invisible-marks").await;
            page.press("i").await;
            page.until("document.querySelector('#grid .unseen') === null").await;
            assert_eq!(page.js(text).await, before);
        },
        &[&source, &target],
    );
}

#[test]
fn who_edits_stands_in_the_history() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = documents(folder.path());
    run(
        async |page, _, project| {
            page.js("document.querySelector('[data-do=name]').click()").await;
            page.until("document.activeElement.matches('dialog input')").await;
            page.press(&format!("سارة <b>{}", Key::Enter)).await;
            page.until("document.querySelector('[data-do=name] bdi')?.textContent === 'سارة <b>'").await;
            page.press(&Key::Escape.to_string()).await;
            page.until("document.activeElement.matches('.row.current .selected')").await;
            page.edit("a").await;
            let history = crate::support::plain().arg("history").arg(project).output().unwrap();
            let history = String::from_utf8(history.stdout).unwrap();
            assert!(history.contains("\tسارة <b>\t{\"edit\":\"decide\""), "{history}");
        },
        &[&source, &target],
    );
}

/// Where the middle of an element is, in the window.
async fn middle(page: &Page<'_>, selector: &str) -> (f64, f64) {
    let at = page
        .js(&format!(
            "const b = document.querySelector({selector:?}).getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]"
        ))
        .await;
    (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
}

fn to((x, y): (f64, f64), ms: u64) -> PointerAction {
    PointerAction::MoveTo { duration: Some(Duration::from_millis(ms)), x, y }
}

const DOWN: PointerAction = PointerAction::Down { button: MOUSE_BUTTON_LEFT };
const UP: PointerAction = PointerAction::Up { button: MOUSE_BUTTON_LEFT };

async fn mouse(page: &Page<'_>, actions: Vec<PointerAction>) {
    let mut mouse = MouseActions::new("mouse".to_owned());
    for action in actions {
        mouse = mouse.then(action);
    }
    page.client.perform_actions(mouse).await.unwrap();
}

#[test]
fn segments_are_dragged_and_cut_with_the_mouse() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = documents(folder.path());
    run(
        async |page, _, _| {
            let row = |n: usize, what: &str| format!(".row[data-position='{n}'] {what}");
            let start = page.ids().await;
            // Drag the English segment of the second bead to the third, across the border.
            let text = page.rows().await[1]["target"][0]["text"].clone();
            let revision = page.js("return seen.revision").await;
            let from = middle(&page, &row(1, ".segment[data-side=target]")).await;
            let over = middle(&page, &row(2, ".cell[data-side=target]")).await;
            let halfway = (over.0, f64::midpoint(from.1, over.1));
            mouse(&page, vec![to(from, 0), DOWN, to(halfway, 150), to(over, 150), to(over, 50), UP]).await;
            page.until(&format!("seen.revision > {revision}")).await;
            page.settle().await;
            let now = page.current().await;
            assert_eq!(now["target"][0]["text"], text, "{now}");
            assert_eq!(now["target"].as_array().unwrap().len(), 2, "{now}");
            let revision = page.js("return seen.revision").await;
            let at = middle(&page, "[data-do=undo]").await;
            mouse(&page, vec![to(at, 0), DOWN, UP]).await;
            page.until(&format!("seen.revision > {revision}")).await;
            assert_eq!(page.ids().await, start);
            // Double-click the Arabic segment, then click between two words.
            let revision = page.js("return seen.revision").await;
            let segments = page.segments("source").await;
            let at = middle(&page, &row(2, ".segment[data-side=source]")).await;
            mouse(&page, vec![to(at, 0), DOWN, UP, DOWN, UP]).await;
            page.until("document.querySelector('.gap')").await;
            let at = middle(&page, ".gap").await;
            mouse(&page, vec![to(at, 0), DOWN, UP]).await;
            page.until(&format!("seen.revision > {revision}")).await;
            page.settle().await;
            assert_eq!(page.segments("source").await, segments + 1);
            // The picture leads to the end of the document.
            let canvas = page.js("const b = document.getElementById('canvas').getBoundingClientRect(); return [b.left + 20, b.bottom - 3]").await;
            let at = (canvas[0].as_f64().unwrap(), canvas[1].as_f64().unwrap());
            mouse(&page, vec![to(at, 0), DOWN, UP]).await;
            let last = page.rows().await.len() - 2;
            page.until(&format!("seen.position >= {last}")).await;
        },
        &[&source, &target],
    );
}

#[test]
fn the_report_holds_every_bead_on_paper() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = documents(folder.path());
    run(
        async |page, _, _| {
            page.press("c").await;
            page.until("document.activeElement.matches('textarea')").await;
            page.press("look <again>").await;
            page.edit(&format!("{}{}", Key::Control, Key::Enter)).await;
            page.js("window.print = () => { globalThis.printed = true }; document.querySelector('[data-do=report]').click()").await;
            page.until("globalThis.printed").await;
            let rows = page.js("return document.querySelectorAll('#report tbody tr').length").await;
            assert_eq!(rows, json!(page.rows().await.len()));
            let text = page.js("return document.getElementById('report').textContent").await;
            let text = text.as_str().unwrap();
            assert!(
                text.contains("look <again>") && text.contains("Delegation number 8 met in Baghdad."),
                "{text}"
            );
            assert!(text.contains("اجتمع الوفد رقم 8 في بغداد."));
            let languages = page.js("return [...new Set([...document.querySelectorAll('#report td[lang]')].map((t) => t.lang))].join()").await;
            assert_eq!(languages, json!("ar,en"));
            let pdf = page.client.print(PrintConfiguration::default()).await.unwrap();
            assert!(pdf.starts_with(b"%PDF") && pdf.len() > 10_000, "{} bytes", pdf.len());
            if let Some(folder) = std::env::var_os("MUQABALA_SHOTS") {
                std::fs::write(PathBuf::from(folder).join("report.pdf"), &pdf).unwrap();
            }
            // Afterwards nothing of it stays in the page.
            page.js("window.dispatchEvent(new Event('afterprint'))").await;
            assert_eq!(page.js("return document.querySelectorAll('#report tr').length").await, json!(0));
        },
        &[&source, &target],
    );
}

#[test]
fn an_edit_outlives_the_program_that_could_not_take_it() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = documents(folder.path());
    run(
        async |page, server, project| {
            let killed = Command::new("kill").args(["-9", &server.child.id().to_string()]).status();
            assert!(killed.unwrap().success());
            page.press("a").await;
            page.until("!document.getElementById('banner').hidden").await;
            let said = page.js("return document.getElementById('banner').textContent").await;
            assert!(said.as_str().unwrap().contains("does not answer"), "{said}");
            page.shot("stopped").await;
            assert!(
                page.js("return Object.keys(localStorage).some((k) => k.startsWith('muqabala-unsent'))")
                    .await
                    == json!(true)
            );
            // The program starts again at the same port, with another token: the old page must be told it.
            let again = Server::start_at(server.port, &[project]);
            page.until("document.getElementById('banner').textContent.includes('started again')").await;
            assert_eq!(counts(&again, "accepted"), json!(0));
            let window = page.client.new_window(true).await.unwrap();
            let old = page.client.window().await.unwrap();
            page.client.switch_to_window(window.handle).await.unwrap();
            page.open(&again.address).await;
            page.until("seen.revision === 1").await;
            assert_eq!(counts(&again, "accepted"), json!(1));
            assert!(
                page.js("return Object.keys(localStorage).some((k) => k.startsWith('muqabala-unsent'))")
                    .await
                    == json!(false)
            );
            page.client.switch_to_window(old).await.unwrap();
            page.until("document.getElementById('banner').hidden && seen.revision === 1").await;
            assert_eq!(again.get("/api/project")["revision"], json!(1), "sent once");
        },
        &[&source, &target],
    );
}
