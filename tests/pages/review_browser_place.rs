//! Where the reader is: always on the screen, there again after a reload, and told beside the pair what was refused.
//! See `browser.rs` for what it needs.

use crate::browser::run;
use crate::support::workbench::{large, mixed};
use fantoccini::key::Key;
use serde_json::json;

/// Puts a value into a filter, as a reader would.
fn set(field: &str, value: &str) -> String {
    format!(
        "const f = document.getElementById('{field}'); f.value = '{value}'; f.dispatchEvent(new Event('input', {{ bubbles: true }}));"
    )
}

/// Checks the box that hides what the filters do not find.
const ONLY_THESE: &str = "const f = document.getElementById('filtering'); if (!f.checked) f.click();";

/// Whether the current row is in view.
const IN_VIEW: &str = "(() => { const r = seen.row?.getBoundingClientRect(), l = document.getElementById('list').getBoundingClientRect();
    return Boolean(r) && r.bottom > l.top && r.top < l.bottom; })()";

#[test]
fn the_cursor_is_always_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.muq");
    mixed(&path);
    run(
        async |page, server, _| {
            // A filter hides the first pair: the cursor goes to the first that is shown, and keys act there.
            page.js(&set("type", "1-2")).await;
            page.js(ONLY_THESE).await;
            page.until("seen.position === 3").await;
            page.press(&Key::Escape.to_string()).await;
            page.until("document.activeElement.matches('.row.current .selected')").await;
            page.edit("f").await;
            assert_eq!(server.get("/api/rows?from=3&count=1")["beads"][0]["decision"], json!("flagged"));
            // What fits nothing says so, and a key changes nothing that is not seen.
            page.js(&set("type", "2-2")).await;
            page.js(&set("only", "rejected")).await;
            page.until("!document.getElementById('empty').hidden").await;
            let said = page.js("return document.getElementById('empty').textContent").await;
            assert!(said.as_str().unwrap().contains("No pair fits"), "{said}");
            page.js("document.activeElement.blur()").await;
            page.press("a").await;
            page.until("document.getElementById('live').textContent.includes('No pair is shown')").await;
            assert_eq!(server.get("/api/project")["revision"], json!(1));
            page.shot("empty").await;
            page.axe("no pair fits").await;
            page.js("document.querySelector('#empty button').click()").await;
            page.until(
                "document.getElementById('empty').hidden && document.querySelectorAll('.row').length === 10",
            )
            .await;
            page.settle().await;
            // Keys work wherever no text is typed: on a box and on a choice too.
            page.js("document.getElementById('auto').focus()").await;
            page.press("j").await;
            page.until("seen.position === 4").await;
            page.js("document.getElementById('only').focus()").await;
            page.press("j").await;
            page.until("seen.position === 5").await;
            // Who goes to a pair that is hidden sees all again.
            page.js(&set("type", "1-1")).await;
            page.js(ONLY_THESE).await;
            page.until("seen.position === 6").await;
            page.press(&Key::Escape.to_string()).await;
            page.press("v").await;
            page.until("seen.position === 3 && document.querySelectorAll('.row').length === 10").await;
        },
        &[&path],
    );
}

#[test]
fn what_is_out_of_sight_is_shown_before_it_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.muq");
    large(&path, 1_000);
    run(
        async |page, server, _| {
            page.number(10).await;
            page.js("document.getElementById('list').scrollTop = 40000").await;
            page.until(&format!("!{IN_VIEW}")).await;
            page.press("x").await;
            page.until(IN_VIEW).await;
            assert_eq!(server.get("/api/project")["revision"], json!(0));
            page.edit("x").await;
            assert_eq!(server.get("/api/rows?from=9&count=1")["beads"][0]["decision"], json!("rejected"));
        },
        &[&path],
    );
}

