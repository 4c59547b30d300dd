"""The cases of scripts/linear: what is doubled, and the command that reads it.

A case is its smallest size, a function that gives the files of a size (name: text or bytes), and the arguments; one that
begins with `<` names the file of standard input. A fourth makes more of the files first, with the program, and is not
counted.
"""

import gzip
import io
import json
import os
import subprocess
import urllib.request
import zipfile

SYLLABLES = ["ba", "ke", "lo", "mi", "nu", "ra", "so", "te", "vi", "zu", "sha", "dor"]


def word(number):
    """A word of its own for each number."""
    out = ""
    while True:
        out += SYLLABLES[number % len(SYLLABLES)]
        number //= len(SYLLABLES)
        if not number:
            return out


def sentence(number, words=8):
    return " ".join(word((number * 31 + k * 17) % 5000) for k in range(words)).capitalize() + "."


def lines(count):
    return "".join(sentence(k) + "\n" for k in range(count))


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def relations(of):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inner = "".join(f'<Relationship Id="{i}" Type="{kind}/{k}" Target="{t}"/>' for i, k, t in of)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def content_types(part, kind):
    return ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="'
            f'{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>')


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body, **parts):
    return packed({
        "[Content_Types].xml": content_types("/word/document.xml", "wordprocessingml.document"),
        "_rels/.rels": relations([("r1", "officeDocument", "word/document.xml")]),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations([(f"r-{k}", k, f"{k}.xml") for k in parts]),
        **{f"word/{k}.xml": f'<w:{k} xmlns:w="{W}">{v}</w:{k}>' for k, v in parts.items()},
    })


def docx_run(text):
    return f'<w:r><w:t xml:space="preserve">{text} </w:t></w:r>'


def docx_paragraph(inner):
    return f"<w:p>{inner}</w:p>"


def docx_notes(count):
    body = "".join(docx_paragraph(docx_run(word(k)) + f'<w:r><w:footnoteReference w:id="{k}"/></w:r>') for k in range(count))
    return docx(body, footnotes="".join(f'<w:footnote w:id="{k}">{docx_paragraph(docx_run(word(k)))}</w:footnote>'
                                        for k in range(count)))


def docx_styles(count):
    style = '<w:style w:type="paragraph" w:styleId="s{}"><w:name w:val="s{}"/><w:basedOn w:val="s{}"/></w:style>'
    body = "".join(docx_paragraph(f'<w:pPr><w:pStyle w:val="s{k}"/></w:pPr>' + docx_run(word(k))) for k in range(count))
    return docx(body, styles="".join(style.format(k, k, k + 1) for k in range(count)))


def odt(body, kind="text"):
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "style", "text", "table"))
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mime, "content.xml": f"<office:document-content{names}><office:body><office:{kind}>{body}"
                   f"</office:{kind}></office:body></office:document-content>"})


def ods(count):
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"9\"/>"
    return odt('<table:table table:name="A">' + "".join(row.format(cell.format(sentence(k))) for k in range(count)) +
               "</table:table>", "spreadsheet")


def epub(count):
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{}</p></body></html>'
    items = "".join(f'<item id="p{k}" href="p{k}.xhtml" media-type="application/xhtml+xml"/>' for k in range(count))
    spine = "".join(f'<itemref idref="p{k}"/>' for k in range(count))
    return packed({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
                                  'full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "b.opf": f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest><spine>{spine}</spine></package>',
        **{f"p{k}.xhtml": page.format(sentence(k)) for k in range(count)},
    })


def pptx(count):
    names = ('xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
             'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
             'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"')
    shape = "<p:sp><p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
    slide = f"<p:sld {names}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>"
    listed = "".join(f'<p:sldId id="{k + 256}" r:id="r{k}"/>' for k in range(count))
    return packed({
        "[Content_Types].xml": content_types("/ppt/presentation.xml", "presentationml.presentation"),
        "_rels/.rels": relations([("r1", "officeDocument", "ppt/presentation.xml")]),
        "ppt/presentation.xml": f"<p:presentation {names}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations([(f"r{k}", "slide", f"slides/slide{k}.xml") for k in range(count)]),
        **{f"ppt/slides/slide{k}.xml": slide.format(sentence(k)) for k in range(count)},
    })


