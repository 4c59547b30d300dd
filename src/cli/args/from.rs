//! What can be typed about a file with two languages.

use std::path::PathBuf;

use clap::Args;
use muqabala::bitext::Sides;
use muqabala::formats::columns::ColumnName;

/// A file with two languages in place of two documents.
#[derive(Debug, Args)]
#[command(next_help_heading = "Files with two languages")]
pub(crate) struct FromArgs {
    /// Align anew the texts of a file with two languages, in place of two documents: TMX, XLIFF, PO, Wordfast TXT, Trados .sdltm, CSV, TSV, XLSX, cesAlign, a DOCX table, packed (.gz, .zip, .mqxlz, .xlz, .sdlppx) or not, or NAME.moses for a pair of files; what it aligned is left behind
    #[arg(long, value_name = "FILE", conflicts_with_all = ["source", "target"])]
    pub(crate) from: Option<PathBuf>,
    /// Take apart one document that holds both languages in turn (line by line, paragraph by paragraph, in cells or in blocks), and align its two parts; the source is the language of --source-lang, else the one that comes first
    #[arg(long, value_name = "FILE", conflicts_with_all = ["source", "target", "from", "source_encoding", "target_encoding"])]
    pub(crate) interleaved: Option<PathBuf>,
    /// Keep each unit's own pair, uncut: nothing is aligned anew, and every pair is told how sure it is and why
    #[arg(long, requires = "from")]
    pub(crate) keep_units: bool,
    /// Take units too that are no finished translations: not translated yet, not to be translated, fuzzy, obsolete, asking for review, or with the source for a target
    #[arg(long, requires = "from")]
    pub(crate) with_untranslated: bool,
    /// Take all plural forms of a PO, not only those for 1 and for 100
    #[arg(long, requires = "from")]
    pub(crate) all_plurals: bool,
    /// The columns of a table that hold source and target, by number, heading or language: 2,5 or en,ar [default: told by headings and texts]
    #[arg(long, value_name = "SOURCE,TARGET", requires = "from", value_parser = parse_columns)]
    pub(crate) columns: Option<Sides<ColumnName>>,
}

fn parse_columns(text: &str) -> Result<Sides<ColumnName>, String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let name = |part: &str| match part.parse() {
        Ok(number) => ColumnName::Number(number),
        Err(_) => ColumnName::Heading(part.to_owned()),
    };
    match parts[..] {
        [source, target]
            if source != target
                && !source.is_empty()
                && !target.is_empty()
                && ![source, target].contains(&"0") =>
        {
            Ok(Sides::new(name(source), name(target)))
        }
        _ => Err(format!("`{text}` is not two columns, such as 2,5 or en,ar; columns are counted from 1")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_two_numbers_or_headings() {
        let heading = |name: &str| ColumnName::Heading(name.to_owned());
        assert_eq!(parse_columns("2, 5"), Ok(Sides::new(ColumnName::Number(2), ColumnName::Number(5))));
        assert_eq!(parse_columns("Old text,ar"), Ok(Sides::new(heading("Old text"), heading("ar"))));
        for wrong in ["", "2", "2,2", "0,1", "a,b,c", ",a"] {
            assert!(parse_columns(wrong).is_err(), "{wrong}");
        }
    }
}