#[test]
fn the_place_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.muq");
    large(&path, 1_000);
    run(
        async |page, server, _| {
            page.js(&set("min", "50")).await;
            page.js(ONLY_THESE).await;
            page.until("document.getElementById('hits').textContent.startsWith('500')").await;
            page.press(&Key::Escape.to_string()).await;
            page.press(&Key::End.to_string()).await;
            page.press(&format!("{}{}", Key::Up, Key::Up)).await;
            page.press(&Key::Right.to_string()).await;
            page.settle().await;
            let place = "return [seen.position, document.querySelector('.selected').dataset.side, document.getElementById('min').value, Math.round(seen.row.getBoundingClientRect().top)]";
            let was = page.js(place).await;
            let back = format!(
                "window.seen?.ready && seen.position === {} && document.querySelector('.selected')?.dataset.side === 'target'",
                was[0]
            );
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            page.client.refresh().await.unwrap();
            page.until(&back).await;
            page.settle().await;
            assert_eq!(page.js(place).await, was);
            // In another window, too; there with a correction half written.
            page.press("e").await;
            page.until("document.activeElement.matches('.editing textarea')").await;
            page.press(" and more").await;
            page.client.refresh().await.unwrap();
            page.until("document.activeElement.matches('.editing textarea')").await;
            let text = page.js("return document.activeElement.value").await;
            assert!(text.as_str().unwrap().ends_with(" and more"), "{text}");
            let second = page.client.new_window(true).await.unwrap();
            page.client.close_window().await.unwrap();
            page.client.switch_to_window(second.handle).await.unwrap();
            page.open(&server.address).await;
            page.until("document.activeElement.matches('.editing textarea')").await;
            assert_eq!(page.js("return document.activeElement.value").await, text);
            page.edit(&format!("{}{}", Key::Control, Key::Enter)).await;
            assert_eq!(page.js("return seen.position").await, was[0]);
            assert!(page.current().await["target"][0]["corrected"].as_str().unwrap().ends_with(" and more"));
            // A comment as well.
            page.press("c").await;
            page.until("document.activeElement.tagName === 'TEXTAREA'").await;
            page.press("ask whom").await;
            page.client.refresh().await.unwrap();
            page.until("document.activeElement.matches('dialog textarea')").await;
            assert_eq!(page.js("return document.activeElement.value").await, json!("ask whom"));
            page.press(&Key::Escape.to_string()).await;
            page.until("!document.querySelector('dialog')").await;
            page.client.refresh().await.unwrap();
            page.until(&back).await;
            page.settle().await;
            assert_eq!(
                page.js("return document.querySelector('dialog')").await,
                json!(null),
                "given up is given up"
            );
        },
        &[&path],
    );
}

#[test]
fn what_is_refused_is_taken_back_and_said_beside_its_pair() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mixed.muq");
    mixed(&path);
    run(
        async |page, server, _| {
            // The program refuses: the last pair has none after it.
            page.number(10).await;
            page.press("m").await;
            page.until("seen.row.querySelector('.refused')").await;
            let said = page.js("return seen.row.querySelector('.refused').textContent").await;
            assert!(said.as_str().unwrap().contains("no"), "{said}");
            page.shot("refused").await;
            page.axe("refused").await;
            page.press(&Key::Escape.to_string()).await;
            page.until("!document.querySelector('.refused')").await;
            // Another window was faster: its decision stands, and what was typed here is not lost.
            page.number(2).await;
            page.press("c").await;
            page.until("document.activeElement.tagName === 'TEXTAREA'").await;
            page.press("mine").await;
            let bead = page.current().await["id"].clone();
            page.js("globalThis.realFetch = fetch; globalThis.fetch = (path, options) => new Promise((done) => { if (path === '/api/edit') globalThis.release = () => done(realFetch(path, options)); else if (!path.startsWith('/api/changes')) done(realFetch(path, options)); })").await;
            page.press(&format!("{}{}", Key::Control, Key::Enter)).await;
            page.until("globalThis.release && seen.row.textContent.includes('comment')").await;
            let other = json!({ "edit": "comment", "bead": bead, "text": "theirs" });
            assert_eq!(server.edit(0, &other).status, 200);
            page.js("globalThis.fetch = realFetch; release()").await;
            page.until("seen.row.querySelector('.refused')?.textContent.includes('mine')").await;
            assert_eq!(page.current().await["comment"], json!("theirs"));
            page.shot("refused-typed").await;
            page.js("document.querySelector('.refused button').click()").await;
            page.until("!document.querySelector('.refused')").await;
            page.edit("a").await;
        },
        &[&path],
    );
}