def xlsx(strings, rows, sheets=1):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return packed({
        "[Content_Types].xml": content_types("/xl/workbook.xml", "spreadsheetml.sheet"),
        "_rels/.rels": relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>' + "".join(
            f'<sheet name="A{k}" sheetId="{k + 1}" r:id="r{k}"/>' for k in range(sheets)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations([("s", "sharedStrings", "sharedStrings.xml")] + [
            (f"r{k}", "worksheet", f"worksheets/sheet{k}.xml") for k in range(sheets)]),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">' + "".join(f"<si><t>{s}</t></si>" for s in strings) + "</sst>",
        **dict.fromkeys((f"xl/worksheets/sheet{k}.xml" for k in range(sheets)),
                        f'<worksheet xmlns="{main}"><sheetData>' + "".join(
                            f'<row r="{r + 1}">{row}</row>' for r, row in enumerate(rows)) + "</sheetData></worksheet>"),
    })


def shared(column, row, number):
    return f'<c r="{column}{row + 1}" t="s"><v>{number}</v></c>'


def letters(number):
    out = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def xlsx_rows(count):
    return xlsx(map(sentence, range(count)), (shared("A", k, k) for k in range(count)))


def xlsx_pairs(count):
    strings = ["en", "de"] + [sentence(k) for k in range(2 * count)]
    return xlsx(strings, (shared("A", k, 2 * k) + shared("B", k, 2 * k + 1) for k in range(count + 1)))


def xlsx_sheets(count):
    return xlsx(["One."], [shared("A", 0, 0)], count)


def xlsx_columns(count):
    return xlsx(map(sentence, range(count)), ["".join(shared(letters(k), 0, k) for k in range(count))])


