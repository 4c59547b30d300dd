//! Trados memories (`.sdltm`): SQLite databases.
//!
//! In: the database's file. Out: its units. Guarantee: it is opened for reading alone and not changed.
//!
//! Assumed, from memories as Trados Studio writes them: the table `translation_memories` has `source_language` and
//! `target_language`, the table `translation_units` has `source_segment` and `target_segment`, which
//! [`crate::formats::sdltm`] reads.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{Input, ReadError};
use crate::bitext::Sides;
use crate::formats::{FormatError, LeftOut, Multilingual, Several, Unit, sdltm};

/// The units of the memory `name`, which is `input` itself or stands packed in it.
pub(super) fn units(name: &str, input: &Input) -> Result<Multilingual, ReadError> {
    let path = match input {
        Input::File(path) if input.name() == name => path,
        _ => {
            return Err(ReadError::Refused {
                name: name.to_owned(),
                why: "a memory of Trados is read from a file of its own".to_owned(),
                hint: "unpack it, and give it by its name",
            });
        }
    };
    let file = read(path).map_err(|error| ReadError::Damaged {
        name: name.to_owned(),
        message: format!("it cannot be read as a memory of Trados: {error}"),
    })?;
    if file.units.is_empty() {
        return Err(ReadError::because(name, &FormatError::Nothing("unit")));
    }
    Ok(file)
}

fn read(path: &Path) -> rusqlite::Result<Multilingual> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    let languages = "SELECT source_language, target_language FROM translation_memories LIMIT 1";
    let codes: Sides<String> = connection
        .query_row(languages, [], |row| {
            let code = |at| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.unwrap_or_default());
            Ok(Sides::new(code(0)?, code(1)?))
        })
        .unwrap_or_default();
    let source = Some(codes.source.clone()).filter(|code| !code.is_empty());
    let mut file = Multilingual { source, ..Multilingual::default() };
    let mut statement =
        connection.prepare("SELECT source_segment, target_segment FROM translation_units ORDER BY rowid")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (source, target): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
        // A unit that was begun and not translated.
        let (Some(source), Some(target)) = (source, target) else {
            file.told.leave_out(LeftOut::OneSided);
            continue;
        };
        let (Ok(source), Ok(target)) = (sdltm::segment(&source), sdltm::segment(&target)) else {
            file.told.leave_out(LeftOut::Misplaced);
            continue;
        };
        let code = |own: String, all: &String| if own.is_empty() { all.clone() } else { own };
        let own = Sides::new(code(source.1, &codes.source), code(target.1, &codes.target));
        let texts = Sides::new(Some(source.0), Some(target.0));
        file.units.push(Several::of_sides(Unit::default(), own.as_ref().map(String::as_str), texts));
    }
    Ok(file)
}
