//! What was read and what was found, as JSON for another program: `align --figures`.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use muqabala::batch::Figures;
use muqabala::bitext::{Lang, Sides};
use muqabala::export::file::write_whole;
use serde_json::{Value, json};

use crate::cli::setup::stages::Prepared;
use crate::cli::terminal::Terminal;

/// What there is to tell of a document besides its figures.
pub(crate) fn describe(prepared: &Prepared) -> Value {
    let warnings: Vec<&str> = prepared.warnings.iter().map(|(message, _)| &**message).collect();
    json!({
        "name": prepared.name,
        "format": prepared.format,
        "encoding": prepared.encoding.map(|encoding| encoding.to_string()),
        "warnings": warnings,
    })
}

/// Writes `sides`, as [`describe`] gave them, with the languages and the figures.
pub(crate) fn write(
    path: &Path,
    sides: &Sides<Value>,
    languages: Sides<&Lang>,
    figures: &Figures,
) -> Result<()> {
    let record = json!({
        "source": sides.source,
        "target": sides.target,
        "source_lang": languages.source.as_str(),
        "target_lang": languages.target.as_str(),
        "figures": figures,
    });
    let line = |out: &mut dyn Write| -> io::Result<()> { writeln!(out, "{record}") };
    if path.as_os_str() == "-" {
        Terminal::write_results(|out| line(out))?;
    } else {
        write_whole(path, |out| line(out))?;
    }
    Ok(())
}
