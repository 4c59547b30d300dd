//! Files with two languages that come packed: gzip, and ZIP containers of them.
//!
//! In: bytes. Out: the files in them, each with its name; a file that is not packed is itself. Known are `.gz`,
//! `.zip`, memoQ's `.mqxlz`, `.xlz` and packages of Trados such as `.sdlppx`: what is in them is told by its content.
//! Guarantee: nothing is written; all together unpacks to no more than [`ReadOptions::max_size`]; what is packed inside
//! what is packed is looked into twice, no deeper.

use std::io::Read as _;

use super::bilingual_format::BilingualFormat;
use super::not_text::{is_gzip_data, is_tar, is_zip_data, known_binary};
use super::package::{MOST_RATIO, Package, SMALL};
use super::unpacked::{Found, Unpacked};
use super::{ReadError, ReadOptions};

/// How often what is packed may be packed again.
pub(super) const MOST_DEPTH: usize = 2;

/// The files in the input `name`.
pub(super) fn unpack(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Unpacked, ReadError> {
    let mut found = Unpacked::default();
    let mut left = options.max_size;
    open(name, name, bytes, 0, &mut left, options, &mut found)?;
    Ok(found)
}

fn open(
    input: &str,
    name: &str,
    bytes: Vec<u8>,
    depth: usize,
    left: &mut u64,
    options: &ReadOptions,
    found: &mut Unpacked,
) -> Result<(), ReadError> {
    let gzip = is_gzip_data(&bytes);
    if !gzip
        && !is_tar(&bytes)
        && let Some(format) = BilingualFormat::detect(name, &bytes)
    {
        found.files.push(Found { name: name.to_owned(), bytes, format });
        return Ok(());
    }
    if depth < MOST_DEPTH && gzip {
        found.packed = true;
        let inner = gunzip(input, &bytes, *left)?;
        *left -= (inner.len() as u64).min(*left);
        let shorter = ["gz", "gzip", "tgz"].iter().find_map(|end| {
            let (stem, extension) = name.rsplit_once('.')?;
            extension.eq_ignore_ascii_case(end).then_some(stem)
        });
        return open(input, shorter.unwrap_or(name), inner, depth + 1, left, options, found);
    }
    let office =
        |package: &Package<'_>| package.names().iter().any(|n| n == "[Content_Types].xml" || n == "mimetype");
    if depth < MOST_DEPTH && is_zip_data(&bytes) {
        let bounded = ReadOptions { max_size: *left, ..options.clone() };
        let mut package = Package::open(input, &bytes, &bounded)?;
        if !office(&package) {
            found.packed = true;
            for part in package.names().into_iter().filter(|part| !part.ends_with('/')) {
                let Some(inner) = package.part(&part)? else { continue };
                *left -= (inner.len() as u64).min(*left);
                open(input, &part, inner, depth + 1, left, options, found)?;
            }
            return Ok(());
        }
    }
    let what = known_binary(&bytes).filter(|_| depth > 0 && is_tar(&bytes));
    found.others.push(what.map_or_else(|| name.to_owned(), |(what, _)| format!("{name} ({what})")));
    Ok(())
}

fn gunzip(name: &str, bytes: &[u8], left: u64) -> Result<Vec<u8>, ReadError> {
    let allowed = left.min((bytes.len() as u64).saturating_mul(MOST_RATIO).max(SMALL));
    let mut out = Vec::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes).take(allowed.saturating_add(1));
    decoder.read_to_end(&mut out).map_err(|e| ReadError::Damaged {
        name: name.to_owned(),
        message: format!("broken gzip data: {e}"),
    })?;
    if out.len() as u64 > allowed {
        return Err(if allowed == left {
            ReadError::TooLarge { name: name.to_owned(), limit: left }
        } else {
            ReadError::Refused {
                name: name.to_owned(),
                why: format!("it unpacks to more than {MOST_RATIO} times its size"),
                hint: "this is how bombs of packed data are made; if you trust the file, unpack it yourself",
            }
        });
    }
    Ok(out)
}
