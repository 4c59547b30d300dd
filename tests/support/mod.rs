//! What the test programs share: snapshots in `snapshots/`, running this program and others, documents, models, and
//! a review that is served.
#![allow(dead_code, reason = "each test program uses its own part")]

pub(crate) mod documents;
pub(crate) mod left_out;
pub(crate) mod models;
pub(crate) mod programs;
pub(crate) mod workbench;

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// Compares `content` with `snapshots/<area>/<name>.snap`.
pub(crate) fn check_snapshot(area: &str, name: &str, content: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(area));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, content));
}

/// The program, without anything of the environment that changes what it writes.
pub(crate) fn program() -> Command {
    let mut command = Command::cargo_bin("muqabala").expect("the binary of this package");
    for variable in [
        "SOURCE_DATE_EPOCH",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "TERM",
        "VTE_VERSION",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "XDG_RUNTIME_DIR",
    ] {
        command.env_remove(variable);
    }
    command.envs(own_folders());
    command
}

/// The signals that end a program from outside; without the end of the terminal where whoever runs the tests has it
/// ignored, as `nohup` does: programs that they start keep to that.
pub(crate) fn ending_signals() -> Vec<&'static str> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored =
        status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    let mut signals = vec!["-INT", "-TERM"];
    if ignored.is_some_and(|mask| mask & 1 == 1) {
        left_out::say("the end of a terminal (-HUP)", "since it is ignored here, as by nohup");
    } else {
        signals.push("-HUP");
    }
    signals
}

/// The program as a process, for what [`program`] cannot: to be spoken with while it runs.
pub(crate) fn plain() -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_muqabala"));
    command.envs(own_folders()).env_remove("XDG_RUNTIME_DIR");
    command
}

/// Folders in which programs look for settings and keep things, other than those of who runs the tests: settings of his
/// own change nothing, and no index of a test is left with him.
pub(crate) fn own_folders() -> impl Iterator<Item = (&'static str, PathBuf)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("user");
    ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"]
        .into_iter()
        .map(move |variable| (variable, folder.join(variable)))
}

/// What a run of the program gave.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in `folder`.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_with_input(folder, arguments, b"")
}

/// Runs the program in `folder` with `input` on its standard input.
pub(crate) fn run_with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let output = program()
        .current_dir(folder)
        .args(arguments)
        .write_stdin(input)
        .output()
        .expect("the program starts");
    Ran {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).expect("results are UTF-8"),
        err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}
