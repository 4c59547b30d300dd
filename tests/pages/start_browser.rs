//! The start page in a real browser, from the first click to the review page. See `browser.rs` for what it needs.

use std::path::Path;

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{Page, run_start};
use crate::support::documents::{Part, corpus, office, statement};

/// A text of the statement.
fn text(name: &str) -> String {
    std::fs::read_to_string(corpus().join(name)).unwrap()
}

/// The statement as Word documents: Arabic and English.
fn word() -> [Vec<u8>; 2] {
    let paragraphs =
        |text: String| text.lines().map(|line| Part::Paragraph(line.to_owned())).collect::<Vec<_>>();
    [office::docx(&statement()), office::docx(&paragraphs(text("en.txt")))]
}

impl Page<'_> {
    async fn click(&self, css: &str) {
        self.client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
    }

    /// Drops files with these contents on an element.
    async fn drop_on(&self, css: &str, files: &[(&str, &[u8])]) {
        let files: Vec<_> = files.iter().map(|(name, bytes)| json!([name, bytes])).collect();
        let script = "const [css, files] = arguments; const data = new DataTransfer();
            for (const [name, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name));
            const on = document.querySelector(css);
            for (const type of ['dragover', 'drop']) on.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));";
        self.client.execute(script, vec![json!(css), json!(files)]).await.unwrap();
    }

    /// Chooses a file as a reader does, with the button, which the page may draw anew meanwhile.
    async fn choose(&self, css: &str, file: &Path) {
        let path = file.to_str().unwrap();
        loop {
            let button = self.client.find(Locator::Css(css)).await.unwrap();
            match button.send_keys(path).await {
                Err(error) if error.is_stale_element_reference() => {}
                done => return done.unwrap(),
            }
        }
    }

    /// Waits for the review page that the start page goes to.
    async fn review(&self) {
        self.until("window.seen?.ready && document.getElementById('grid')").await;
        self.settle().await;
    }

    /// Switches the start page to Arabic.
    async fn arabic(&self) {
        self.click("#language").await;
        self.until("document.documentElement.dir === 'rtl'").await;
    }

    async fn width(&self, width: u32) {
        self.client.set_window_size(width, 900).await.unwrap();
    }
}

/// Pictures of the page as it is: light and dark, wide and narrow.
async fn shots(page: &Page<'_>, name: &str) {
    assert_eq!(page.js("return document.getElementById('banner').hidden").await, json!(true), "{name}");
    for theme in ["light", "dark"] {
        page.js(&format!("document.documentElement.dataset.theme = '{theme}'")).await;
        page.axe(&format!("{name}, {theme}")).await;
        for width in [1280, 390] {
            page.width(width).await;
            let over = page
                .js("return document.documentElement.scrollWidth > document.documentElement.clientWidth")
                .await;
            assert_eq!(over, json!(false), "{name} is wider than {width}");
            page.shot(&format!("start-{name}-{theme}-{width}")).await;
        }
    }
    page.width(1440).await;
}

