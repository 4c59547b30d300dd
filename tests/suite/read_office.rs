//! What is read of office documents where text stands in text, is hidden, or is made by the program.

use muqabala::read::ReadOptions;

use crate::support::documents::office::{odt_of, odt_with};
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
