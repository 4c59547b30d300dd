//! Settings in files as the defaults of options: what is typed wins.
//!
//! In: what was typed. Out: the same, with what the files of settings say where nothing was typed. Guarantee: an option
//! that was typed is never changed, nor one that it excludes; a file that says something unfit is named.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::parser::ValueSource;
use clap::{ArgMatches, FromArgMatches};
use muqabala::settings::{self, FILE_NAME, Found, KEYS, Notice, Setting, SettingsError, Value};

use crate::cli::args::near::question;
use crate::cli::args::{Cli, Command, examples};
use crate::cli::files::Files;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::failure::Failure;

/// Puts the settings that count under what was typed.
pub(crate) fn under(
    cli: Cli,
    matches: &ArgMatches,
    arguments: &[OsString],
    terminal: Terminal,
) -> Result<Cli> {
    let Some(command) = cli.command.as_ref().filter(|_| !cli.no_settings) else { return Ok(cli) };
    let Some((name, typed)) = matches.subcommand() else { return Ok(cli) };
    if KEYS.iter().all(|key| !key.commands.contains(&name)) {
        return Ok(cli);
    }
    // A worker of a batch has the same settings; they were told once.
    let is_worker = matches!(command, Command::Batch(batch) if batch.as_worker.is_some());
    let terminal = if is_worker { Terminal::silent() } else { terminal };
    let found = find(&place(command))?;
    tell(&found, terminal);
    let wanted: Vec<&Setting> = found
        .settings
        .iter()
        .filter(|setting| setting.key.commands.contains(&name) && is_meant(command, setting))
        .collect();
    let (definitions, used) = with_defaults(name, typed, &wanted);
    if used.is_empty() {
        return Ok(cli);
    }
    let parsed = definitions.try_get_matches_from(arguments).and_then(|m| Cli::from_arg_matches(&m));
    let parsed = parsed.map_err(|error| {
        // What was typed was understood without them.
        let said = error.to_string();
        let said = said.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let files: Vec<String> = found.files.iter().map(|file| file.display().to_string()).collect();
        Failure::new(
            format!("{}: {said}", files.join(", ")),
            "correct the settings, or leave them out with --no-settings",
        )
    })?;
    for file in &found.files {
        let keys: Vec<&str> = used.iter().filter(|s| s.from == *file).map(|s| s.key.name).collect();
        if !keys.is_empty() {
            terminal.note(format_args!("settings  {}: {}", file.display(), keys.join(", ")));
        }
    }
    Ok(parsed)
}

/// The files of settings that a command reads.
pub(crate) fn read_by(cli: &Cli, matches: &ArgMatches) -> Vec<PathBuf> {
    let Some(command) = cli.command.as_ref().filter(|_| !cli.no_settings) else { return Vec::new() };
    let name = matches.subcommand_name().unwrap_or_default();
    if KEYS.iter().all(|key| !key.commands.contains(&name)) {
        return Vec::new();
    }
    // Files that cannot be read were told before.
    find(&place(command)).map(|found| found.files).unwrap_or_default()
}

/// The settings for documents in a folder.
pub(crate) fn find(folder: &Path) -> Result<Found> {
    let own = settings::own_file(|name| std::env::var_os(name));
    settings::find_fitting(folder, own.as_deref(), fits).map_err(|error| {
        let hint = match &error {
            SettingsError::Syntax { .. } => {
                "a line is `key = value`, texts in quotes; --no-settings leaves them out"
            }
            _ => "mend or remove the file, or leave it out with --no-settings",
        };
        Failure::new(error.to_string(), hint).into()
    })
}

/// Whether the option of its name takes what a setting holds; else what is wrong with it.
fn fits(setting: &Setting) -> Result<(), String> {
    let definitions = examples::command();
    let command = setting.key.commands.first().and_then(|name| definitions.find_subcommand(name));
    let option = command.and_then(|c| c.get_arguments().find(|a| a.get_long() == Some(setting.key.name)));
    let (Some(option), false) = (option, matches!(setting.value, Value::Flag(_))) else { return Ok(()) };
    // By itself: what the option has to do with others does not matter here.
    let mut alone = clap::Arg::new(setting.key.name)
        .long(setting.key.name)
        .action(clap::ArgAction::Append)
        .value_parser(option.get_value_parser().clone());
    if let Some(delimiter) = option.get_value_delimiter() {
        alone = alone.value_delimiter(delimiter);
    }
    let given = values(&setting.value).into_iter().map(|value| {
        let mut given = OsString::from(format!("--{}=", setting.key.name));
        given.push(value);
        given
    });
    let parsed = clap::Command::new("settings").no_binary_name(true).arg(alone).try_get_matches_from(given);
    parsed.map(|_| ()).map_err(|error| {
        let said = error.to_string();
        let lines = said.lines().map(str::trim).take_while(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join(" ").trim_start_matches("error: ").to_owned()
    })
}

/// The values of an option that a setting stands for.
fn values(value: &Value) -> Vec<OsString> {
    match value {
        Value::Text(text) => vec![text.into()],
        Value::Flag(_) => vec!["true".into()],
        // Words are given to their option as one list; none are as good as not set.
        Value::Words(words) if words.is_empty() => Vec::new(),
        Value::Words(words) => vec![words.join(",").into()],
        Value::Paths(paths) => paths.iter().map(OsString::from).collect(),
    }
}

/// Where the documents of a command are: the folder of the first that is named, else the current one.
fn place(command: &Command) -> PathBuf {
    let first = Files::of(command).first_input().map(Path::to_owned);
    match first {
        Some(path) if path.is_dir() => path,
        Some(path) if path.exists() => match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        },
        _ => PathBuf::from("."),
    }
}

