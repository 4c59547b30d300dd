//! How documents are cut, as typed → the library's options; the user's own rules are read here.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use muqabala::read::{self, Input, ReadOptions};
use muqabala::segment::{self, OnUntranslatable, SegmentOptions};

use crate::cli::terminal::failure::Failure;

/// The options of cutting into segments, by the rules of an SRX file if one is given.
pub(crate) fn options(srx: Option<&Path>) -> Result<SegmentOptions> {
    let mut options = SegmentOptions::default();
    if let Some(path) = srx {
        options.rules = Some(Arc::new(rules(path)?));
    }
    Ok(options)
}

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