#[test]
fn two_word_documents_are_dropped_reviewed_and_exported() {
    run_start(async |page, server, folder| {
        shots(&page, "empty").await;
        let [arabic, english] = word();
        page.drop_on("#slot-source", &[("بيان.ar.docx", &arabic), ("statement.en.docx", &english)]).await;
        page.until("!document.getElementById('go').disabled").await;
        let languages = "return [...document.querySelectorAll('.slot select.lang')].map((s) => s.selectedOptions[0].textContent)";
        assert_eq!(page.js(languages).await, json!(["Arabic (detected)", "English (detected)"]));
        shots(&page, "given").await;
        // Exchanged, and back again.
        page.click(".swap").await;
        assert_eq!(page.js(languages).await, json!(["English (detected)", "Arabic (detected)"]));
        page.click(".swap").await;
        page.js("document.getElementById('more').open = true").await;
        shots(&page, "choices").await;
        page.js("const name = document.getElementById('choice-name'); name.value = 'بيان مشترك'; name.dispatchEvent(new Event('input'))").await;
        page.click("#go").await;
        page.review().await;
        assert!(folder.join("projects/بيان مشترك.muq").is_file());
        assert_eq!(page.js("return document.documentElement.lang").await, json!("en"));
        page.press("a").await;
        page.until("seen.revision > 0").await;
        page.js("document.querySelector('[data-do=export]').click()").await;
        // What will be written is counted first.
        page.until("document.querySelector('dialog .main')?.disabled === false").await;
        page.js("document.querySelector('dialog form').requestSubmit()").await;
        page.until("seen.saved?.includes('<tmx')").await;

        // Back at the start page, what was done is in the list, and what was sent is forgotten.
        page.client.back().await.unwrap();
        page.until("document.querySelector('.project .open')?.textContent === 'بيان مشترك'").await;
        let decided = page.js("return document.querySelector('.project progress').value").await;
        assert!(decided.as_f64().unwrap() >= 1.0, "{decided}");
        page.until("document.querySelectorAll('.slot.full').length === 0").await;
        shots(&page, "projects").await;
        page.click(".project .open").await;
        page.review().await;
        let desk = server.get("/api/desk");
        assert_eq!(desk["projects"][0]["documents"], json!(["بيان.ar.docx", "statement.en.docx"]));
    });
}

#[test]
fn two_texts_are_pasted_and_reviewed_in_arabic() {
    run_start(async |page, _, folder| {
        page.arabic().await;
        page.click("[value=paste]").await;
        for (side, name) in [("source", "ar.txt"), ("target", "en.txt")] {
            let script = "const [side, text] = arguments; const box = document.querySelector(`#slot-${side} textarea`);
                box.value = text; box.dispatchEvent(new Event('input'))";
            page.client.execute(script, vec![json!(side), json!(text(name))]).await.unwrap();
        }
        page.until("document.querySelectorAll('.slot select.lang').length === 2").await;
        shots(&page, "pasted-ar").await;
        // By keyboard: Enter on the button.
        page.js("document.getElementById('go').focus()").await;
        page.press(&Key::Enter.to_string()).await;
        page.review().await;
        assert_eq!(
            page.js("return document.documentElement.lang").await,
            json!("ar"),
            "the page goes on in Arabic"
        );
        assert!(folder.join("projects/الأصل.muq").is_file());
    });
}

#[test]
fn one_file_with_both_languages_is_told_from_a_document() {
    run_start(async |page, _, _| {
        let csv = "ar,en\nوقع الطرفان الاتفاق في 14 تموز 2019.,The two parties signed the agreement on July 14 2019.\n";
        page.drop_on("#slot-target", &[("app.csv", csv.as_bytes())]).await;
        page.until(
            "document.querySelector('[value=both]').checked && !document.getElementById('go').disabled",
        )
        .await;
        shots(&page, "both").await;
        page.click("#go").await;
        page.review().await;
    });
}

#[test]
fn what_cannot_be_read_is_said_and_work_can_be_stopped() {
    run_start(async |page, _, folder| {
        let nothing = folder.join("empty.txt");
        std::fs::write(&nothing, "").unwrap();
        page.choose("#file-source", &nothing).await;
        page.until(
            "document.querySelector('#slot-source .trouble')?.textContent.includes('There is no text in it')",
        )
        .await;
        shots(&page, "trouble").await;
        page.arabic().await;
        page.until("document.querySelector('#slot-source .trouble')?.textContent.includes('لا نص فيه')").await;
        let long = |line: &str| line.repeat(4000);
        page.drop_on(
            "#slot-source",
            &[
                ("a.txt", long("الجملة الطويلة نسبيا في النص العربي. وهذه أخرى بعدها.\n").as_bytes()),
                (
                    "b.txt",
                    long("A rather long sentence of the English text. And this is another after it.\n")
                        .as_bytes(),
                ),
            ],
        )
        .await;
        page.until("!document.getElementById('go').disabled").await;
        page.click("#go").await;
        page.until("document.activeElement.id === 'cancel'").await;
        shots(&page, "working-ar").await;
        page.click("#cancel").await;
        page.until("document.getElementById('live').textContent.includes('أُوقف العمل') && document.getElementById('doing').hidden").await;
        assert_eq!(std::fs::read_dir(folder.join("projects")).unwrap().count(), 0);
    });
}

