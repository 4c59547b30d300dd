//! The report as a page: one file of HTML with its style and charts inside.

use std::io::{self, Write};

use super::Row;
use super::chart::{Point, escape, histogram, scatter};
use crate::batch::task::{Finished, Outcome};
use crate::export::{ReportLanguage, arabic_count, counted};
use crate::tmx::Timestamp;

/// Rows of a table, and points of a chart, at most; the TSV has them all.
const MOST: usize = 2000;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1d2433;--paper:#fff;--soft:#667;--line:#ccd;--bar:#3a6ea5;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8ee;--paper:#16181d;--soft:#99a;--line:#3a3f4b;--bar:#7fb0e6;--bad:#ff8a80}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
figure{display:inline-block;margin:0 1rem 1rem 0;width:min(32rem,100%)}figcaption{font-weight:600}
svg{width:100%;height:auto}svg text{font-size:11px;fill:var(--soft)}svg rect,svg circle{fill:var(--bar)}
svg circle.odd{fill:var(--bad)}svg .axis{stroke:var(--line)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{text-align:start;padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:end;font-variant-numeric:tabular-nums}.bad{color:var(--bad)}.soft{color:var(--soft)}
";

/// What stands over the report.
#[derive(Debug, Clone)]
pub struct Head {
    /// The manifest, or the two folders.
    pub collection: String,
    /// The folder written into.
    pub output: String,
    /// When it was written.
    pub date: Option<Timestamp>,
    /// The language in which it speaks.
    pub language: ReportLanguage,
}

/// Writes the report as a page: what failed first, then what looks wrong, then the rest.
pub fn write_html(rows: &[Row], head: &Head, out: &mut impl Write) -> io::Result<()> {
    let words = head.language;
    let title = escape(&head.collection);
    write!(
        out,
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>muqabala batch: {title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1><bdi>{title}</bdi></h1>\n",
        words.tag(),
        words.direction(),
    )?;
    let date = head.date.map(|date| format!(" · {}", words.day(date))).unwrap_or_default();
    writeln!(
        out,
        "<p class=\"soft\">muqabala batch · {} <bdi>{}</bdi>{date}</p>",
        words.pick(["written into", "كُتب في"]),
        escape(&head.output)
    )?;
    write_counts(rows, words, out)?;
    write_failed(rows, words, out)?;
    write_suspicious(rows, words, out)?;
    write_warnings(rows, words, out)?;
    write_charts(rows, words, out)?;
    write_all(rows, words, out)?;
    out.write_all(b"</body>\n</html>\n")
}

fn finished(row: &Row) -> Option<&Finished> {
    row.outcome.as_ref().and_then(Outcome::finished)
}

/// How many document pairs there are.
fn documents(n: usize, words: ReportLanguage) -> String {
    match words {
        ReportLanguage::English => counted(n, "document pair"),
        ReportLanguage::Arabic => {
            let nouns = ["زوج وثائق واحد", "زوجا وثائق", "أزواج وثائق", "زوج وثائق"];
            arabic_count(n, nouns)
        }
    }
}

fn write_counts(rows: &[Row], words: ReportLanguage, out: &mut impl Write) -> io::Result<()> {
    let count = |status: &str| words.number(rows.iter().filter(|r| r.status() == status).count());
    let beads: usize = rows.iter().filter_map(finished).map(|f| f.figures.beads).sum();
    let odd = rows.iter().filter_map(finished).filter(|f| !f.figures.suspicions.is_empty()).count();
    let (all, odd) = (documents(rows.len(), words), words.number(odd));
    let (done, unchanged, undone) = (count("done"), count("unchanged"), count("not-done"));
    let (failed, pairs) = (count("failed"), words.pairs(beads));
    match words {
        ReportLanguage::English => writeln!(
            out,
            "<p>{all}: <span class=\"bad\">{failed} failed</span>, {done} aligned, {unchanged} unchanged since an earlier \
             run, {undone} not done. {pairs}. Document pairs that look wrong: {odd}.</p>"
        ),
        ReportLanguage::Arabic => writeln!(
            out,
            "<p>{all}: <span class=\"bad\">تعذّر {failed}</span>، قوبل {done}، لم يتغيّر منذ تشغيل سابق {unchanged}، لم \
             يُجرَ {undone}. المجموع: {pairs}. ما يبدو خطأ: {odd}.</p>"
        ),
    }
}

fn write_charts(rows: &[Row], words: ReportLanguage, out: &mut impl Write) -> io::Result<()> {
    let done: Vec<(&Row, &Finished)> = rows.iter().filter_map(|r| finished(r).map(|f| (r, f))).collect();
    let means: Vec<f64> = done.iter().filter_map(|(_, f)| f.figures.mean_confidence).collect();
    if means.is_empty() {
        return Ok(());
    }
    let unaligned: Vec<f64> = done.iter().map(|(_, f)| f.figures.unaligned_share()).collect();
    let mean = words.pick(["mean confidence of the pairs", "متوسط ثقة الأزواج"]);
    let share = words.pick(["share of segments without counterpart", "حصة المقاطع التي بلا مقابل"]);
    writeln!(out, "<h2>{}</h2>", words.pick(["Distribution", "التوزيع"]))?;
    let by_mean = words.pick(["Document pairs by mean confidence", "أزواج الوثائق بحسب متوسط الثقة"]);
    out.write_all(histogram(by_mean, mean, &means).as_bytes())?;
    let by_share =
        words.pick(["Document pairs by what has no counterpart", "أزواج الوثائق بحسب ما ليس له مقابل"]);
    out.write_all(histogram(by_share, share, &unaligned).as_bytes())?;
    let points: Vec<Point<'_>> = done
        .iter()
        .take(MOST)
        .map(|(row, f)| Point {
            x: f.figures.mean_confidence.unwrap_or(0.0),
            y: f.figures.unaligned_share(),
            class: if f.figures.suspicions.is_empty() { "pair" } else { "odd" },
            name: &row.id,
        })
        .collect();
    let both = words.pick([
        "Share without counterpart (upwards) by mean confidence",
        "حصة ما ليس له مقابل (إلى أعلى) بحسب متوسط الثقة",
    ]);
    let chart = scatter(both, mean, &points);
    out.write_all(chart.as_bytes())
}

fn write_suspicious(rows: &[Row], words: ReportLanguage, out: &mut impl Write) -> io::Result<()> {
    let mut odd: Vec<(&Row, &Finished)> = rows
        .iter()
        .filter_map(|r| finished(r).map(|f| (r, f)))
        .filter(|(_, f)| !f.figures.suspicions.is_empty())
        .collect();
    if odd.is_empty() {
        return Ok(());
    }
    let mean = |f: &Finished| f.figures.mean_confidence.unwrap_or(0.0);
    odd.sort_by(|a, b| mean(a.1).total_cmp(&mean(b.1)));
    writeln!(out, "<h2>{}</h2>", words.pick(["Document pairs that look wrong", "أزواج وثائق تبدو خطأ"]))?;
    let rows = odd.iter().map(|(row, f)| {
        let why: Vec<&str> =
            f.figures.suspicions.iter().map(|s| words.pick([s.text(), s.arabic()])).collect();
        let languages = format!("{} – {}", escape(&f.languages[0]), escape(&f.languages[1]));
        let cells = [name(&row.id), languages, share(f.figures.mean_confidence, words)];
        format!(
            "<tr><td>{}<td class=\"n\">{}<td class=\"n\">{}<td>{}</tr>\n",
            cells[..2].join("<td>"),
            cells[2],
            words.percent(f.figures.unaligned_share()),
            why.join(words.pick(["; ", "؛ "]))
        )
    });
    let head = words.pick([
        "<th>document pair<th>languages<th class=\"n\">mean confidence<th class=\"n\">without counterpart<th>why",
        "<th>زوج الوثائق<th>اللغتان<th class=\"n\">متوسط الثقة<th class=\"n\">بلا مقابل<th>السبب",
    ]);
    write_table(head, rows, odd.len(), words, out)
}

fn write_failed(rows: &[Row], words: ReportLanguage, out: &mut impl Write) -> io::Result<()> {
    let failed: Vec<(&Row, &str)> = rows.iter().filter_map(|r| Some((r, r.reason()?))).collect();
    if failed.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h2>{}</h2>", words.pick(["Document pairs that failed", "أزواج وثائق تعذّرت"]))?;
    let lines = failed.iter().map(|(row, reason)| {
        format!("<tr><td>{}<td dir=\"auto\" class=\"bad\">{}</tr>\n", name(&row.id), escape(reason))
    });
    let head = words.pick(["<th>document pair<th>reason", "<th>زوج الوثائق<th>السبب"]);
    write_table(head, lines, failed.len(), words, out)
}

fn write_warnings(rows: &[Row], words: ReportLanguage, out: &mut impl Write) -> io::Result<()> {
    let warned =
        || rows.iter().filter_map(|r| finished(r).filter(|f| !f.warnings.is_empty()).map(|f| (r, f)));
    let count = warned().count();
    if count == 0 {
        return Ok(());
    }
    writeln!(
        out,
        "<h2>{}</h2>",
        words.pick(["Said when the documents were read", "ملاحظات على قراءة الوثائق"])
    )?;
    let lines = warned().map(|(row, f)| {
        let warnings: Vec<String> =
            f.warnings.iter().map(|w| format!("<div lang=\"en\" dir=\"auto\">{}</div>", escape(w))).collect();
        format!("<tr><td>{}<td>{}</tr>\n", name(&row.id), warnings.concat())
    });
    let head = words.pick(["<th>document pair<th>what", "<th>زوج الوثائق<th>الملاحظة"]);
    write_table(head, lines, count, words, out)
}

fn write_all(rows: &[Row], words: ReportLanguage, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<h2>{}</h2>", words.pick(["All document pairs", "كل أزواج الوثائق"]))?;
    let lines = rows.iter().map(|row| {
        let figures = finished(row).map_or_else(
            || "<td><td><td><td><td><td>".to_owned(),
            |f| {
                let n = &f.figures;
                format!(
                    "<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}",
                    words.number(n.source_segments),
                    words.number(n.target_segments),
                    words.number(n.beads),
                    share(n.mean_confidence, words),
                    words.number(n.doubtful),
                    words.digits(&format!("{:.2}", f.seconds))
                )
            },
        );
        format!("<tr><td>{}<td>{}{figures}</tr>\n", name(&row.id), status(row, words))
    });
    let head = words.pick([
        "<th>document pair<th>status<th class=\"n\">source segments<th class=\"n\">target segments<th class=\"n\">pairs\
         <th class=\"n\">mean confidence<th class=\"n\">doubtful<th class=\"n\">seconds",
        "<th>زوج الوثائق<th>الحالة<th class=\"n\">مقاطع الأصل<th class=\"n\">مقاطع الترجمة<th class=\"n\">الأزواج\
         <th class=\"n\">متوسط الثقة<th class=\"n\">مشكوك فيه<th class=\"n\">الثواني",
    ]);
    write_table(head, lines, rows.len(), words, out)
}

/// How a document pair ended.
fn status(row: &Row, words: ReportLanguage) -> &'static str {
    match row.status() {
        "done" => words.pick(["done", "تم"]),
        "unchanged" => words.pick(["unchanged", "لم يتغيّر"]),
        "failed" => words.pick(["failed", "تعذّر"]),
        _ => words.pick(["not done", "لم يُجرَ"]),
    }
}

fn write_table(
    head: &str,
    rows: impl Iterator<Item = String>,
    count: usize,
    words: ReportLanguage,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>")?;
    for row in rows.take(MOST) {
        out.write_all(row.as_bytes())?;
    }
    writeln!(out, "</tbody></table></div>")?;
    if count > MOST {
        let (most, count) = (words.number(MOST), words.number(count));
        match words {
            ReportLanguage::English => {
                writeln!(
                    out,
                    "<p class=\"soft\">The first {most} of {count}; the TSV report has them all.</p>"
                )?;
            }
            ReportLanguage::Arabic => {
                writeln!(out, "<p class=\"soft\">أول {most} من {count}؛ وكلها في تقرير TSV.</p>")?;
            }
        }
    }
    Ok(())
}

fn name(id: &str) -> String {
    format!("<bdi>{}</bdi>", escape(id))
}

fn share(share: Option<f64>, words: ReportLanguage) -> String {
    share.map_or_else(|| "–".to_owned(), |s| words.percent(s))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::report::tests::rows;

    fn page_in(rows: &[Row], language: ReportLanguage) -> String {
        let mut out = Vec::new();
        let head = Head {
            collection: "A & B".to_owned(),
            output: "out".to_owned(),
            date: "2024-07-23".parse().ok(),
            language,
        };
        write_html(rows, &head, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn page(rows: &[Row]) -> String {
        page_in(rows, ReportLanguage::English)
    }

    #[test]
    fn what_failed_comes_first_and_the_head_says_of_what_and_when() {
        let page = page(&rows());
        let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part} is missing in\n{page}"));
        assert!(at("<h1><bdi>A &amp; B</bdi></h1>") < at("written into <bdi>out</bdi> · 2024-07-23"));
        assert!(at("<h2>Document pairs that failed") < at("<h2>Document pairs that look wrong"));
        assert!(at("<h2>Document pairs that look wrong") < at("<h2>Distribution"));
        assert!(page.contains("prefers-color-scheme:dark"));
    }

    #[test]
    fn the_page_speaks_arabic_from_right_to_left() {
        let page = page_in(&rows(), ReportLanguage::Arabic);
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{page}");
        for part in
            ["٥ أزواج وثائق: <span class=\"bad\">تعذّر ١</span>", "٢٣/٠٧/٢٠٢٤", "أزواج وثائق تعذّرت", "٪"]
        {
            assert!(page.contains(part), "{part} is missing in\n{page}");
        }
        for english in ["failed", "mean confidence", "the documents", "done"] {
            assert!(!page.contains(english), "{english} stands in\n{page}");
        }
    }

    #[test]
    fn the_page_shows_what_is_odd_and_needs_nothing_else() {
        let page = page(&rows());
        for part in [
            "<title>muqabala batch: A &amp; B</title>",
            "5 document pairs: <span class=\"bad\">1 failed</span>, 2 aligned, 1 unchanged since an earlier run, 1 not done",
            "<bdi>&lt;script&gt;</bdi>",
            "a\tb &amp; &quot;c&quot;",
            "the documents seem not to translate each other; a document is not in the language",
            "<rect",
            "<circle class=\"odd\"",
            "<h2>Said when the documents were read</h2>",
            "<tr><td><bdi>odd</bdi><td><div lang=\"en\" dir=\"auto\">a.pdf: page 2\thas &lt;no&gt; text (it is read",
        ] {
            assert!(page.contains(part), "{part} is missing in\n{page}");
        }
        for outside in ["http:", "https:", "src=", "href=", "<script"] {
            assert!(!page.contains(outside), "{outside}");
        }
    }

    #[test]
    fn a_run_without_results_has_no_charts() {
        let page = page(&rows()[3..]);
        assert!(!page.contains("<svg") && page.contains("not done"));
    }

    #[test]
    fn long_tables_are_cut_and_say_so() {
        let rows: Vec<Row> = (0..MOST + 5).map(|i| Row::new(i.to_string(), String::new(), None)).collect();
        assert!(page(&rows).contains("The first 2000 of 2005"));
    }
}
