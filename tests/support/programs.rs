//! Real programs that the tests run: where they are, and running them.
//!
//! `scripts/test` installs the programs and names them in the environment. What is not named is left out, with a
//! line that says so.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use super::left_out;

/// What `variable` says of a tool; without it, says that `what` is left out.
pub(crate) fn tool(variable: &str, what: &str) -> Option<OsString> {
    let value = std::env::var_os(variable).filter(|v| !v.is_empty());
    if value.is_none() {
        left_out::say(what, &format!("since {variable} is not set"));
    }
    value
}

/// Runs a program that must succeed, at home in `home`; gives its standard output and its messages.
pub(crate) fn succeed(program: &OsString, arguments: &[OsString], home: &Path) -> (String, String) {
    let output = assert_cmd::Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .env("PYTHONUTF8", "1")
        .env("HOME", home)
        .timeout(Duration::from_mins(5))
        .output()
        .unwrap_or_else(|e| panic!("{}: {e}", program.display()));
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}: {}\n{out}\n{err}", program.display(), output.status);
    (out.into_owned(), err.into_owned())
}

/// Puts a shell script under the name `pdftotext` in `folder`.
#[cfg(unix)]
pub(crate) fn stand_in_for_pdftotext(folder: &Path, script: &str) {
    stand_in(folder, "pdftotext", script);
}

/// Puts a shell script under the name of a program in `folder`.
///
/// A shell writes it: had this process the file open, a program that another test starts at that moment would hold it
/// open too, and the system runs no file that somebody may still write to.
#[cfg(unix)]
pub(crate) fn stand_in(folder: &Path, name: &str, script: &str) {
    assert_cmd::Command::new("sh")
        .args(["-c", r#"cat >"$0" && chmod 755 "$0""#])
        .arg(folder.join(name))
        .write_stdin(format!("#!/bin/sh\n{script}\n"))
        .assert()
        .success();
}

/// The settings of a project of OmegaT from Arabic to English; `segmenting` says whether it cuts paragraphs
/// into sentences.
pub(crate) fn omegat_project(segmenting: bool) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>ar</source_lang><target_lang>en</target_lang>
<sentence_seg>{segmenting}</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"#
    )
}