/// Whether a setting is meant for this use of its command: a project that is there keeps what it was begun with.
fn is_meant(command: &Command, setting: &Setting) -> bool {
    match command {
        Command::Review(review) if review.target.is_none() => {
            matches!(setting.key.name, "reviewer" | "port" | "no-open")
        }
        _ => true,
    }
}

/// The definitions with the settings as defaults, and which of these count.
fn with_defaults<'s>(
    name: &str,
    typed: &ArgMatches,
    wanted: &[&'s Setting],
) -> (clap::Command, Vec<&'s Setting>) {
    let definitions = examples::command();
    let Some(own) = definitions.find_subcommand(name) else { return (definitions, Vec::new()) };
    let is_typed = |id: &str| typed.value_source(id) == Some(ValueSource::CommandLine);
    let used: Vec<(&'s Setting, String)> = wanted
        .iter()
        .filter_map(|setting| {
            let argument = own.get_arguments().find(|a| a.get_long() == Some(setting.key.name))?;
            let excluded =
                own.get_arguments().filter(|other| is_typed(other.get_id().as_str())).any(|other| {
                    let meets = |a, b: &clap::Arg| {
                        own.get_arg_conflicts_with(a).iter().any(|c: &&clap::Arg| c.get_id() == b.get_id())
                    };
                    meets(argument, other) || meets(other, argument)
                });
            let id = argument.get_id().as_str();
            (!is_typed(id) && !excluded).then(|| (*setting, id.to_owned()))
        })
        .filter(|(setting, _)| setting.value != Value::Flag(false) && !values(&setting.value).is_empty())
        .collect();
    let mut definitions = definitions;
    for (setting, id) in &used {
        // Definitions live as long as the program.
        let values: Vec<&'static OsStr> =
            values(&setting.value).into_iter().map(|value| &*Box::leak(value.into_boxed_os_str())).collect();
        definitions = definitions
            .mut_subcommand(name, |command| command.mut_arg(id, |argument| argument.default_values(values)));
    }
    (definitions, used.into_iter().map(|(setting, _)| setting).collect())
}

/// Says what of the files is not taken.
pub(crate) fn tell(found: &Found, terminal: Terminal) {
    for notice in &found.notices {
        let (file, what, hint) = match notice {
            Notice::Unknown { file, key } => {
                let near = question(key, KEYS.iter().map(|key| key.name));
                (file, format!("there is no setting `{key}`{near}"), "`muqabala config` lists the settings")
            }
            Notice::Wrong { file, key, expected } => {
                (file, format!("`{key}` is not {expected}"), "it is passed over until it is corrected")
            }
            Notice::Unfit { file, key, why } => {
                (file, format!("`{key}`: {why}"), "it is passed over until it is corrected")
            }
            Notice::Unusable { file, why } => {
                (file, why.clone(), "the file is passed over; a line is `key = value`, texts in quotes")
            }
            Notice::UserAlone { file, key } => (
                file,
                format!("`{key}` is not taken from a file beside documents, which may come from a stranger"),
                "set it in your own file; `muqabala config` says where that is",
            ),
            Notice::Outside { file, key, path } => (
                file,
                format!("`{key}` leads to {}, which is not in the folder of the file", path.display()),
                "put it there, or set it in your own file; `muqabala config` says where that is",
            ),
            _ => continue,
        };
        terminal.warn(format_args!("{}: {what}", file.display()), Some(hint));
    }
}

/// The user's own file of settings, whether it is there or not.
pub(crate) fn own_file() -> Option<PathBuf> {
    settings::own_file(|name| std::env::var_os(name))
}

/// The name that a file of settings has beside documents.
pub(crate) const NAME: &str = FILE_NAME;
