//! `doctor`: what is on this machine that muqabala can use, and what each is for.

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Result;
use muqabala::export::readable::Bidi;

use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;

/// Whether something is there, and whether it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Found,
    /// Missing, and something optional is not to be had.
    Absent,
    /// Missing, and needed.
    Wanting,
}

/// A thing looked for.
#[derive(Debug)]
struct Row {
    state: State,
    what: String,
    /// What it is for; where it is missing also how to get it.
    purpose: String,
}

pub(crate) fn execute() -> Result<Exit> {
    let rows = [
        pdftotext(),
        tesseract(),
        office(),
        browser(),
        loopback(),
        temporary_folder(),
        embeddings(),
        terminal_order(),
    ];
    Terminal::write_results(|out| write(&rows, out))?;
    Ok(if rows.iter().any(|r| r.state == State::Wanting) { Exit::Below } else { Exit::Done })
}

fn write(rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(
        out,
        "muqabala {} on {} {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    )?;
    writeln!(
        out,
        "Text, Markdown, HTML, DOCX, ODT, EPUB, PPTX, XLSX, XLS and PDF are read without any other program.\n"
    )?;
    let width = rows.iter().map(|r| r.what.chars().count()).max().unwrap_or(0);
    for row in rows {
        let state = match row.state {
            State::Found => "found",
            State::Absent => "absent",
            State::Wanting => "MISSING",
        };
        writeln!(out, "{state:<8} {:<width$}  {}", row.what, row.purpose)?;
    }
    if rows.iter().any(|r| r.state == State::Wanting) {
        writeln!(out, "\nWhat is MISSING is needed.")
    } else if rows.iter().any(|r| r.state == State::Absent) {
        writeln!(out, "\nWhat is absent is optional.")
    } else {
        writeln!(out, "\nEverything is there.")
    }
}

fn pdftotext() -> Row {
    let program = on_path("pdftotext");
    let version = program.as_deref().and_then(|p| first_line(p, "-v"));
    match program {
        Some(path) => Row {
            state: State::Found,
            what: version.unwrap_or_else(|| path.display().to_string()),
            purpose: "reads PDF documents that are damaged or unusual".to_owned(),
        },
        None => Row {
            state: State::Absent,
            what: "pdftotext".to_owned(),
            purpose:
                "would read PDF documents that are damaged or unusual: install Poppler (Debian and Ubuntu: apt install poppler-utils; \
                      macOS: brew install poppler)"
                    .to_owned(),
        },
    }
}

fn tesseract() -> Row {
    match (on_path("tesseract"), on_path("pdftoppm")) {
        (Some(path), Some(_)) => Row {
            state: State::Found,
            what: first_line(&path, "--version").unwrap_or_else(|| path.display().to_string()),
            purpose: "recognises the text of scanned PDF documents (--ocr)".to_owned(),
        },
        (found, _) => Row {
            state: State::Absent,
            what: if found.is_some() { "pdftoppm, for tesseract" } else { "tesseract" }.to_owned(),
            purpose: "would recognise the text of scanned PDF documents (--ocr): install it (Debian and Ubuntu: apt \
                      install tesseract-ocr tesseract-ocr-ara poppler-utils; macOS: brew install tesseract \
                      tesseract-lang poppler)"
                .to_owned(),
        },
    }
}

fn office() -> Row {
    // No version is asked for: LibreOffice takes seconds to say it.
    match ["soffice", "libreoffice"].into_iter().find_map(on_path) {
        Some(path) => Row {
            state: State::Found,
            what: format!("LibreOffice, by {}", path.file_name().unwrap_or_default().to_string_lossy()),
            purpose: "reads DOC, PPT, WPS and RTF".to_owned(),
        },
        None => Row {
            state: State::Absent,
            what: "LibreOffice".to_owned(),
            purpose: "would read DOC, PPT, WPS and RTF: install it (Debian and Ubuntu: apt install \
                      libreoffice-writer libreoffice-impress; macOS: brew install libreoffice)"
                .to_owned(),
        },
    }
}

fn browser() -> Row {
    // What `review` tries, in its order; the address stands for any.
    let opener = open::commands("http://127.0.0.1/")
        .into_iter()
        .find_map(|command| on_path(command.get_program().to_str()?));
    match opener {
        Some(path) => Row {
            state: State::Found,
            what: format!("browser, by {}", path.file_name().unwrap_or_default().to_string_lossy()),
            purpose: "`review` opens its page with it".to_owned(),
        },
        None => Row {
            state: State::Absent,
            what: "browser".to_owned(),
            purpose:
                "would be opened by `review`: install xdg-utils and a browser, or open the address that \
                      `review` writes in any browser of this machine"
                    .to_owned(),
        },
    }
}

fn loopback() -> Row {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    Row {
        state: if bound.is_ok() { State::Found } else { State::Wanting },
        what: "127.0.0.1".to_owned(),
        purpose: match bound {
            Ok(_) => "`review` serves its page there, to this machine alone".to_owned(),
            Err(error) => format!("`review` could not serve its page there: {error}"),
        },
    }
}

fn temporary_folder() -> Row {
    let made = tempfile::tempfile();
    Row {
        state: if made.is_ok() { State::Found } else { State::Wanting },
        what: format!("temporary folder {}", std::env::temp_dir().display()),
        purpose: match made {
            Ok(_) => "`pipe`, `demo --review` and large TMX files use it".to_owned(),
            Err(error) => format!("it cannot be written to: {error}; set TMPDIR to a folder that can"),
        },
    }
}

fn embeddings() -> Row {
    let what = "sentence embeddings".to_owned();
    if cfg!(feature = "embeddings") {
        let purpose = "from a model folder (--embedding-model), or from files of vectors".to_owned();
        return Row { state: State::Found, what, purpose };
    }
    let purpose =
        "would be made by a model (--embedding-model): build with --features embeddings; files of vectors \
                   are read all the same (docs/embeddings.md)"
            .to_owned();
    Row { state: State::Absent, what, purpose }
}

fn terminal_order() -> Row {
    let by =
        Bidi::for_terminal(std::env::var("TERM").ok().as_deref(), &|name| std::env::var_os(name).is_some());
    let who = match by {
        Bidi::Terminal => "this terminal puts it in order itself",
        _ => "this terminal is not known to put it in order, so muqabala does",
    };
    Row {
        state: State::Found,
        what: "right-to-left text".to_owned(),
        purpose: format!("{who} (`--bidi` says otherwise)"),
    }
}

/// Where a program is on PATH.
fn on_path(program: &str) -> Option<PathBuf> {
    let names: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ""] } else { &[""] };
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths)
        .flat_map(|folder| names.iter().map(move |ending| folder.join(format!("{program}{ending}"))))
        .find(|path| is_program(path))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// The first line that a program writes of itself, such as its version.
fn first_line(program: &Path, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).stdin(Stdio::null()).output().ok()?;
    let text = [output.stdout, output.stderr].concat();
    let line = String::from_utf8_lossy(&text).lines().next()?.trim().to_owned();
    (!line.is_empty() && line.len() < 80).then_some(line)
}
