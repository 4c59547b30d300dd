//! The report as a page: one file of HTML with its style and charts inside.

use std::io::{self, Write};

use super::Row;
use super::chart::{Point, escape, histogram, scatter};
use crate::batch::task::{Finished, Outcome};
use crate::export::counted;

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

/// Writes the report as a page.
pub fn write_html(rows: &[Row], title: &str, out: &mut impl Write) -> io::Result<()> {
    let title = escape(title);
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )?;
    write_counts(rows, out)?;
    write_charts(rows, out)?;
    write_suspicious(rows, out)?;
    write_failed(rows, out)?;
    write_all(rows, out)?;
    out.write_all(b"</body>\n</html>\n")
}

fn finished(row: &Row) -> Option<&Finished> {
    row.outcome.as_ref().and_then(Outcome::finished)
}

fn write_counts(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let count = |status: &str| rows.iter().filter(|r| r.status() == status).count();
    let beads: usize = rows.iter().filter_map(finished).map(|f| f.figures.beads).sum();
    let odd = rows.iter().filter_map(finished).filter(|f| !f.figures.suspicions.is_empty()).count();
    writeln!(
        out,
        "<p>{}: {} aligned, {} unchanged since an earlier run, <span class=\"bad\">{} failed</span>, {} not done. \
         {}. Document pairs that look wrong: {odd}.</p>",
        counted(rows.len(), "document pair"),
        count("done"),
        count("unchanged"),
        count("failed"),
        count("not-done"),
        counted(beads, "pair"),
    )
}

fn write_charts(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let done: Vec<(&Row, &Finished)> = rows.iter().filter_map(|r| finished(r).map(|f| (r, f))).collect();
    let means: Vec<f64> = done.iter().filter_map(|(_, f)| f.figures.mean_confidence).collect();
    if means.is_empty() {
        return Ok(());
    }
    let unaligned: Vec<f64> = done.iter().map(|(_, f)| f.figures.unaligned_share()).collect();
    writeln!(out, "<h2>Distribution</h2>")?;
    out.write_all(
        histogram("Document pairs by mean confidence", "mean confidence of the pairs", &means).as_bytes(),
    )?;
    out.write_all(
        histogram("Document pairs by unaligned share", "share of segments unaligned", &unaligned).as_bytes(),
    )?;
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
    let chart =
        scatter("Unaligned share (upwards) by mean confidence", "mean confidence of the pairs", &points);
    out.write_all(chart.as_bytes())
}

fn write_suspicious(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
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
    writeln!(out, "<h2>Document pairs that look wrong</h2>")?;
    let rows = odd.iter().map(|(row, f)| {
        let why: Vec<&str> = f.figures.suspicions.iter().map(|s| s.text()).collect();
        let languages = format!("{} – {}", escape(&f.languages[0]), escape(&f.languages[1]));
        let cells = [name(&row.id), languages, share(f.figures.mean_confidence)];
        format!(
            "<tr><td>{}<td class=\"n\">{}<td class=\"n\">{:.2}<td>{}</tr>\n",
            cells[..2].join("<td>"),
            cells[2],
            f.figures.unaligned_share(),
            why.join("; ")
        )
    });
    let head =
        "<th>document pair<th>languages<th class=\"n\">mean confidence<th class=\"n\">unaligned<th>why";
    write_table(head, rows, odd.len(), out)
}

fn write_failed(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let failed: Vec<(&Row, &str)> = rows.iter().filter_map(|r| Some((r, r.reason()?))).collect();
    if failed.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h2>Document pairs that failed</h2>")?;
    let lines = failed.iter().map(|(row, reason)| {
        format!("<tr><td>{}<td dir=\"auto\" class=\"bad\">{}</tr>\n", name(&row.id), escape(reason))
    });
    write_table("<th>document pair<th>reason", lines, failed.len(), out)
}

fn write_all(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<h2>All document pairs</h2>")?;
    let lines = rows.iter().map(|row| {
        let figures = finished(row).map_or_else(
            || "<td><td><td><td><td><td>".to_owned(),
            |f| {
                let n = &f.figures;
                format!(
                    "<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{:.2}",
                    n.source_segments, n.target_segments, n.beads, share(n.mean_confidence), n.doubtful, f.seconds
                )
            },
        );
        format!("<tr><td>{}<td>{}{figures}</tr>\n", name(&row.id), row.status())
    });
    let head = "<th>document pair<th>status<th class=\"n\">source segments<th class=\"n\">target segments<th class=\"n\">pairs\
                <th class=\"n\">mean confidence<th class=\"n\">doubtful<th class=\"n\">seconds";
    write_table(head, lines, rows.len(), out)
}

fn write_table(
    head: &str,
    rows: impl Iterator<Item = String>,
    count: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>")?;
    for row in rows.take(MOST) {
        out.write_all(row.as_bytes())?;
    }
    writeln!(out, "</tbody></table></div>")?;
    if count > MOST {
        writeln!(out, "<p class=\"soft\">The first {MOST} of {count}; the TSV report has them all.</p>")?;
    }
    Ok(())
}

fn name(id: &str) -> String {
    format!("<bdi>{}</bdi>", escape(id))
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |s| format!("{s:.2}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::report::tests::rows;

    fn page(rows: &[Row]) -> String {
        let mut out = Vec::new();
        write_html(rows, "A & B", &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_page_shows_what_is_odd_and_needs_nothing_else() {
        let page = page(&rows());
        for part in [
            "<title>A &amp; B</title>",
            "5 document pairs: 2 aligned, 1 unchanged since an earlier run, <span class=\"bad\">1 failed</span>, 1 not done",
            "<bdi>&lt;script&gt;</bdi>",
            "a\tb &amp; &quot;c&quot;",
            "the documents seem not to translate each other; a document is not in the language",
            "<rect",
            "<circle class=\"odd\"",
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
