//! What each reader keeps and leaves out, format by format.

use muqabala::read::{self, Code, Format, ReadOptions};

use crate::support::documents::books::{epub_of, pptx, xlsx};
use crate::support::documents::office::{diagram, docx_of, odt_of};
use crate::support::documents::read_back::{shown, shown_with, tagged, told, whole};

fn r(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

#[test]
fn docx_keeps_headings_items_cells_and_notes() {
    let body = [
        r#"<w:p><w:pPr><w:pStyle w:val="4"/></w:pPr><w:r><w:t>Based on a heading</w:t></w:r></w:p>"#.to_owned(),
        format!(r#"<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>{}</w:p>"#, r("Outline")),
        format!(r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>{}</w:p>"#, r("Item")),
        format!("<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p><w:p>{}</w:p></w:tc></w:tr></w:tbl>", r("A"), r("B"), r("C")),
        r#"<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> here</w:t></w:r><w:r><w:endnoteReference w:id="7"/></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p><w:p/>"#.to_owned(),
    ];
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let note = |name: &str, id: &str, text: &str| {
        format!(r#"<w:{name} w:id="{id}"><w:p><w:r><w:{name}Ref/></w:r>{}</w:p></w:{name}>"#, r(text))
    };
    let footnotes = format!(
        r#"<w:footnotes {w}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>{}{}</w:footnotes>"#,
        note("footnote", "1", "One"),
        note("footnote", "2", "Two")
    );
    let endnotes = format!("<w:endnotes {w}>{}</w:endnotes>", note("endnote", "7", "End"));
    let parts = [("word/footnotes.xml", &*footnotes), ("word/endnotes.xml", &*endnotes)];
    insta::assert_snapshot!(shown(docx_of(&body.concat(), &parts)), @r"
    h2|Based on a heading
    h3|Outline
    item|Item
    cell|A
    cell|B
    cell|C
    p|See  here
    note|Two
    note|One
    note|End
    ");
}

#[test]
fn docx_leaves_out_what_was_deleted_moved_or_hidden() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:ins><w:r><w:t>added</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve"> 7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Joined </w:t></w:r></w:p><w:p><w:r><w:t>paragraphs</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Around </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>it</w:t></w:r></w:p>"#;
    insta::assert_snapshot!(shown(docx_of(body, &[])), @r"
    p|We added 7
    p|Joined paragraphs
    p|Around it
    p|box
    ");
}

#[test]
fn docx_keeps_every_character_and_joins_runs() {
    let body = "<w:p><w:r><w:t>يومي \u{200f}</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 22</w:t></w:r><w:r><w:t xml:space=\"preserve\"> و</w:t></w:r><w:r><w:t>23</w:t></w:r><w:r><w:noBreakHyphen/><w:t>x</w:t><w:tab/><w:t>&amp;&#x20AC;</w:t><w:br/><w:t>y</w:t><w:softHyphen/><w:t>z</w:t><w:sym w:font=\"Wingdings\" w:char=\"F0E0\"/><w:sym w:font=\"x\" w:char=\"2192\"/></w:r></w:p>";
    insta::assert_snapshot!(shown(docx_of(body, &[])), @r"p|يومي \u{200f} 22 و23‑x\t&€\ny\u{ad}z→");
}

#[test]
fn inline_markup_becomes_placeholders_where_asked_for() {
    let body = r#"<w:p><w:r><w:t xml:space="preserve">a </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>c</w:t></w:r><w:hyperlink><w:r><w:t>d</w:t></w:r></w:hyperlink><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>e</w:t></w:r></w:p>"#;
    assert_eq!(shown_with("x", docx_of(body, &[]), &tagged()), "p|a <1>bc</1><2>d</2>e");
    let html = "<p>a <b>b <i>c</i></b><img src=x> d<br>e</p><p><a href=y>f</a></p>";
    assert_eq!(shown_with("x", html.into(), &tagged()), "p|a <1>b <2>c</2></1><3/> d\\ne\np|<1>f</1>");
    let odt = "<text:p>a <text:span>b</text:span><text:a>c</text:a></text:p>";
    assert_eq!(shown_with("x", odt_of(odt), &tagged()), "p|a <1>b</1><2>c</2>");
    let markdown = "# T\n\na **b** [c](https://d.e) ![f](g)\n";
    assert_eq!(shown_with("x", markdown.into(), &tagged()), "h1|T\np|a <1>b</1> <2>c</2> <3/>");
}

#[test]
fn odt_keeps_the_structure_and_leaves_out_changes_and_comments() {
    let body = r#"<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>
        <text:h text:outline-level="3">Head</text:h>
        <text:p>a   b<text:s text:c="2"/>c<text:tab/>d<text:line-break/>e<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>The note</text:p></text:note-body></text:note> f<office:annotation><dc:creator>X</dc:creator><text:p>comment</text:p></office:annotation></text:p>
        <text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item></text:list></text:list-item></text:list>
        <table:table><table:table-row><table:table-cell><text:p>A1</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>B1</text:p></table:table-cell></table:table-row></table:table>
        <text:section text:display="none"><text:p>hidden</text:p></text:section>
        <text:p>with <draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>box</text:p><text:p/>"#;
    insta::assert_snapshot!(shown(odt_of(body)), @r"
    h3|Head
    p|a b  c\td\ne f
    item|one
    item|two
    cell|A1
    cell|B1
    p|with box
    p|boxed
    note|The note
    ");
}

#[test]
fn epub_pages_come_in_the_order_of_reading() {
    let page = |body: &str| {
        format!(
            r#"<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>"#
        )
    };
    let first = page(
        r##"<h1>One</h1><p>a&nbsp;b &mdash; c<a epub:type="noteref" href="#n">1</a>.</p><aside epub:type="footnote" id="n"><p>A note</p></aside><a id="anchor"/><p>After</p>"##,
    );
    let second =
        page("<ul><li>x</li><li><p>y</p></li></ul><table><tr><td>t</td></tr></table><p>unclosed <br> tag");
    let book = epub_of(&[("z.xhtml", &first), ("a b.xhtml", &second)]);
    insta::assert_snapshot!(shown(book), @r"
    h1|One
    p|a\u{a0}b — c.
    note|A note
    p|After
    item|x
    item|y
    cell|t
    p|unclosed\ntag
    ");
}

#[test]
fn pptx_slides_come_in_order_with_their_notes() {
    let shape = |kind: &str, paragraphs: &str| {
        format!(
            r"<p:sp><p:nvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:txBody>{paragraphs}</p:txBody></p:sp>"
        )
    };
    let p = |text: &str| format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>");
    let first = [
        shape(
            r#"type="ctrTitle""#,
            "<a:p><a:r><a:rPr/><a:t>الحوار </a:t></a:r><a:r><a:t>2024</a:t></a:r></a:p>",
        ),
        shape(
            r#"idx="1""#,
            r#"<a:p><a:pPr><a:buChar char="x"/></a:pPr><a:r><a:t>point</a:t></a:r><a:br/><a:r><a:t>more</a:t></a:r></a:p>"#,
        ),
        shape(r#"type="sldNum""#, r#"<a:p><a:fld type="slidenum"><a:t>1</a:t></a:fld></a:p>"#),
        format!(
            "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody>{}</a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>",
            p("cell")
        ),
    ];
    let notes = [shape(r#"type="sldImg""#, &p("no")), shape(r#"type="body""#, &p("A note"))];
    insta::assert_snapshot!(shown(pptx(&first.concat(), &shape(r#"type="title""#, &p("Second")), &notes.concat())), @r"
    h1|الحوار 2024
    item|point\nmore
    cell|cell
    p|A note
    h1|Second
    ");
}

#[test]
fn xlsx_gives_the_text_of_cells_sheet_by_sheet() {
    let strings = "<si><t>shared</t></si><si><r><t xml:space=\"preserve\">rich </t></r><r><t>نص</t></r><rPh><t>x</t></rPh></si>";
    let first = r#"<row><c t="s"><v>1</v></c><c><v>45495</v></c><c t="inlineStr"><is><t>inline_x000D_</t></is></c></row><row><c t="str"><f>A1&amp;"x"</f><v>result</v></c><c t="b"><v>1</v></c></row>"#;
    insta::assert_snapshot!(shown(xlsx(strings, first, r#"<row><c t="s"><v>0</v></c></row>"#)), @r"
    cell|rich نص
    cell|inline
    cell|result
    cell|shared
    ");
}

#[test]
fn markdown_is_read_without_its_marks() {
    let text = "---\ntitle: x\n---\n# Title *here*\n\nText with `code`,\na [link](https://a.b) and **bold**[^1].\n\n- one\n- two\n  - three\n\n1. first\n\n> quoted\n\n| A | B |\n|---|---|\n| c | d |\n\n```\ncode\n  lines\n```\n\n[^1]: The note.\n\nLast<br>line &amp; <b>more</b> \\*.\n\n<div>raw <script>var x;</script>html</div>\n";
    insta::assert_snapshot!(shown(text.into()), @r"
    h1|x
    h1|Title here
    p|Text with code, a link and bold.
    item|one
    item|two
    item|three
    item|first
    p|quoted
    cell|A
    cell|B
    cell|c
    cell|d
    p|code\n  lines
    p|Last\nline & more *.
    p|raw html
    note|The note.
    ");
}

#[test]
fn html_is_read_as_a_browser_shows_it() {
    let page = "<!doctype html><html><head><title>no</title><style>p{}</style></head><body>
        <h1> A  title </h1><p>One &amp; <b>two</b>\n three<br>four&nbsp;!</p><div>loose<p>inner</p>tail</div>
        <script>no()</script><noscript>no</noscript><p hidden>no</p><p style='DISPLAY : none'>no</p>
        <ul><li>item<li><p>another</p></ul><dl><dt>term<dd>meaning</dl>
        <table><tr><th>H<td>D</table><pre>  kept\n   so</pre><ruby>漢<rp>(</rp><rt>kan</rt></ruby>
        <p>par<br><br>ts<sup class=reference>[1]</sup><textarea>no</textarea></p><div role=doc-footnote>note</div></body></html>";
    insta::assert_snapshot!(shown_with("x", page.into(), &whole()), @r"
    h1|A title
    p|One & two three\nfour\u{a0}!
    p|loose
    p|inner
    p|tail
    item|item
    item|another
    item|term
    item|meaning
    cell|H
    cell|D
    p|kept\n   so
    p|漢
    p|par
    p|ts
    note|note
    ");
}

#[test]
fn the_content_tells_the_format_whatever_the_name_says() {
    let body = r("x").replace('x', "text");
    let cases: Vec<(&str, Vec<u8>, Format)> = vec![
        ("a.txt", docx_of(&format!("<w:p>{body}</w:p>"), &[]), Format::Docx),
        ("a.docx", odt_of("<text:p>x</text:p>"), Format::Odt),
        ("a.zip", epub_of(&[("p", "<html><body><p>x</p></body></html>")]), Format::Epub),
        ("a.md", xlsx("<si><t>x</t></si>", r#"<row><c t="s"><v>0</v></c></row>"#, ""), Format::Xlsx),
        ("a.pdf", b"\xef\xbb\xbf \n<!DOCTYPE HTML><p>x".to_vec(), Format::Html),
        (
            "a.txt",
            b"<?xml version='1.0'?><!-- c --><html xmlns='x'><body>x</body></html>".to_vec(),
            Format::Html,
        ),
        ("a.txt", b"# Title\n\nSome **bold** text.\n".to_vec(), Format::Markdown),
        ("a.docx", b"Plain text, a # sign and 2 * 3 * 4.\n".to_vec(), Format::Text),
        ("a.md", b"Just words.\n".to_vec(), Format::Markdown),
        (
            "a",
            "\u{feff}<html><body>\u{645}".encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Format::Html,
        ),
    ];
    for (name, bytes, format) in cases {
        let found = read::readers::detect(name, &bytes).unwrap();
        assert_eq!(found, format, "{name}");
    }
}

#[test]
fn pages_in_old_encodings_are_decoded_as_they_say() {
    let page = "<html><head><meta charset='windows-1256'></head><body><p>قرر الجانبان</p></body></html>";
    let bytes = encoding_rs::WINDOWS_1256.encode(page).0.into_owned();
    assert_eq!(shown(bytes), "p|قرر الجانبان");
}

#[test]
fn diagrams_stand_where_they_are_shown() {
    let shape =
        |text: &str| format!("<p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>");
    let frame = r#"<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rId9" r:lo="rId10"/></a:graphicData></a:graphic></p:graphicFrame>"#;
    let first = [shape("before"), frame.to_owned(), shape("after")].concat();
    insta::assert_snapshot!(shown(pptx(&first, &shape("second"), "")), @r"
    p|before
    p|First step
    p|Second step
    p|after
    p|second
    ");
    let drawing = r#"<w:p><w:r><w:t xml:space="preserve">around </w:t></w:r><w:r><w:drawing><dgm:relIds r:dm="r-diagram"/></w:drawing></w:r><w:r><w:t>it</w:t></w:r></w:p><w:p><w:r><w:t>after</w:t></w:r></w:p>"#;
    let data = diagram(&["خطوة أولى", "خطوة ثانية"]);
    insta::assert_snapshot!(shown(docx_of(drawing, &[("word/diagrams/data1.xml", &data)])), @r"
    p|around it
    p|خطوة أولى
    p|خطوة ثانية
    p|after
    ");
    insta::assert_snapshot!(told("a.docx", docx_of(drawing, &[]), &ReadOptions::default()), @"a.docx: left out 1 diagram (the file is not whole: open it in its program, and save it again)");
}

#[test]
fn a_wrong_string_index_loses_its_cell_alone() {
    let rows = r#"<row><c t="s"><v>0</v></c><c t="s"><v>7</v></c></row><row><c t="s"><v>x</v></c></row>"#;
    let file = xlsx("<si><t>shared</t></si>", rows, "");
    assert_eq!(shown(file.clone()), "cell|shared");
    insta::assert_snapshot!(told("a.xlsx", file, &ReadOptions::default()), @"a.xlsx: left out 2 cells whose text is not in the file (the file is not whole: open it in its program, and save it again)");
}

#[test]
fn what_is_left_out_is_told_with_how_much() {
    let body = r#"<w:p><w:r><w:t>Text</w:t></w:r><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:del><w:r><w:delText>too</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:commentReference w:id="0"/></w:r><w:r><w:drawing><c:chart r:id="rId5"/></w:drawing></w:r></w:p>"#;
    insta::assert_snapshot!(told("a.docx", docx_of(body, &[]), &ReadOptions::default()), @"a.docx: left out 2 tracked deletions, 1 hidden text, 1 comment, 1 formula, 1 chart (tracked changes are read as accepted)");
    let odt = r"<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes><text:p>a<office:annotation><text:p>no</text:p></office:annotation></text:p>";
    assert_eq!(shown(odt_of(odt)), "p|a");
    insta::assert_snapshot!(told("a.odt", odt_of(odt), &ReadOptions::default()), @"a.odt: left out 1 tracked deletion, 1 comment (tracked changes are read as accepted)");
    assert_eq!(told("a.odt", odt_of("<text:p>a</text:p>"), &ReadOptions::default()), "");
}

#[test]
fn code_is_left_out_where_asked_for() {
    let mut options = ReadOptions::default();
    options.code = Code::LeftOut;
    let markdown =
        "# T\n\nBefore `code` it.\n\n```rust\nfn f() {}\n```\n\n- item\n\n      indented\n\nAfter.\n";
    assert_eq!(shown_with("a.md", markdown.into(), &options), "h1|T\np|Before code it.\nitem|item\np|After.");
    insta::assert_snapshot!(told("a.md", markdown.into(), &options), @"a.md: left out 2 blocks of code (no hint)");
    let html = "<p>Before</p><pre>fn f() {}</pre><p>After <code>it</code></p>";
    assert_eq!(shown_with("a.html", html.into(), &options), "p|Before\np|After it");
    insta::assert_snapshot!(told("a.html", html.into(), &options), @"a.html: left out 1 block of code (no hint)");
    assert!(shown_with("a.html", html.into(), &ReadOptions::default()).contains("fn f"));
}

#[test]
fn front_matter_gives_its_title_and_description() {
    let yaml =
        "---\ntitle: \"The statement\"\ndate: 2024-07-22\ndescription: What was agreed\n---\n\nText.\n";
    assert_eq!(
        shown_with("a.md", yaml.into(), &ReadOptions::default()),
        "h1|The statement\np|What was agreed\np|Text."
    );
    let toml = "+++\ntitle = 'البيان'\n+++\n\nText.\n";
    assert_eq!(shown_with("a.md", toml.into(), &ReadOptions::default()), "h1|البيان\np|Text.");
}
