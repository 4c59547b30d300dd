//! The places that need the reader, moves of a whole column, and the commands on the current pair. See `browser.rs` for
//! what it needs.

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;
use serde_json::{Value, json};
use std::time::Duration;

use crate::browser::{Page, run};
use crate::support::workbench::{Server, mixed};

const DOWN: PointerAction = PointerAction::Down { button: MOUSE_BUTTON_LEFT };
const UP: PointerAction = PointerAction::Up { button: MOUSE_BUTTON_LEFT };

async fn mouse(page: &Page<'_>, actions: Vec<PointerAction>) {
    let all = actions.into_iter().fold(MouseActions::new("mouse".to_owned()), MouseActions::then);
    page.client.perform_actions(all).await.unwrap();
}

const fn to((x, y): (f64, f64)) -> PointerAction {
    PointerAction::MoveTo { duration: Some(Duration::from_millis(60)), x, y }
}

/// The middle of an element.
async fn middle(page: &Page<'_>, selector: &str) -> (f64, f64) {
    let at = page
        .js(&format!("const b = document.querySelector(\"{selector}\").getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]"))
        .await;
    (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
}

/// The pairs by their segments' numbers in the documents: `1=1 2+3=2`.
fn ladder(server: &Server) -> String {
    let rows = server.get("/api/rows?from=0&count=200")["beads"].as_array().unwrap().clone();
    let side = |bead: &Value, side: &str| {
        let segments = bead[side].as_array().unwrap().iter().map(|s| {
            s["text"].as_str().unwrap().trim_end_matches('.').split(' ').next_back().unwrap().to_owned()
        });
        segments.collect::<Vec<_>>().join("+")
    };
    rows.iter().map(|b| format!("{}={}", side(b, "source"), side(b, "target"))).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_places_that_need_the_reader_come_one_after_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.muq");
    mixed(&path);
    run(
        async |page, server, _| {
            page.until("document.getElementById('needs').textContent === '3 places need you'").await;
            page.press("q").await;
            page.until("seen.position === 1 && document.querySelectorAll('#places .way').length === 3").await;
            let place = page.js("return document.querySelector('#places .place').textContent").await;
            assert_eq!(place, json!("1 / 3"));
            // What stands and two rivals, each a whole small alignment; only what differs is coloured.
            let pairs = page.js("return [...document.querySelectorAll('#places .way')].map((w) => [w.querySelectorAll('.small').length, w.querySelectorAll('.differs').length])").await;
            assert_eq!(pairs, json!([[2, 2], [2, 2], [3, 2]]));
            page.shot("places").await;
            page.axe("places that need the reader").await;
            // Skipped to the end: it says so, and how many were left.
            page.press("n").await;
            page.until(
                "seen.position === 2 && document.querySelector('#places .place').textContent === '2 / 3'",
            )
            .await;
            page.press("n").await;
            page.until("seen.position === 5").await;
            page.until("document.querySelector('#places .place')?.textContent === '3 / 3'").await;
            page.press("n").await;
            page.until("document.querySelector('#places .end')?.textContent.includes('left open: 3')").await;
            page.shot("places-end").await;
            page.press(&Key::Enter.to_string()).await;
            page.until("seen.position === 1 && document.querySelectorAll('#places .way').length === 3").await;
            // A number takes a rival and goes on; Enter accepts what stands.
            page.press("1").await;
            page.until("seen.revision === 1 && seen.position > 1").await;
            assert!(ladder(server).starts_with("0=0 1=1+2 2+3= "), "{}", ladder(server));
            for _ in 0..6 {
                page.until("document.querySelector('#places .end') || document.querySelector('#places .place')?.textContent.includes('/')").await;
                if page.js("return Boolean(document.querySelector('#places .end'))").await == json!(true) {
                    break;
                }
                let before = page.js("return seen.position").await;
                page.js("document.activeElement.blur()").await;
                page.press(&Key::Enter.to_string()).await;
                page.until(&format!("document.querySelector('#places .end') || seen.position > {before}"))
                    .await;
            }
            page.until("document.querySelector('#places .end')?.textContent.includes('last place')").await;
            assert_eq!(server.get("/api/project")["counts"]["doubtful"], json!(0));
            page.until("document.getElementById('needs').hidden").await;
            page.press(&Key::Escape.to_string()).await;
            page.until("document.getElementById('places').hidden").await;
            page.settle().await;
        },
        &[&path],
    );
}

#[test]
fn what_belongs_together_and_whole_sides_are_moved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.muq");
    mixed(&path);
    run(
        async |page, server, _| {
            let start = ladder(server);
            // Begun and given up: nothing is left of it.
            page.press("=").await;
            page.until("document.querySelector('.segment.marked') && getComputedStyle(document.getElementById('thread')).display !== 'none'").await;
            page.press(&Key::Escape.to_string()).await;
            page.until("!document.querySelector('.segment.marked') && getComputedStyle(document.getElementById('thread')).display === 'none'").await;
            // This belongs to that: the thread is drawn from here to there.
            page.press("=jj").await;
            page.until("seen.position === 2 && document.querySelector('.row.current .selected').dataset.side === 'target'").await;
            page.until(
                "/^M [0-9.]+ [0-9.]+ C/.test(document.querySelector('#thread path').getAttribute('d'))",
            )
            .await;
            page.shot("thread").await;
            page.axe("thread").await;
            page.edit("=").await;
            assert!(ladder(server).split(' ').any(|pair| pair == "0=2"), "{}", ladder(server));
            assert_eq!(page.current().await["pinned"], json!(true));
            page.edit("z").await;
            assert_eq!(ladder(server), start);
            page.until("document.getElementById('live').textContent === 'Undone: Brought together' || document.getElementById('live').textContent.startsWith('Undone: Brought together ·')").await;
            // With the mouse: the command, then a click on the other side.
            page.number(1).await;
            page.press(&Key::Left.to_string()).await;
            page.settle().await;
            let at = middle(&page, "#strip [data-do=belong]").await;
            mouse(&page, vec![to(at), DOWN, UP]).await;
            page.until("document.querySelector('.segment.marked')").await;
            let revision = page.js("return seen.revision").await;
            let at = middle(&page, ".row[data-position='1'] .segment[data-side=target]").await;
            mouse(&page, vec![to(at), DOWN, UP]).await;
            page.until(&format!("seen.revision > {revision}")).await;
            assert!(ladder(server).split(' ').any(|pair| pair == "0=1"), "{}", ladder(server));
            page.settle().await;
            page.edit("z").await;
            // One side shifted by one, from here to the next gap.
            page.number(2).await;
            page.press(&Key::Right.to_string()).await;
            page.settle().await;
            page.edit("D").await;
            assert!(ladder(server).starts_with("0=0 1= 2+3=1 4=2 =3+4 "), "{}", ladder(server));
            page.edit("z").await;
            assert_eq!(ladder(server), start);
        },
        &[&path],
    );
}

