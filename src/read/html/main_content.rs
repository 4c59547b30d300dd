//! Which elements of a page belong to its main content.
//!
//! In: a page. Out: for each element whether it is left out. Guarantee: what Readability takes for the content is
//! kept; of the rest of the text among it and in neighbours that are built alike, what is no navigation is kept
//! too. Readability by itself throws away the boxes, lists and sections of manuals, and an aligner loses less by a
//! sentence too many than by one too few. Time O(elements · depth).

use dom_query::{Document as Dom, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::read::markup;

/// Elements of a page of which the main content is looked for; a larger one is read whole.
const MOST_ELEMENTS: usize = 200_000;

/// The attribute that numbers elements on their way through Readability.
const NUMBER: &str = "data-muqabala-number";

/// Letters and digits of prose that make an element part of the content, and no list of links.
const PROSE: usize = 200;

/// Elements that hold no content, wherever they stand.
const APART: [&str; 12] = [
    "nav", "aside", "footer", "form", "button", "select", "textarea", "dialog", "template", "script",
    "style", "iframe",
];

/// Roles of elements that hold no content.
const APART_ROLES: [&str; 8] =
    ["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu", "toolbar"];

/// Words in an element's class or id that say that it holds no content.
const APART_NAMES: [&str; 33] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "login",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "pager",
    "pagination",
    "popup",
    "promo",
    "promoted",
    "recommended",
    "related",
    "share",
    "sharing",
    "social",
    "sponsored",
    "subscribe",
];

/// An element, by what it holds.
struct Element<'d> {
    node: NodeRef<'d>,
    /// The element that it stands in; its own number for the outermost.
    parent: usize,
    /// Letters and digits that stand in it and in no element inside it.
    own: usize,
    /// Letters and digits of all its text.
    text: usize,
    /// Those of them inside links.
    linked: usize,
    /// Those outside of links and of elements that hold no content.
    prose: usize,
    /// Whether it holds no content by its name, role or class.
    apart: bool,
    /// Whether Readability kept it.
    kept: bool,
    /// Elements in it, itself among them, that were kept and have text of their own.
    kept_within: usize,
}

impl Element<'_> {
    /// Whether most of its text is links.
    fn is_links(&self) -> bool {
        self.linked * 2 > self.text
    }
}

/// The elements of `dom` that do not belong to the main content; `None` where there is none to be told from the
/// rest.
pub(super) fn left_out(dom: &Dom) -> Option<FxHashSet<NodeId>> {
    let mut elements = measure(dom);
    if elements.len() > MOST_ELEMENTS || !mark_kept(dom, &mut elements) {
        return None;
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); elements.len()];
    for number in 1..elements.len() {
        children[elements[number].parent].push(number);
    }
    let content = widened(content(&elements, &children), &elements, &children);
    let mut left_out = FxHashSet::default();
    // Outside the content nothing is shown; on the way down to it, all beside that way.
    let mut below = content;
    while elements[below].parent != below {
        let above = elements[below].parent;
        left_out.extend(children[above].iter().filter(|&&c| c != below).map(|&c| elements[c].node.id));
        below = above;
    }
    let mut open = vec![content];
    while let Some(number) = open.pop() {
        for &child in &children[number] {
            let element = &elements[child];
            // A list of links. Not so a link inside a sentence, or a part of the text that has many.
            let links =
                element.is_links() && element.own == 0 && elements[number].own == 0 && element.prose < PROSE;
            if element.kept_within == 0 && (element.apart || links) {
                left_out.insert(element.node.id);
            } else {
                open.push(child);
            }
        }
    }
    Some(left_out)
}

/// The elements of a page, each before those inside it, with what text they hold.
fn measure(dom: &Dom) -> Vec<Element<'_>> {
    let mut elements: Vec<Element<'_>> = Vec::new();
    let mut numbers: FxHashMap<NodeId, usize> = FxHashMap::default();
    let mut own = Vec::new();
    for node in dom.root().descendants_it() {
        let parent = node.parent().and_then(|p| numbers.get(&p.id).copied());
        if node.is_element() {
            let number = elements.len();
            numbers.insert(node.id, number);
            let apart = is_apart(&node);
            let parent = parent.unwrap_or(0);
            elements.push(Element {
                node,
                parent,
                own: 0,
                text: 0,
                linked: 0,
                prose: 0,
                apart,
                kept: false,
                kept_within: 0,
            });
            own.push(0);
        } else if node.is_text()
            && let Some(parent) = parent
        {
            own[parent] += node.text().chars().filter(|c| c.is_alphanumeric()).count();
        }
    }
    for number in (0..elements.len()).rev() {
        let element = &mut elements[number];
        element.own = own[number];
        element.text += own[number];
        element.prose += own[number];
        if element.node.has_name("a") {
            element.linked = element.text;
        }
        if element.apart || element.is_links() {
            element.prose = 0;
        }
        let Element { parent, text, linked, prose, .. } = *element;
        if parent != number {
            elements[parent].text += text;
            elements[parent].linked += linked;
            elements[parent].prose += prose;
        }
    }
    elements
}

