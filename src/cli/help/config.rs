//! `config`: the settings that count at a place, and where each comes from.

use std::path::{Path, PathBuf};

use anyhow::Result;
use muqabala::settings::{KEYS, Kind, Trust, Value};
use serde_json::json;

use crate::cli::args::first::ConfigCommand;
use crate::cli::setup::settings;
use crate::cli::terminal::Terminal;
use crate::cli::terminal::exit::Exit;
use crate::cli::terminal::failure::Failure;

pub(crate) fn execute(command: &ConfigCommand, terminal: Terminal) -> Result<Exit> {
    if !command.place.exists() {
        return Err(Failure::new(
            format!("{} does not exist", command.place.display()),
            "name a document or a folder",
        )
        .into());
    }
    let folder = folder_of(&command.place);
    let found = settings::find(&folder)?;
    settings::tell(&found, terminal);
    let own = settings::own_file();
    Terminal::write_results(|out| {
        if command.json {
            let set = found.settings.iter().map(|setting| {
                let from = setting.from.to_string_lossy();
                (setting.key.name.to_owned(), json!({ "value": as_json(&setting.value), "from": from }))
            });
            let files: Vec<_> = found.files.iter().map(|file| file.to_string_lossy()).collect();
            let own = own.as_ref().map(|own| own.to_string_lossy());
            let set = serde_json::Value::Object(set.collect());
            return writeln!(out, "{}", json!({ "settings": set, "files": files, "own": own }));
        }
        for key in KEYS {
            match found.settings.iter().find(|setting| setting.key.name == key.name) {
                Some(set) => writeln!(out, "{}\t{}\t{}", key.name, shown(&set.value), set.from.display())?,
                None => writeln!(out, "{}\t-\t{}", key.name, expected(key.kind, key.trust))?,
            }
        }
        Ok(())
    })?;
    if found.files.is_empty() {
        terminal.note(format_args!("there is no {} in {} or above", settings::NAME, folder.display()));
    }
    if let Some(own) = own.filter(|own| !found.files.contains(own)) {
        terminal.note(format_args!("your own settings, for all folders, would stand in {}", own.display()));
    }
    Ok(Exit::Done)
}

fn folder_of(place: &Path) -> PathBuf {
    if place.is_dir() {
        return place.to_owned();
    }
    match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// What a key that is not set may hold.
fn expected(kind: Kind, trust: Trust) -> String {
    let kind = match kind {
        Kind::Text => "a text",
        Kind::Number => "a number",
        Kind::Flag => "true or false",
        Kind::Words => "a list of texts",
        Kind::Path => "a path",
        Kind::Paths => "a list of paths",
    };
    let own = if trust == Trust::UserAlone { ", in your own file alone" } else { "" };
    format!("({kind}{own})")
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Text(text) => text.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::Words(words) => words.join(", "),
        Value::Paths(paths) => paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", "),
    };
    text.replace(char::is_control, " ")
}

fn as_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) => json!(text),
        Value::Flag(flag) => json!(flag),
        Value::Words(words) => json!(words),
        Value::Paths(paths) => json!(paths.iter().map(|p| p.to_string_lossy()).collect::<Vec<_>>()),
    }
}