#[test]
fn the_example_is_opened_and_projects_are_renamed_copied_and_removed_by_keyboard() {
    run_start(async |page, _, folder| {
        page.js("document.getElementById('example').focus()").await;
        page.press(&Key::Enter.to_string()).await;
        page.review().await;
        page.client.back().await.unwrap();
        page.until("document.querySelectorAll('.project').length === 1").await;
        let button =
            |at: usize| format!("document.querySelectorAll('.project:first-child .do button')[{at}]");
        page.js(&format!("{}.focus()", button(1))).await;
        // Until nobody shows it any more it stays as it is.
        for _ in 0..100 {
            page.press(&Key::Enter.to_string()).await;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            if page.js("return document.querySelectorAll('.project').length").await == json!(2) {
                break;
            }
        }
        page.until("document.querySelectorAll('.project').length === 2").await;
        shots(&page, "two").await;
        page.js(&format!("{}.focus()", button(0))).await;
        page.press(&Key::Enter.to_string()).await;
        page.until("document.activeElement.matches('dialog input')").await;
        page.axe("renaming").await;
        page.press(&format!("Renamed{}", Key::Enter)).await;
        page.until(
            "[...document.querySelectorAll('.project .open')].some((o) => o.textContent === 'Renamed')",
        )
        .await;
        page.js("[...document.querySelectorAll('.project')].find((p) => p.textContent.includes('Renamed')).querySelectorAll('.do button')[2].focus()").await;
        page.press(&Key::Enter.to_string()).await;
        page.until("document.querySelector('dialog')").await;
        page.axe("removing").await;
        page.shot("start-removing").await;
        page.js("document.querySelector('dialog form').requestSubmit()").await;
        page.until("document.querySelectorAll('.project').length === 1").await;
        page.until("document.getElementById('live').textContent.includes('bin')").await;
        assert!(folder.join("data/Trash/files/Renamed.muq").is_file());
    });
}

/// A memory with a `&` that is not escaped, a pair twice, a unit that is cut off, and two languages.
const BROKEN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4b"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="ar" datatype="plaintext"/><body>
<tu><tuv xml:lang="ar"><seg>نعم & لا</seg></tuv><tuv xml:lang="en"><seg>Yes & no</seg></tuv></tu>
<tu><tuv xml:lang="ar"><seg>شكرا لكم</seg></tuv><tuv xml:lang="en"><seg>Thank you</seg></tuv></tu>
<tu><tuv xml:lang="ar"><seg>شكرا لكم</seg></tuv><tuv xml:lang="en"><seg>Thank you</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Merci</seg></tuv><tuv xml:lang="en"><seg>Thanks</seg></tuv></tu>
"#;