/// Has Readability look for the content, and marks what it keeps; false where it finds none.
fn mark_kept(dom: &Dom, elements: &mut [Element<'_>]) -> bool {
    let numbered = dom.clone();
    for (number, node) in numbered.root().descendants().iter().filter(|n| n.is_element()).enumerate() {
        node.set_attr(NUMBER, &number.to_string());
    }
    // Short statements are statements.
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, char_threshold: 200, ..Config::default() };
    let article =
        Readability::with_document(numbered, None, Some(config)).and_then(|mut found| found.parse());
    let Ok(article) = article else { return false };
    let article = Dom::from(article.content);
    let root = article.root();
    for node in root.descendants_it() {
        let number = node.attr(NUMBER).and_then(|number| number.parse::<usize>().ok());
        if let Some(element) = number.and_then(|number| elements.get_mut(number)) {
            element.kept = true;
        }
    }
    for number in (0..elements.len()).rev() {
        let element = &mut elements[number];
        element.kept_within += usize::from(element.kept && element.own > 0);
        let (parent, kept) = (element.parent, element.kept_within);
        if parent != number {
            elements[parent].kept_within += kept;
        }
    }
    elements.first().is_some_and(|page| page.kept_within > 0)
}

/// The smallest element that holds all that was kept.
fn content(elements: &[Element<'_>], children: &[Vec<usize>]) -> usize {
    let all = elements[0].kept_within;
    let mut content = 0;
    while let Some(&smaller) = children[content].iter().find(|&&c| elements[c].kept_within == all) {
        content = smaller;
    }
    content
}

/// The content, or an element around it whose other parts are built like it, such as the sections of a manual,
/// or hold more of the page's text than it does.
fn widened(content: usize, elements: &[Element<'_>], children: &[Vec<usize>]) -> usize {
    let build = |number: usize| {
        let node = elements[number].node;
        (node.node_name(), node.class())
    };
    let (mut widest, mut below) = (content, content);
    while elements[below].parent != below {
        let above = elements[below].parent;
        let alike = |&other: &usize| {
            let element = &elements[other];
            other != below && element.prose >= PROSE && build(other) == build(below)
        };
        let more = elements[above].prose > 2 * elements[widest].prose;
        if more || children[above].iter().any(alike) {
            widest = above;
        }
        below = above;
    }
    widest
}

fn is_apart(node: &NodeRef<'_>) -> bool {
    let named = |attribute: &str| {
        node.attr(attribute).is_some_and(|value| {
            value
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|word| APART_NAMES.contains(&word.to_ascii_lowercase().as_str()))
        })
    };
    node.node_name().is_some_and(|name| APART.contains(&&*name) && !is_content(node, &name))
        || node.attr("role").is_some_and(|role| APART_ROLES.contains(&role.to_ascii_lowercase().as_str()))
        || named("class")
        || named("id")
}

/// Words in the class of a box that say that it is a note in the text.
const NOTES: [&str; 12] = [
    "admonition",
    "alert",
    "attention",
    "callout",
    "caution",
    "danger",
    "hint",
    "important",
    "note",
    "notice",
    "tip",
    "warning",
];

/// Whether an element whose name is one of [`APART`] holds content all the same: a note in the text, a dialog that is
/// shown, a button that is the head of what it opens.
fn is_content(node: &NodeRef<'_>, name: &str) -> bool {
    let attribute = |name: &str| node.attr(name).map(|value| value.to_string());
    match name {
        "aside" => {
            attribute("role").is_some_and(|role| role.eq_ignore_ascii_case("note"))
                || attribute("class").is_some_and(|class| {
                    let mut words = class.split(|c: char| !c.is_ascii_alphanumeric());
                    words.any(|word| NOTES.contains(&word.to_ascii_lowercase().as_str()))
                })
        }
        "dialog" => attribute("open").is_some(),
        "button" => {
            let around = std::iter::successors(node.parent(), NodeRef::parent).take(4);
            markup::is_accordion(&attribute)
                || around.filter_map(|above| above.node_name()).any(|name| markup::is_head(&name))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::read::{ReadOptions, html};

    /// The blocks read of a page, a line each.
    fn read(body: &str) -> String {
        let page = format!(
            "<!DOCTYPE html><html lang=\"ar\"><head><title>x</title></head><body>{body}</body></html>"
        );
        let read = html::read("page.html", page.into_bytes(), &ReadOptions::default()).unwrap();
        assert!(read.warnings.is_empty(), "{:?}", read.warnings);
        let document = read.document;
        document.blocks().iter().map(|block| document.slice(block.span).to_owned() + "\n").collect()
    }

    const SENTENCE: &str = "يشرح هذا القسم كيف يضبط مدير النظام الشبكة، وكيف يتحقق من أن كل خدمة تعمل كما ينبغي لها أن تعمل، ثم يبين ما يجب فعله عند وقوع خطأ.";

    #[test]
    fn the_sections_boxes_and_lists_of_a_manual_are_all_kept() {
        let section = |number: usize, inside: &str| {
            format!(
                "<div class=\"section\"><div class=\"titlepage\"><h3>{number}. ضبط الشبكة</h3></div>\
                 <div class=\"para\">{SENTENCE} ({number})</div>{inside}</div>"
            )
        };
        let list = "<ul><li>auth: للتحقق من الهوية؛</li><li>cron: للمهام المجدولة؛</li></ul>";
        let boxed = format!(
            "<div class=\"sidebar\"><p class=\"title\">ملاحظة</p><div class=\"para\">انظر <a href=\"#s\">القسم الثالث</a> أولا.</div></div>\
             <div class=\"para\">{SENTENCE}</div>"
        );
        let body = format!(
            "<ul class=\"docnav\"><li><a href=\"1\">السابق</a></li><li><a href=\"2\">التالي</a></li></ul>\
             <div class=\"section\"><h2>9.5. أحداث النظام</h2>{}{}{}</div>",
            section(1, list),
            section(2, &boxed),
            section(3, &format!("<div class=\"para\">{SENTENCE}</div>").repeat(6)),
        );
        let read = read(&body);
        for kept in [
            "9.5. أحداث النظام",
            "1. ضبط الشبكة",
            "(1)",
            "auth: للتحقق",
            "cron:",
            "ملاحظة",
            "انظر القسم الثالث أولا.",
            "(2)",
            "(3)",
        ] {
            assert!(read.contains(kept), "{kept} is missing in\n{read}");
        }
        assert!(!read.contains("السابق"), "{read}");
    }

    #[test]
    fn notes_open_dialogs_and_buttons_that_are_heads_are_content() {
        let question = |number: usize| {
            format!(
                "<div class=\"item\"><h3><button class=\"btn\">سؤال {number}؟</button></h3>\
                 <div hidden=\"until-found\"><p>{SENTENCE}</p></div></div>"
            )
        };
        let body = format!(
            "<nav><a href=\"/\">الرئيسية</a></nav><main><h1>دليل</h1><p>{SENTENCE}</p>{}{}\
             <aside class=\"admonition note\"><p>ملاحظة مهمة.</p></aside><aside><p>إعلان.</p></aside>\
             <dialog open><p>نافذة مفتوحة.</p></dialog><dialog><p>نافذة مغلقة.</p></dialog>\
             <p>{SENTENCE}</p><button>إرسال</button></main>",
            question(1),
            question(2)
        );
        let read = read(&body);
        for kept in ["سؤال 1؟", "سؤال 2؟", "ملاحظة مهمة.", "نافذة مفتوحة."] {
            assert!(read.contains(kept), "{kept} is missing in\n{read}");
        }
        assert_eq!(read.matches(SENTENCE).count(), 4, "{read}");
        for around in ["الرئيسية", "إعلان", "مغلقة", "إرسال"] {
            assert!(!read.contains(around), "{around} was read in\n{read}");
        }
    }

    #[test]
    fn what_stands_around_an_article_is_left_out() {
        let article = format!("<p>{SENTENCE}</p>").repeat(5);
        let teaser = "<div class=\"card\"><a href=\"/n\"><h3>أسعار النفط ترتفع بعد قرار المنظمة</h3><p>ارتفعت أسعار النفط اليوم.</p></a></div>";
        let body = format!(
            "<div class=\"top\"><a href=\"/\">الرئيسية</a> <a href=\"/s\">سياسة</a></div>\
             <div class=\"page\"><div class=\"story\"><h1>بيان مشترك</h1>{article}</div>\
             <div class=\"cards\">{}</div></div>\
             <div class=\"user-comments\"><p>{SENTENCE} كلام فارغ.</p></div>\
             <div class=\"legal\">جميع الحقوق محفوظة</div>",
            teaser.repeat(8)
        );
        let read = read(&body);
        assert_eq!(read.matches(SENTENCE).count(), 5, "{read}");
        for around in ["الرئيسية", "النفط", "كلام فارغ", "الحقوق"] {
            assert!(!read.contains(around), "{around} was read in\n{read}");
        }
    }
}