#[test]
fn accepting_many_says_how_many_and_leaves_the_doubtful_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.muq");
    mixed(&path);
    run(
        async |page, server, _| {
            page.number(9).await;
            let hand = page.js("return [seen.row.querySelector('.hand')?.textContent, seen.row.querySelector('.sure'), seen.row.querySelector('.middle').textContent.includes('has doubts')]").await;
            assert_eq!(hand, json!(["by hand", null, true]));
            page.press("A").await;
            page.until("document.querySelector('dialog .about')?.textContent").await;
            page.press(&format!("{}a", Key::Control)).await;
            page.press("90").await;
            page.until(
                "document.querySelector('dialog .about')?.textContent === '2 pairs will be accepted.'",
            )
            .await;
            page.press(&format!("{}a", Key::Control)).await;
            page.press("60").await;
            page.until("document.querySelector('dialog .about').textContent === '5 pairs will be accepted. 2 doubtful ones are left out.'").await;
            page.shot("accept-above").await;
            page.axe("accept above").await;
            page.press(&Key::Escape.to_string()).await;
            page.until("!document.querySelector('dialog')").await;
            page.number(4).await;
            page.press(&format!("{}{}", Key::Control, Key::Enter)).await;
            page.until("document.querySelector('dialog .about')?.textContent === '2 pairs will be accepted. 2 doubtful ones are left out.'").await;
            page.js("document.querySelector('dialog form').requestSubmit()").await;
            page.until("document.getElementById('live').textContent === 'Accepted · 2 pairs'").await;
            assert_eq!(server.get("/api/project")["counts"]["accepted"], json!(2));
            // Behind me as I go: what is doubtful stays open.
            page.number(5).await;
            page.js("document.getElementById('behind').click()").await;
            page.settle().await;
            page.press("jjj").await;
            page.until("seen.revision === 3 && seen.position === 7").await;
            let said: Vec<_> =
                page.rows().await.iter().map(|b| b["decision"].as_str().unwrap().to_owned()).collect();
            assert_eq!(said[4..8], ["accepted", "pending", "accepted", "pending"]);
        },
        &[&path],
    );
}

