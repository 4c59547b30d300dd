//! What is read of Markdown and of pages where markup and text stand in each other.

use muqabala::read::ReadOptions;

use crate::support::documents::read_back::{shown, shown_with, told, whole};

fn markdown(text: &str) -> String {
    shown_with("a.md", text.into(), &ReadOptions::default())
}

#[test]
fn comments_and_tags_of_several_lines_are_no_text_of_markdown() {
    let text = "<!-- License\nAll rights reserved. -->\n# Title\n\n<p align=\"center\">\n<img src=\"x\"\n alt=\"y > z\"\n width=\"3\">\n</p>\n\n\
        <?php\necho 'a > b';\n?>\n\n<![CDATA[\nx > y\n]]>\n\n- item <!-- one\n  two --> goes on\n- <!-- three\n  four -->\n  five\n\n\
        > <!-- six\n> seven -->\n> eight\n\n<div>\n<!-- nine\n\nten *eleven* -->twelve\n</div>\n\n<div class=\"x\"\n\nid=\"y\"> thirteen\n";
    insta::assert_snapshot!(markdown(text), @r"
    h1|Title
    item|item  goes on
    item|five
    p|eight
    p|twelve
    p|thirteen
    ");
}

#[test]
fn html_inside_markdown_is_read_as_html_is() {
    let text = "<h2 align=\"center\">Head &amp; more</h2>\n\n<table>\n<tr><td>a  b\nc</td><td>\n\nd **e**\n\n</td></tr></table>\n\n\
        <details>\n<summary>Summary</summary>\n\nInside *it*.\n\n</details>\n\n- <div>in an item</div>\n\n<p>a < b and c > d</p>\n\nLast <kbd>key</kbd> line.\n";
    insta::assert_snapshot!(markdown(text), @r"
    h2|Head & more
    cell|a b c
    p|d e
    p|Summary
    p|Inside it.
    item|in an item
    p|a < b and c > d
    p|Last key line.
    ");
}

#[test]
fn hidden_html_hides_the_markdown_in_it() {
    let text = "<div style=\"display:none\">\n\nHidden **para**.\n\n- hidden item\n\n</div>\n\nShown, <span hidden>not</span>this.\n\n\
        <p hidden>\nno\n\nShown too.\n\n- item <b hidden>open\n\nAfter the list.\n\n<script>\n\nvar x;\n\n</script>\n";
    assert_eq!(markdown(text), "p|Shown, this.\np|Shown too.\nitem|item\np|After the list.");
    assert_eq!(told("a.md", text.into(), &ReadOptions::default()), "a.md: left out 4 hidden texts (no hint)");
}

#[test]
fn buttons_that_are_heads_and_open_dialogs_are_read() {
    let page = "<!doctype html><html><body><h3><button>Question?</button></h3><div hidden='until-found'>Answer.</div>\
        <button class='accordion-button'>More</button><p>Text <button>Send</button></p><h4><button hidden>no</button></h4>\
        <dialog open><p>Open.</p></dialog><dialog><p>no</p></dialog></body></html>";
    assert_eq!(shown_with("x", page.into(), &whole()), "h3|Question?\np|Answer.\np|More\np|Text\np|Open.");
    assert_eq!(shown(page.into()), "h3|Question?\np|Answer.\np|More\np|Text\np|Open.");
}