#[test]
fn a_broken_memory_is_dropped_mended_and_downloaded_in_both_languages() {
    run_start(async |page, _, _| {
        page.click("nav a[href='#memories']").await;
        page.until("!document.getElementById('view-memories').hidden").await;
        shots(&page, "memory-empty").await;
        page.drop_on("#memory-slot", &[("old.tmx", BROKEN.as_bytes())]).await;
        page.until("document.querySelectorAll('.kind').length > 2").await;
        // The texts around a finding are shown as they stand.
        page.js("for (const one of document.querySelectorAll('.kind')) one.open = true").await;
        assert_eq!(page.js("return [...document.querySelectorAll('.kind .starts[lang=ar]')].some((p) => p.textContent === 'شكرا لكم')").await, json!(true));
        shots(&page, "memory-found").await;
        page.click("#memory-found .buttons .main").await;
        page.until("document.querySelector('.result h3')?.textContent === 'old.mended.tmx'").await;
        shots(&page, "memory-mended").await;
        page.click(".result button").await;
        page.until("seen.saved?.includes('نعم &amp; لا') && seen.saved.includes('</tmx>')").await;
        page.arabic().await;
        shots(&page, "memory-mended-ar").await;
        // One pair of languages, in Arabic.
        page.js("const pairs = document.getElementById('memory-pair'); pairs.value = 'fr → en'; pairs.nextSibling; pairs.closest('.buttons').querySelector('button').click()").await;
        page.until("document.querySelector('.result h3')?.textContent === 'old.pair.tmx'").await;
        page.click(".result button").await;
        page.until("seen.saved?.includes('Merci') && !seen.saved.includes('شكرا')").await;
        // Mended, and the second of the same pair left out.
        page.js("[...document.querySelectorAll('#memory-found > .buttons button')][1].click()").await;
        page.until("document.querySelector('.result h3')?.textContent === 'old.clean.tmx'").await;
        page.click(".result button").await;
        page.until("seen.saved?.split('شكرا').length === 2 && seen.saved.includes('نعم &amp; لا')").await;
        // What is no memory is said in the language of the page.
        page.drop_on("#memory-slot", &[("page.tmx", b"<html></html>")]).await;
        page.until("document.querySelector('.kind')?.textContent.includes('ليس <tmx>')").await;
        page.click("#memory-found .buttons .main").await;
        page.until("document.getElementById('memory-trouble').textContent.includes('ليس هذا ملف TMX')").await;
    });
}

#[test]
fn two_folders_are_aligned_pair_by_pair_and_one_is_opened() {
    run_start(async |page, _, folder| {
        let put = |name: &str, content: &str| {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        };
        for (name, content) in [
            ("a/1.ar.txt", &*text("ar.txt")),
            ("a/b/2.ar.txt", "نعم. شكرا لكم جميعا."),
            ("a/3.ar.txt", " "),
            ("a/4.ar.txt", "وحيد"),
        ] {
            put(name, content);
        }
        for (name, content) in [
            ("e/1.en.txt", &*text("en.txt")),
            ("e/b/2.en.txt", "Yes. Thank you all. The cafÃ© and the rÃ©sumÃ© are naÃ¯ve."),
            ("e/3.en.txt", "Some text."),
        ] {
            put(name, content);
        }
        page.click("nav a[href='#pairs']").await;
        page.until("!document.getElementById('view-pairs').hidden").await;
        shots(&page, "pairs-empty").await;
        page.choose("#folder-source", &folder.join("a")).await;
        page.choose("#folder-target", &folder.join("e")).await;
        page.until("document.getElementById('pairs-count')?.textContent.startsWith('3 ')").await;
        assert_eq!(
            page.js("return document.getElementById('pairs-found').textContent.includes('4.ar.txt')").await,
            json!(true)
        );
        shots(&page, "pairs-found").await;
        page.js("document.getElementById('pairs-name').value = 'نشرات'").await;
        page.click("#pairs-go").await;
        page.until("document.querySelectorAll('#pairs-rows tbody tr').length === 3 && document.getElementById('pairs-doing').hidden").await;
        assert_eq!(
            page.js("return document.querySelectorAll('#pairs-rows tbody tr.bad').length").await,
            json!(1),
            "one bad pair stops nothing"
        );
        let warned = "return document.querySelector('#pairs-rows tbody .note[lang=en]')?.textContent";
        assert!(
            page.js(warned).await.as_str().is_some_and(|said| said.contains("2.en.txt")),
            "what reading warns of is shown"
        );
        shots(&page, "pairs-done").await;
        page.arabic().await;
        shots(&page, "pairs-done-ar").await;
        assert!(folder.join("projects/نشرات/1.muq").is_file());
        page.js("[...document.querySelectorAll('#pairs-rows .open')].find((open) => open.textContent === '1').click()").await;
        page.review().await;
        // Back again, what was done is still there.
        page.client.back().await.unwrap();
        page.until("document.querySelectorAll('#pairs-rows tbody tr').length === 3 && !document.getElementById('view-pairs').hidden").await;
        page.click("nav a[href='#begin']").await;
        page.until(
            "[...document.querySelectorAll('.project .open')].some((open) => open.textContent === 'نشرات/1')",
        )
        .await;
    });
}
