//! What is read of office documents where text stands in text, is hidden, or is made by the program.

use muqabala::read::ReadOptions;

use crate::support::documents::books::xlsx_with;
use crate::support::documents::office::{docx_of, docx_with, odt_of, odt_with};
use crate::support::documents::read_back::{shown, shown_with, tagged, told};

#[test]
fn odt_goes_on_after_a_shape_in_a_paragraph() {
    let body = r#"<text:p><draw:custom-shape text:anchor-type="char"><text:p>Shape, one.</text:p><text:p>Shape, two.</text:p><draw:enhanced-geometry/></draw:custom-shape>After the shape, <draw:line><text:p/></draw:line>after <text:span>a <draw:rect><text:p>Deep <draw:ellipse><text:p>deeper</text:p></draw:ellipse>down</text:p></draw:rect>line</text:span>.</text:p>
        <text:list><text:list-item><text:p>Item <draw:connector><text:p>arrow</text:p></draw:connector>goes on</text:p><text:p>still item</text:p></text:list-item></text:list>
        <text:p>Table <draw:frame><draw:text-box><text:list><text:list-item><text:p>boxed item</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>boxed <draw:circle><text:p>in a cell</text:p></draw:circle>cell</text:p></table:table-cell></table:table-row></table:table><text:p>boxed last</text:p></draw:text-box></draw:frame>around</text:p>
        <text:p>Note<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>The note <draw:polygon><text:p>in its shape</text:p></draw:polygon>goes on.</text:p><text:p>Its second.</text:p></text:note-body></text:note> done.</text:p><text:p>Last.</text:p>"#;
    insta::assert_snapshot!(shown(odt_of(body)), @r"
    p|After the shape, after a line.
    p|Shape, one.
    p|Shape, two.
    p|Deep down
    p|deeper
    item|Item goes on
    p|arrow
    item|still item
    p|Table around
    item|boxed item
    cell|boxed cell
    p|in a cell
    p|boxed last
    p|Note done.
    p|Last.
    note|The note goes on.
    note|in its shape
    note|Its second.
    ");
    assert_eq!(told("a.odt", odt_of(body), &ReadOptions::default()), "");
    let tags = "<text:p>a <text:span>b<draw:rect><text:p><text:span>c</text:span></text:p></draw:rect>d</text:span> e</text:p>";
    assert_eq!(shown_with("x", odt_of(tags), &tagged()), "p|a <1>bd</1> e\np|<1>c</1>");
}

#[test]
fn odt_leaves_out_what_its_styles_fields_and_sections_hide() {
    let styles = r#"<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:styles><style:style style:name="tw4winMark" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="Mark" style:family="text" style:parent-style-name="tw4winMark"/><style:style style:name="Shown" style:family="text"><style:text-properties text:display="true"/></style:style><style:style style:name="Unseen" style:family="paragraph"><style:text-properties text:display="none"/></style:style><style:style style:name="My title" style:family="paragraph" style:parent-style-name="Title"/></office:styles></office:document-styles>"#;
    let body = r#"<text:p text:style-name="My title">Head</text:p><text:p><text:span text:style-name="Mark">{0&gt;</text:span>Seen, <text:span text:style-name="T9">not <text:line-break/>se<text:s/>en </text:span>seen<text:span text:style-name="T9"><text:note><text:note-body><text:p>hidden note</text:p></text:note-body></text:note></text:span>.</text:p>
        <text:p text:style-name="Unseen">No. <text:span text:style-name="Shown">Yes.</text:span></text:p>
        <text:p>Not<text:hidden-paragraph text:is-hidden="true"/> at all</text:p><text:p>But<text:hidden-paragraph text:is-hidden="false"/> this</text:p>
        <text:p>And <text:hidden-text text:is-hidden="false">that</text:hidden-text><text:hidden-text text:is-hidden="true">no</text:hidden-text></text:p>
        <text:section text:display="condition" text:is-hidden="true"><text:p>no</text:p></text:section>"#;
    let file = odt_with(body, &[("styles.xml", styles)]);
    insta::assert_snapshot!(shown(file.clone()), @r"
    h1|Head
    p|Seen, seen.
    p|Yes.
    p|But this
    p|And that
    ");
    insta::assert_snapshot!(told("a.odt", file, &ReadOptions::default()), @"a.odt: left out 7 hidden texts (no hint)");
}

#[test]
fn slides_of_opendocument_are_read_without_their_numbers() {
    let oasis = "urn:oasis:names:tc:opendocument:xmlns";
    let slides = format!(
        r#"<?xml version="1.0"?><office:document xmlns:office="{oasis}:office:1.0" xmlns:text="{oasis}:text:1.0" xmlns:draw="{oasis}:drawing:1.0" xmlns:presentation="{oasis}:presentation:1.0"><office:body><office:presentation><draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Slide <text:page-number>1</text:page-number></text:p></draw:text-box></draw:frame><presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>Note</text:p></draw:text-box></draw:frame><draw:custom-shape><text:p><text:span><text:page-number>&lt;number&gt;</text:page-number></text:span></text:p></draw:custom-shape><draw:frame presentation:class="footer"><draw:text-box><text:p>foot</text:p></draw:text-box></draw:frame></presentation:notes></draw:page></office:presentation></office:body></office:document>"#
    );
    assert_eq!(shown(slides.into_bytes()), "p|Slide\np|Note");
    assert_eq!(shown(odt_of("<text:p>Page <text:page-number>3</text:page-number></text:p>")), "p|Page 3");
}

fn docx_run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn field(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

#[test]
fn docx_breaks_of_all_kinds_part_words() {
    let body = r#"<w:p><w:r><w:t>One.</w:t></w:r><w:r><w:br w:type="page"/></w:r><w:r><w:t>Two.</w:t><w:br w:type="column"/><w:t>Three.</w:t><w:br w:clear="all"/><w:t>Four.</w:t><w:cr/><w:t>Five.</w:t></w:r></w:p><w:p><w:r><w:br w:type="page"/><w:t>Six.</w:t></w:r></w:p>"#;
    insta::assert_snapshot!(shown(docx_of(body, &[])), @r"
    p|One.\nTwo.\nThree.\nFour.\nFive.
    p|Six.
    ");
}

#[test]
fn docx_instructions_of_fields_are_no_text_however_deep() {
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    let says = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let inner = [&*begin, &says(" MERGEFIELD Total "), &separate, &docx_run("«Total»"), &end].concat();
    let condition = [
        &*begin,
        &says(" IF "),
        &inner,
        &says(" &gt; 1000 "),
        &docx_run("A large order."),
        "<w:r><w:br/><w:tab/><w:footnoteReference w:id=\"1\"/></w:r>",
        &docx_run("A small order."),
        &separate,
        &docx_run("A small order."),
        &end,
    ]
    .concat();
    let contents = [&*begin, &says(" TOC "), &separate, &docx_run("One")].concat();
    let body = format!(
        "<w:p>{}{condition}{}</w:p><w:p>{contents}</w:p><w:p>{}{end}</w:p><w:p>{}</w:p>",
        docx_run("Before: "),
        docx_run(" After."),
        docx_run("Two"),
        docx_run("Last"),
    );
    assert_eq!(shown(docx_of(&body, &[])), "p|Before: A small order. After.\np|One\np|Two\np|Last");
    // A field that never ends takes nothing with it.
    let damaged = format!("<w:p>{begin}{}</w:p><w:p>{}</w:p>", docx_run("One"), docx_run("Two"));
    assert_eq!(shown(docx_of(&damaged, &[])), "p|One\np|Two");
}

#[test]
fn docx_text_that_a_style_hides_is_left_out_and_counted() {
    let styled = |style: &str, more: &str, text: &str| {
        format!(
            r#"<w:r><w:rPr><w:rStyle w:val="{style}"/>{more}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#
        )
    };
    let unseen = r#"<w:pPr><w:pStyle w:val="unseen"/></w:pPr>"#;
    let body = [
        "<w:p>",
        &styled("tw4winMark", "", "{0&gt;"),
        &styled("mark", "", "Source&lt;}100{&gt;"),
        &docx_run("Target."),
        &styled("mark", "<w:vanish w:val=\"0\"/>", " Seen."),
        "</w:p><w:p>",
        unseen,
        &docx_run("Unseen."),
        "<w:r><w:rPr><w:vanish w:val=\"false\"/></w:rPr><w:t>But this.</w:t></w:r>",
        "</w:p>",
    ]
    .concat();
    assert_eq!(shown(docx_of(&body, &[])), "p|Target. Seen.\np|But this.");
    assert_eq!(
        told("a.docx", docx_of(&body, &[]), &ReadOptions::default()),
        "a.docx: left out 3 hidden texts (no hint)"
    );
}

#[test]
fn of_alternative_forms_the_first_that_is_understood_is_read() {
    let forms = |forms: &[(&str, &str)]| {
        let form = |(requires, text): &(&str, &str)| match *requires {
            "" => format!("<mc:Fallback>{}</mc:Fallback>", docx_run(text)),
            _ => format!(r#"<mc:Choice Requires="{requires}">{}</mc:Choice>"#, docx_run(text)),
        };
        let forms: String = forms.iter().map(form).collect();
        format!("<w:p>{}<mc:AlternateContent>{forms}</mc:AlternateContent></w:p>", docx_run("Text: "))
    };
    let read = |them: &[(&str, &str)]| shown(docx_of(&forms(them), &[]));
    assert_eq!(
        read(&[("w99", "future"), ("wps wp14", "known"), ("wpg", "more"), ("", "old")]),
        "p|Text: known"
    );
    assert_eq!(read(&[("w99", "future"), ("", "old")]), "p|Text: old");
    assert_eq!(read(&[("wps", "known"), ("w14", "too")]), "p|Text: known");
    let none = docx_of(&forms(&[("w99", "future")]), &[]);
    assert_eq!(told("a.docx", none, &ReadOptions::default()), "a.docx: left out 1 embedded object (no hint)");
}

#[test]
fn documents_inserted_into_a_docx_are_read_in_their_places() {
    let chunk = |file: &str| format!(r#"<w:altChunk r:id="r-{file}"/>"#);
    let page =
        "<html><head><meta charset='windows-1256'></head><body><p>صفحة واحدة</p><nav>all</nav></body></html>";
    let page = encoding_rs::WINDOWS_1256.encode(page).0.into_owned();
    let message = "MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Message =D9=86=D8=B5.</p>\r\n--b--\r\n";
    let deep = docx_of(&format!("<w:p>{}</w:p>", docx_run("Deep.")), &[]);
    let document = docx_with(
        &format!("<w:p>{}</w:p>{}", docx_run("Document."), chunk("deep.docx")),
        &[("word/deep.docx", &deep)],
    );
    let cut = &document[..document.len() / 2];
    let parts: [(&str, &[u8]); 6] = [
        ("word/page.html", &page),
        ("word/message.mht", message.as_bytes()),
        ("word/document.docx", &document),
        ("word/plain.txt", "Plain.\n".as_bytes()),
        ("word/rich.rtf", br"{\rtf1 Rich}"),
        ("word/cut.docx", cut),
    ];
    let chunks: String = parts.iter().map(|(name, _)| chunk(name.strip_prefix("word/").unwrap())).collect();
    let body = format!("<w:p>{}</w:p>{chunks}<w:p>{}</w:p>", docx_run("Before."), docx_run("After."));
    let file = docx_with(&body, &parts);
    insta::assert_snapshot!(shown(file.clone()), @r"
    p|Before.
    p|صفحة واحدة
    p|all
    p|Message نص.
    p|Document.
    p|Deep.
    p|Plain.
    p|After.
    ");
    insta::assert_snapshot!(told("a.docx", file, &ReadOptions::default()), @r"
    a.docx: left out 2 inserted documents (open the document in Word and save it: then what is inserted is text of it)
    an inserted document was left out: a.docx, word/cut.docx is damaged: its list of parts cannot be read (invalid Zip archive: Could not find EOCD); it may be cut off (open the document in Word and save it: then what is inserted is text of it)
    ");
}

#[test]
fn messages_are_read_without_their_heads_and_attachments() {
    let letter = "From: a@example.org\r\nTo: b@example.org\r\nSubject: =?utf-8?B?2LHYs9in2YTYqQ==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlain form\r\n--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Formatted <b>form</b></p>\r\n--a--\r\n--m\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=x.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--m--\r\n";
    assert_eq!(shown(letter.into()), "h1|رسالة\np|Formatted form");
    assert_eq!(
        told("a.eml", letter.into(), &ReadOptions::default()),
        "a.eml: left out 1 attachment (no hint)"
    );
    let plain = "From: a@example.org\nMessage-ID: <x@y>\nContent-Type: text/plain; charset=windows-1256\nContent-Transfer-Encoding: quoted-printable\n\n=C7=E1=E4=D5\n\nSecond.\n";
    assert_eq!(shown(plain.into()), "h0|النص\np|Second.");
}

#[test]
fn what_a_sheet_has_beside_its_cells_is_read_or_counted() {
    let rows = r#"<row><c t="inlineStr"><is><t>Line one_x000D_Line two_x000D_
Line three</t></is></c></row>"#;
    let drawing = r#"<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><xdr:twoCellAnchor><xdr:sp><xdr:txBody><a:p><a:r><a:t>مربع </a:t></a:r><a:r><a:t>نص</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor><xdr:twoCellAnchor><xdr:graphicFrame><a:graphic><a:graphicData><c:chart r:id="rId1" xmlns:r="x"/></a:graphicData></a:graphic></xdr:graphicFrame></xdr:twoCellAnchor></xdr:wsDr>"#;
    let comments = "<comments><commentList><comment ref='A1'><text><t>no</t></text></comment><comment ref='A2'/></commentList></comments>";
    let more = [("drawing", "drawings/drawing1.xml", drawing), ("comments", "comments1.xml", comments)];
    let file = xlsx_with("", rows, r#"<row><c t="inlineStr"><is><t>Second sheet</t></is></c></row>"#, &more);
    insta::assert_snapshot!(shown(file.clone()), @r"
    cell|Line one\nLine two\nLine three
    p|مربع نص
    cell|Second sheet
    ");
    assert_eq!(
        told("a.xlsx", file, &ReadOptions::default()),
        "a.xlsx: left out 2 comments, 1 chart (no hint)"
    );
}
