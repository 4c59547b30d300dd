//! How the page reads and looks, in a real browser: its words, numbers and pictures. See `browser.rs` for what it
//! needs.

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
            assert!(counts.as_str().unwrap().starts_with("حُسم ٠ من "), "{counts}");
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