def pdf(pages, lines_of_a_page):
    """A PDF of text in one of the fonts that every reader has."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in range(pages):
        step = 700 / lines_of_a_page
        text = "".join(f"1 0 0 1 50 {750 - step * k:.3f} Tm ({sentence(page * 40 + k)}) Tj\n" for k in range(lines_of_a_page))
        stream = f"BT /F1 {min(10, step * 0.8):.3f} Tf\n{text}ET"
        kids.append(len(objects) + 1)
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects) + 2} 0 R "
                       "/Resources << /Font << /F1 3 0 R >> >> >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Count {pages} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>"
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects):
        places.append(len(out))
        out += f"{number + 1} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R "
            f">>\nstartxref\n{len(out)}\n%%EOF\n").encode()


def cues(count, vtt=False):
    mark = "." if vtt else ","
    at = "{:02}:{:02}:{:02}" + mark + "000"
    head = "WEBVTT\n\n" if vtt else ""
    return head + "".join(f"{k + 1}\n{at.format(k // 3600, k // 60 % 60, k % 60)} --> "
                          f"{at.format(k // 3600, k // 60 % 60, k % 60)[:-3]}900\n{sentence(k)}\n\n" for k in range(count))


def tmx(units):
    return ('<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" '
            f'adminlang="en" srclang="en" datatype="plaintext"/><body>{"".join(units)}</body></tmx>')


def tu(source, target, more=""):
    return (f'<tu>{more}<tuv xml:lang="en"><seg>{source}</seg></tuv><tuv xml:lang="de"><seg>{target}</seg></tuv></tu>\n')


def tmx_units(count, first=0):
    return tmx(tu(sentence(k), sentence(k + 7)) for k in range(first, first + count))


def code(number):
    return "x-" + word(number)


def tmx_languages(count):
    return tmx(["<tu>" + "".join(f'<tuv xml:lang="{code(k)}"><seg>{word(k)}</seg></tuv>' for k in range(count)) + "</tu>"])


def tmx_variants(count):
    """One unit with many variants of one language."""
    return tmx(["<tu>" + "".join(f'<tuv xml:lang="{"en" if k else "de"}"><seg>{word(k)}</seg></tuv>' for k in range(count)) +
                "</tu>"])


def tmx_elements(count):
    seg = "".join(f'<bpt i="{k}" x="{k}">b</bpt>{word(k)} <ept i="{k}">b</ept>' for k in range(count))
    return tmx([tu(seg, seg)])


def tmx_properties(count):
    return tmx([tu("One.", "Eins.", "".join(f'<note>{word(k)}</note><prop type="{word(k)}">{k}</prop>' for k in range(count)))])


def tmx_one_source(count):
    """Units of one source text with different translations."""
    return tmx(tu("The same.", sentence(k)) for k in range(count))


def xliff1(units):
    return ('<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" '
            f'target-language="de" datatype="plaintext"><body>{"".join(units)}</body></file></xliff>')


def xliff1_units(count):
    return xliff1(f'<trans-unit id="{k}"><source>{sentence(k)}</source><target>{sentence(k + 7)}</target></trans-unit>'
                  for k in range(count))


def xliff1_elements(count):
    inner = "".join(f'<g id="{k}">{word(k)}</g> <x id="x{k}"/>' for k in range(count))
    return xliff1([f'<trans-unit id="1"><source>{inner}</source><target>{inner}</target></trans-unit>'])


def xliff1_segments(count):
    marks = "".join(f'<mrk mtype="seg" mid="{k}">{sentence(k)}</mrk>' for k in range(count))
    return xliff1([f'<trans-unit id="1"><source>{marks}</source><seg-source>{marks}</seg-source><target>{marks}</target>'
                   "</trans-unit>"])


def xliff2(units):
    return ('<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="de"><file id="f">'
            f'{"".join(units)}</file></xliff>')


def xliff2_segment(k):
    return f"<segment id=\"s{k}\"><source>{sentence(k)}</source><target>{sentence(k + 7)}</target></segment>"


def xliff2_data(count):
    data = "".join(f'<data id="d{k}">&lt;b{k}&gt;</data>' for k in range(count))
    text = "".join(f'<ph id="{k}" dataRef="d{k}"/>{word(k)} ' for k in range(count))
    return xliff2([f'<unit id="u"><originalData>{data}</originalData><segment><source>{text}</source><target>{text}</target>'
                   "</segment></unit>"])


def po(count):
    return ('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: de\\n"\n\n' +
            "".join(f'#: a.c:{k}\nmsgid "{sentence(k)}"\nmsgstr "{sentence(k + 7)}"\n\n' for k in range(count)))


def po_continued(count):
    text = "".join(f'"{sentence(k)} "\n' for k in range(count))
    return f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: de\\n"\n\nmsgid ""\n{text}msgstr ""\n{text}'


def srx(rules):
    return ('<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="no"/><body>'
            '<languagerules><languagerule languagerulename="a">' + "".join(rules) + "</languagerule></languagerules><maprules>"
            '<languagemap languagepattern=".*" languagerulename="a"/></maprules></body></srx>')


def rule(before, after, cuts):
    return f'<rule break="{"yes" if cuts else "no"}"><beforebreak>{before}</beforebreak><afterbreak>{after}</afterbreak></rule>'


GREEDY = srx([rule(".*x.*", ".*", False), rule(r".*\.", r"\s.*", True), rule(".*a.*b.*", "c.*", True)])


def tbx(count):
    entry = ('<termEntry id="{}"><langSet xml:lang="en"><tig><term>{}</term></tig></langSet><langSet xml:lang="ar"><tig><term>'
             "كلمة{}</term></tig></langSet></termEntry>")
    return ('<martif type="TBX" xml:lang="en"><martifHeader/><text><body>' +
            "".join(entry.format(k, word(k), word(k)) for k in range(count)) + "</body></text></martif>")


def record(source, target, **more):
    return json.dumps({"id": 1, "source": source, "target": target, "source_lang": "en", "target_lang": "de", **more},
                      ensure_ascii=False) + "\n"


def long_text(count, first=0):
    return " ".join(word((first + k * 7) % 9000) for k in range(count))


def entries(count):
    """Lists in alphabetical order, with sentences between them."""
    out = []
    for k in range(count):
        out += [f"{letter}{word(k)} {word(k + j)}" for j, letter in enumerate("ABCDEF")] + [sentence(k)]
    return "\n".join(out) + "\n"


def shuffled(count):
    """Paragraphs of which every second one stands elsewhere."""
    order = [k if k % 2 else (k * 7919) % count // 2 * 2 for k in range(count)]
    return "".join(sentence(k) + "\n" for k in order)


def pair(source, target=None):
    return {"a.txt": source, "b.txt": source if target is None else target}


def journal(program, folder, count):
    """A project with `count` edits, each of which was undone and made again."""
    saved = os.path.join(folder, "p.muq")
    subprocess.run([program, "--quiet", *ALIGN[:-2], "--save", saved, "-f", "beads"], cwd=folder, check=True, capture_output=True)
    server = subprocess.Popen([program, "review", saved, "--no-open", "--port", "0"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    try:
        address = server.stdout.readline().strip()
        port, code = address.split(":")[2].split("/")[0], address.split("#code=")[1]

        def ask(path, headers, body=b""):
            request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)

        token = ask("/api/enter", {"x-muqabala-code": code})["token"]
        headers, revision = {"x-muqabala-token": token, "content-type": "application/json"}, 0
        for k in range(count):
            edit = {"edit": "comment", "bead": k % 20 + 1, "text": f"note {k}"}
            for path, more in (("edit", {"edit": edit}), ("undo", {}), ("redo", {})):
                body = json.dumps({"revision": revision, "known": revision, **more}).encode()
                revision = ask(f"/api/{path}", headers, body)["revision"]
    finally:
        server.terminate()
        server.wait()


def project(size, *arguments):
    return size, lambda n: pair(lines(40)), [arguments[0], "p.muq", *arguments[1:]], journal


def document(name, make):
    return lambda n: {name: make(n)}


PIPE = ["pipe", "--no-builtin-lexicon", "<x.jsonl"]
ALIGN = ["align", "--presegmented", "a.txt", "b.txt", "--source-lang", "en", "--target-lang", "de", "--no-builtin-lexicon",
         "-f", "beads"]
LENGTHS = ["--without", "words,names,numbers,dates,symbols,structure"]
BY_LENGTH = [*ALIGN, *LENGTHS]


def read(size, name, make):
    return size, document(name, make), ["read", name]


def units(size, name, make):
    # By lengths alone: what is learnt from words grows in steps.
    return size, document(name, make), ["align", "--from", name, "--keep-units", "--source-lang", "en", "--target-lang", "de",
                                        *LENGTHS, "-f", "beads"]


def memory(size, make, *arguments):
    return size, document("x.tmx", make), ["tmx", arguments[0], "x.tmx", *arguments[1:]]


def segment(size, make, *more):
    return size, document("x.txt", make), ["segment", "x.txt", "--lang", "en", *more]


CASES = {
    # Readers of documents.
    "read: text, lines": read(2000, "x.txt", lines),
    "read: text, one line": read(10_000, "x.txt", long_text),
    "read: text, wrapped on pages": read(1000, "x.txt", lambda n: "".join(
        sentence(k, 12)[:-1] + ("\n\f" if k % 40 == 39 else "\n") for k in range(n))),
    "read: Markdown": read(500, "x.md", lambda n: "".join(f"# {word(k)}\n\n- *{sentence(k)}*\n\n" for k in range(n))),
    "read: Markdown, brackets": read(2000, "x.md", lambda n: "# a\n\n" + "[a" * n + "\n"),
    "read: Markdown, marks": read(2000, "x.md", lambda n: "# a\n\n" + "*a _b `c" * n + "\n"),
    "read: Markdown, link definitions": read(500, "x.md", lambda n: "# a\n\n" + "".join(
        f"[{word(k)}]: /{k}\n" for k in range(n)) + "".join(f"[{word(k)}] " for k in range(n)) + "\n"),
    "read: HTML": read(300, "x.html", lambda n: "<html><body>" + "".join(f"<p>{sentence(k)}</p>" for k in range(n))),
    "read: HTML, whole page": (300, document("x.html", lambda n: "<html><body>" + "".join(
        f"<p>{sentence(k)}</p>" for k in range(n))), ["read", "--whole-page", "x.html"]),
    "read: HTML, elements left open": read(50, "x.html", lambda n: "<html><body><p>" + "".join(
        f"<b>{word(k)} <i>" for k in range(n))),
    "read: HTML, elements in one paragraph": read(500, "x.html", lambda n: "<html><body><p>" + "".join(
        f"<span>{word(k)}</span> " for k in range(n))),
    "read: HTML, references to characters": read(2000, "x.html", lambda n: "<html><body><p>" + "&amp;&#1576;&eacute " * n),
    "read: HTML, rows of a table": read(200, "x.html", lambda n: "<html><body><table>" + "".join(
        f"<tr><td>{sentence(k)}</td><td>{word(k)}" for k in range(n)) + "</table>"),
    "read: DOCX": read(500, "x.docx", lambda n: docx("".join(docx_paragraph(docx_run(sentence(k))) for k in range(n)))),
    "read: DOCX, one paragraph": read(1000, "x.docx", lambda n: docx(docx_paragraph("".join(map(docx_run, map(word, range(n))))))),
    "read: DOCX, footnotes": read(500, "x.docx", docx_notes),
    "read: DOCX, styles": read(200, "x.docx", docx_styles),
    "read: ODT": read(500, "x.odt", lambda n: odt("".join(f"<text:p>{sentence(k)}</text:p>" for k in range(n)))),
    "read: ODT, one paragraph": read(1000, "x.odt", lambda n: odt("<text:p>" + "".join(
        f"<text:span>{word(k)}<text:s/></text:span>" for k in range(n)) + "</text:p>")),
    "read: ODS": read(500, "x.ods", ods),
    "read: EPUB, pages": read(50, "x.epub", epub),
    "read: PPTX, slides": read(100, "x.pptx", pptx),
    "read: XLSX, rows": read(500, "x.xlsx", xlsx_rows),
    "read: XLSX, sheets": read(100, "x.xlsx", xlsx_sheets),
    "read: XLSX, columns": read(500, "x.xlsx", xlsx_columns),
    "read: PDF, pages": read(10, "x.pdf", lambda n: pdf(n, 40)),
    "read: PDF, lines of a page": read(100, "x.pdf", lambda n: pdf(1, n)),
    "read: SRT": read(500, "x.srt", cues),
    "read: WebVTT": read(500, "x.vtt", lambda n: cues(n, vtt=True)),
    "read: WebVTT, tags of a line": read(2000, "x.vtt", lambda n: "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "\n".join(
        ["<ruby>a<rt>b" * n, "{\\an8 " * n, "<c.a ‹" * n]) + "\n"),
    # Readers of two languages.
    "units: TMX": units(300, "x.tmx", tmx_units),
    "units: TMX, languages of a unit": units(1000, "x.tmx", lambda n: tmx_languages(n).replace("x-ba\"", "en\"").replace("x-ke\"", "de\"")),
    "units: TMX, packed": units(300, "x.tmx.gz", lambda n: gzip.compress(tmx_units(n).encode(), mtime=0)),
    "units: XLIFF 1.2": units(300, "x.xlf", xliff1_units),
    "units: XLIFF 1.2, elements of a unit": units(500, "x.xlf", xliff1_elements),
    "units: XLIFF 1.2, segments of a unit": units(300, "x.xlf", xliff1_segments),
    "units: XLIFF 2": units(300, "x.xlf", lambda n: xliff2(f'<unit id="u{k}">{xliff2_segment(k)}</unit>' for k in range(n))),
    "units: XLIFF 2, segments of a unit": units(300, "x.xlf", lambda n: xliff2(
        ['<unit id="u">' + "".join(map(xliff2_segment, range(n))) + "</unit>"])),
    "units: XLIFF 2, data of a unit": units(500, "x.xlf", xliff2_data),
    "units: PO": units(300, "x.po", po),
    "units: PO, lines of a text": units(500, "x.po", po_continued),
    "units: CSV": units(300, "x.csv", lambda n: "en,de\n" + "".join(f'"{sentence(k)}","{sentence(k + 7)}"\n' for k in range(n))),
    "units: CSV, lines of a cell": units(500, "x.csv", lambda n: 'en,de\n"' + lines(n) + '","' + lines(n) + '"\n'),
    "units: TSV, columns": units(1000, "x.tsv", lambda n: "en\tde" + "".join(f"\t{word(k)}" for k in range(n)) + "\nA b.\tC d." +
                                 "".join(f"\t{word(k)}" for k in range(n)) + "\n"),
    "units: XLSX": units(300, "x.xlsx", xlsx_pairs),
    # Segmentation.
    "segment: sentences": segment(1000, lambda n: " ".join(map(sentence, range(n)))),
    "segment: dots": segment(20_000, lambda n: "." * n),
    "segment: exclamation marks": segment(20_000, lambda n: "a" + "!?" * n),
    "segment: dots and blanks": segment(5000, lambda n: ". " * n),
    "segment: abbreviations": segment(2000, lambda n: "e.g. Mr. A. B. " * n),
    "segment: brackets": segment(5000, lambda n: "(a. [b! " * n),
    "segment: quotation marks": segment(5000, lambda n: "“A. 'B! " * n),
    "segment: one sentence": segment(10_000, long_text),
    "segment: SRX, rules of .* and one line": (200, lambda n: {"r.srx": GREEDY, "x.txt": " ".join(map(sentence, range(n)))},
                                               ["segment", "x.txt", "--lang", "en", "--srx", "r.srx"]),
    "segment: SRX, rules of .* and dots": (1000, lambda n: {"r.srx": GREEDY, "x.txt": "." * n},
                                           ["segment", "x.txt", "--lang", "en", "--srx", "r.srx"]),
    "anchors: numbers": (500, document("x.txt", lambda n: "".join(f"{k},{k * 7} {k % 28 + 1} July {1900 + k % 100}\n"
                                                                  for k in range(n))), ["anchors", "x.txt", "--lang", "en"]),
    "anchors: one number": (2000, document("x.txt", lambda n: "1" + ",234" * n + "\n"), ["anchors", "x.txt", "--lang", "en"]),
    "anchors: one number in words": (500, document("x.txt", lambda n: "two hundred and three thousand " * n + "\n"),
                                     ["anchors", "x.txt", "--lang", "en"]),
    # Lexicons.
    "lexicon: equivalents in one row": (4000, document("x.tsv", lambda n: "word\t" + "; ".join(f"w{k}" for k in range(n)) + "\n"),
                                        ["lexicon", "check", "x.tsv"]),
    "lexicon: rows": (2000, document("x.tsv", lambda n: "".join(f"a{k}\tb{k}\n" for k in range(n))), ["lexicon", "check", "x.tsv"]),
    "lexicon: repeated rows": (4000, document("x.tsv", lambda n: "".join(f"a\tb{k}\n" for k in range(n))),
                               ["lexicon", "check", "x.tsv"]),
    "lexicon: TMX": (300, document("x.tmx", lambda n: tmx(tu(word(k), word(k + 9)) for k in range(n))),
                     ["lexicon", "check", "x.tmx"]),
    "lexicon: TMX, languages of a unit": (2000, document("x.tmx", lambda n: tmx_languages(n).replace("x-ba\"", "en\"").replace(
        "x-ke\"", "ar\"")), ["lexicon", "check", "x.tmx"]),
    "lexicon: TBX": (500, document("x.tbx", tbx), ["lexicon", "check", "x.tbx"]),
    # Memories.
    "check: units": memory(500, tmx_units, "check"),
    "check: languages of a unit": memory(2000, tmx_languages, "check"),
    "check: variants of a language": memory(2000, tmx_variants, "check"),
    "check: elements of a segment": memory(500, tmx_elements, "check"),
    "check: properties of a unit": memory(1000, tmx_properties, "check"),
    "check: one source text": memory(500, tmx_one_source, "check"),
    "check: texts between the variants": memory(1000, lambda n: tmx(["<tu>" + "".join(
        f'<tuv xml:lang="{code(k)}"><seg>a</seg></tuv>astray ' for k in range(n)) + "</tu>"]), "check"),
    "check: numbers of a segment": memory(300, lambda n: tmx([tu(" ".join(f"{k} July" for k in range(n)), " ".join(
        f"{k + n} Mai" for k in range(n)))]), "check"),
    "check: attributes of a tag": memory(1000, lambda n: tmx(["<tu " + " ".join(
        f'{word(k)}="{k}"' for k in range(n)) + '><tuv xml:lang="en"><seg>a</seg></tuv></tu>']), "check"),
    "check: elements never closed": memory(1000, lambda n: tmx([tu("<hi>a " * n, "b")]), "check"),
    "check: ends without a beginning": memory(500, lambda n: tmx([tu("".join(
        f'<ept i="{k}"/>' for k in range(n)) + "".join(f'<bpt i="{k}"/>' for k in range(n)), "b")]), "check"),
    **{f"check: marks of placeholders, {name}": memory(6000, lambda n, mark=mark: tmx([tu("a " + mark * n, "b " + mark * n)]), "check")
       for name, mark in {"braces": "{{", "a brace and a colon": "{a:", "percent signs": "%(", "numbers of percent": "1 %1 ",
                          "tags": "&lt;a "}.items()},
    "check: one long segment": memory(6000, lambda n: tmx([tu(long_text(n), long_text(n, 3))]), "check"),
    "fix: units": memory(500, tmx_units, "fix", "-o", "o.tmx"),
    "fix: languages of a unit": memory(2000, tmx_languages, "fix", "-o", "o.tmx"),
    "fix: elements of a segment": memory(500, tmx_elements, "fix", "-o", "o.tmx"),
    "fix: notes after the texts": memory(1000, lambda n: tmx(["<tu>" + "".join(
        f'<tuv xml:lang="{code(k)}"><seg>a</seg><note>b</note></tuv>' for k in range(n)) + "</tu>"]), "fix", "-o", "o.tmx"),
    "fix: a memory without its end": memory(500, lambda n: tmx_units(n)[:-40], "fix", "-o", "o.tmx"),
    "fix: bare ampersands": memory(2000, lambda n: tmx([tu("a & b " * n, "c")]), "fix", "-o", "o.tmx"),
    "clean: units": memory(500, tmx_units, "clean", "-o", "o.tmx"),
    "clean: languages of a unit": memory(2000, tmx_languages, "clean", "-o", "o.tmx"),
    "clean: repeated units": memory(500, lambda n: tmx(tu("The same.", "Dasselbe.") for _ in range(n)), "clean", "-o", "o.tmx"),
    "merge: units": (300, lambda n: {"x.tmx": tmx_units(n), "y.tmx": tmx_units(n, n // 2)},
                     ["tmx", "merge", "x.tmx", "y.tmx", "-o", "o.tmx"]),
    "merge: languages of a unit": (1000, lambda n: {"x.tmx": tmx_languages(n), "y.tmx": tmx_languages(n)},
                                   ["tmx", "merge", "x.tmx", "y.tmx", "-o", "o.tmx"]),
    "split: units": memory(500, tmx_units, "split", "--units", "200", "-o", "o.tmx"),
    "split: languages of a unit": memory(2000, tmx_languages, "split", "--units", "200", "-o", "o.tmx"),
    "stats: units": memory(500, tmx_units, "stats"),
    "stats: languages of a unit": memory(2000, tmx_languages, "stats"),
    "diff: units": (300, lambda n: {"x.tmx": tmx_units(n), "y.tmx": tmx_units(n, n // 2)}, ["tmx", "diff", "x.tmx", "y.tmx"]),
    "diff: one source text": (300, lambda n: {"x.tmx": tmx_one_source(n), "y.tmx": tmx_one_source(n + 9)},
                              ["tmx", "diff", "x.tmx", "y.tmx"]),
    "reverse: units": memory(500, tmx_units, "reverse", "-o", "o.tmx"),
    "extract: units": memory(500, tmx_units, "extract", "--source-lang", "en", "--target-lang", "de", "-o", "o.tmx"),
    "extract: languages of a unit": memory(2000, lambda n: tmx_languages(n).replace("x-ba\"", "en\"").replace("x-ke\"", "de\""),
                                           "extract", "--source-lang", "en", "--target-lang", "de", "-o", "o.tmx"),
    # Aligning.
    # By lengths alone: what is learnt from words grows in steps, and scripts/bench-scale measures it.
    "align: segments": (700, lambda n: pair(lines(n)), BY_LENGTH),
    "align: one segment again and again": (700, lambda n: pair("The same.\n" * n), BY_LENGTH),
    "align: lines of dots": (700, lambda n: pair("...\n" * n), BY_LENGTH),
    "align: lists in alphabetical order": (100, lambda n: pair(entries(n)), BY_LENGTH),
    "align: moved segments": (700, lambda n: pair(lines(n), shuffled(n)), BY_LENGTH),
    "align: every second pair pinned": (300, lambda n: {**pair(lines(n)), "p.tsv": "".join(f"{k}\t{k}\n" for k in range(0, n, 2))},
                                        [*BY_LENGTH, "--pins", "p.tsv"]),
    # All pairs pinned, so that it is the writing that counts.
    **{f"align: one source with many translations, as {name.upper()}": (
        1000, lambda n: {**pair("The same.\n" * n, lines(n)), "p.tsv": "".join(f"{k}\t{k}\n" for k in range(n))},
        [*ALIGN[:-2], "--pins", "p.tsv", "-f", name]) for name in ("tmx", "po")},
    "align: one long segment": (2000, lambda n: pair(long_text(n) + "\n", long_text(n, 3) + "\n"), ALIGN),
    "align: one long segment of one word": (2000, lambda n: pair("a " * n + "\n"), ALIGN),
    "align: one long segment of numbers": (1000, lambda n: pair(" ".join(map(str, range(n))) + "\n"), ALIGN),
    "align: one long segment among others": (1000, lambda n: pair(lines(20) + long_text(n) + "\n" + lines(20)), ALIGN),
    "pipe: records": (50, document("x.jsonl", lambda n: "".join(record(sentence(k), sentence(k)) for k in range(n))),
                      PIPE),
    "pipe: one long record": (2000, document("x.jsonl", lambda n: record(long_text(n), long_text(n, 3))),
                              PIPE),
    "pipe: segments of a record": (200, document("x.jsonl", lambda n: record([sentence(k) for k in range(n)],
                                                                             [sentence(k) for k in range(n)])),
                                   PIPE),
    # Projects with a long journal; realigning opens it for edits.
    "project: status": project(40, "status"),
    "project: history": project(40, "history"),
    "project: export": project(40, "export", "-f", "tsv"),
    "project: opened for edits": project(40, "realign"),
    # Searching.
    "search: units": (300, document("x.tmx", tmx_units), ["search", word(62), "--most", "5"]),
    "search: one long unit": (2000, document("x.tmx", lambda n: tmx([tu(long_text(n), long_text(n, 3))])),
                              ["search", word(7), "--most", "5"]),
    "search: one word again and again": (1000, document("x.tmx", lambda n: tmx([tu("home " * n, long_text(n))])),
                                         ["search", "home", "-o", "o.tsv"]),
}

# Cases that grow in steps: beyond some size something else is done, once (a search in windows instead of whole, the rarest
# words of a segment alone, tables that are made), so that the second doubling may cost more beside a small first one.
STEPPED = {
    "check: marks of placeholders, percent signs",
    "align: segments",
    "align: one segment again and again",
    "align: lines of dots",
    "align: lists in alphabetical order",
    "align: moved segments",
    "align: one long segment of numbers",
    "align: one long segment among others",
}
assert STEPPED <= CASES.keys(), STEPPED - CASES.keys()
