//! How documents are cut, as typed → the library's options; the user's own rules are read here.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use muqabala::export::counted;
use muqabala::read::{self, Input, ReadOptions};
use muqabala::segment::{self, OnUntranslatable, SegmentOptions};

use crate::cli::terminal::Terminal;
use crate::cli::terminal::failure::Failure;

/// The options of cutting into segments, by the rules of an SRX file if one is given.
pub(crate) fn options(srx: Option<&Path>) -> Result<SegmentOptions> {
    let mut options = SegmentOptions::default();
    if let Some(path) = srx {
        options.rules = Some(Arc::new(rules(path)?));
    }
    Ok(options)
}

/// Says which rules of a file are not used, where the languages of what is cut are not known beforehand: the first few, and
/// how many.
pub(crate) fn warn_of_rules(cutting: &SegmentOptions, srx: Option<&Path>, terminal: Terminal) {
    const SHOWN: usize = 3;
    let (Some(rules), Some(path)) = (&cutting.rules, srx) else { return };
    let off = rules.switched_off();
    if off > 0 {
        terminal.warn(format_args!("{}: {}", path.display(), switched_off(off)), None);
    }
    let left_out = rules.left_out();
    let more = left_out.len().saturating_sub(SHOWN);
    for why in left_out.take(SHOWN) {
        terminal.warn(format_args!("{}: {why}", path.display()), Some(CUT_OTHERWISE));
    }
    if more > 0 {
        let count = counted(more, "more rule");
        terminal.warn(
            format_args!("{}: {count} cannot be used", path.display()),
            Some("`muqabala segment --srx` names those of a document's language"),
        );
    }
}

/// That so many rules are not used since their file says so.
pub(crate) fn switched_off(count: usize) -> String {
    let is = if count == 1 { "is" } else { "are" };
    format!("{} {is} switched off in the file itself, and not used", counted(count, "rule"))
}

/// What it means that a rule is not used.
pub(crate) const CUT_OTHERWISE: &str =
    "text may be cut otherwise there than in the tool that the rules come from";

fn rules(path: &Path) -> Result<segment::SegmentationRules> {
    let input = Input::from_argument(path);
    let bytes = read::read_bytes(&input, ReadOptions::default().max_size)?;
    let (text, _) = read::encoding::decode(&input.name(), bytes, &ReadOptions::default())?;
    // Rules that cannot be used are told of once it is known whether the document's language needs them.
    let import = segment::read_srx(&text, OnUntranslatable::LeaveOut).map_err(|e| {
        Failure::new(
            format!("{}: {e}", path.display()),
            "give an SRX file, such as your CAT tool or `muqabala segment --export-srx` writes",
        )
    })?;
    Ok(import.rules)
}