#[test]
fn commands_keep_their_place_and_borders_are_dragged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.muq");
    mixed(&path);
    run(
        async |page, server, _| {
            // The strip stays where it is, and the menu has the same.
            let place = "return JSON.stringify(document.querySelector('#strip [data-do=flag]').getBoundingClientRect())";
            let before = page.js(place).await;
            page.press("jjjjj").await;
            page.until("seen.position === 5").await;
            page.settle().await;
            assert_eq!(page.js(place).await, before);
            let both = page.js("return [[...document.querySelectorAll('#strip [data-do]')].map((b) => b.dataset.do), [...document.querySelectorAll('#menu [data-item]')].map((b) => b.dataset.item)]").await;
            assert!(both[0].as_array().unwrap().len() > 15 && both[0] == both[1], "{both}");
            // The menu of a row, by the mouse alone.
            page.js("document.querySelector(\".row[data-position='3'] .segment\").dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 300, clientY: 400 }))").await;
            page.until("seen.position === 3 && document.activeElement.matches('#menu button')").await;
            page.shot("menu").await;
            page.axe("menu").await;
            page.press(&Key::Escape.to_string()).await;
            page.until("document.getElementById('menu').hidden").await;
            let at = middle(&page, ".row[data-position='3'] .more").await;
            mouse(&page, vec![to(at), DOWN, UP]).await;
            page.until("!document.getElementById('menu').hidden").await;
            let at = middle(&page, "#menu [data-item=flag]").await;
            mouse(&page, vec![to(at), DOWN, UP]).await;
            page.until("seen.revision === 1").await;
            assert_eq!(server.get("/api/rows?from=3&count=1")["beads"][0]["decision"], json!("flagged"));
            page.settle().await;
            // A border dragged over one segment: shown before it is let go.
            let start = ladder(server);
            let handle = ".row[data-position='2'] .border[data-side=source]";
            let (x, y) = middle(&page, handle).await;
            let over =
                middle(&page, ".row[data-position='2'] .segment[data-side=source][data-index='1']").await;
            mouse(&page, vec![to((x, y)), DOWN, to((x, over.1 - 6.0))]).await;
            page.until("document.querySelectorAll('.segment.coming').length === 1 && document.querySelector('.border-line')").await;
            page.shot("border").await;
            // Given up: nothing stays, and nothing is done.
            page.press(&Key::Escape.to_string()).await;
            page.until("!document.querySelector('.coming, .border-line')").await;
            mouse(&page, vec![UP]).await;
            assert_eq!(ladder(server), start);
            mouse(&page, vec![to((x, y)), DOWN, to((x, over.1 - 6.0)), UP]).await;
            page.until("seen.revision === 2").await;
            assert!(ladder(server).starts_with("0=0 1=1 2=2 3+4=3+4 "), "{}", ladder(server));
            page.settle().await;
            page.edit("z").await;
            // Down over the first of the pair below.
            let handle = ".row[data-position='1'] .border[data-side=source]";
            let (x, y) = middle(&page, handle).await;
            let over = middle(&page, ".row[data-position='2'] .segment[data-side=source]").await;
            mouse(&page, vec![to((x, y)), DOWN, to((x, over.1 + 6.0)), UP]).await;
            page.until("seen.revision === 4").await;
            assert!(ladder(server).starts_with("0=0 1+2=1 3=2 4=3+4 "), "{}", ladder(server));
            page.settle().await;
            // A drag from elsewhere is put nowhere, and one that was given up is over.
            let left = page
                .js("const fire = (on, type, data) => { const e = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }); on.dispatchEvent(e); return e.defaultPrevented; };
                     const cell = document.querySelector(\".row[data-position='5'] .cell[data-side=source]\");
                     const segment = document.querySelector(\".row[data-position='1'] .segment[data-side=source]\");
                     fire(segment, 'dragstart', new DataTransfer()); fire(segment, 'dragend', new DataTransfer());
                     const file = new DataTransfer(); file.items.add(new File(['x'], 'x.txt'));
                     const held = [fire(cell, 'dragover', file), fire(cell, 'drop', file), fire(document.body, 'drop', file)];
                     return [held, document.querySelectorAll('.over').length];")
                .await;
            assert_eq!(left, json!([[true, true, true], 0]));
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(server.get("/api/project")["revision"], json!(4));
        },
        &[&path],
    );
}
