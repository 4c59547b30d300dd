//! Relations between the parts of an OOXML container.

use std::collections::BTreeMap;

use crate::read::ReadError;
use crate::read::package::{Package, resolve};
use crate::read::xml::{self, Entities, Origin, Piece, Xml};

/// What one part says of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    /// Its identifier in the part, such as `rId3`.
    pub(super) id: String,
    /// The last step of its type's address, such as `footnotes`.
    pub(super) kind: String,
    /// The part related to.
    pub(super) target: String,
}

/// The relations of `part`, or of the whole container where it is empty; external ones are left out.
pub(super) fn of(package: &mut Package<'_>, name: &str, part: &str) -> Result<Vec<Relation>, ReadError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let path = format!("{folder}{}_rels/{file}.rels", if folder.is_empty() { "" } else { "/" });
    let Some(bytes) = package.part(&path)? else { return Ok(Vec::new()) };
    let origin = Origin { name, part: &path };
    let text = xml::decode(origin, bytes)?;
    let mut xml = Xml::new(origin, &text, Entities::Xml);
    let mut relations = Vec::new();
    loop {
        match xml.next_piece()? {
            Piece::Open(tag) if tag.name == "Relationship" => {
                let kind = tag.attribute("Type").unwrap_or_default();
                if tag.attribute("TargetMode").as_deref() != Some("External") {
                    relations.push(Relation {
                        id: tag.attribute("Id").unwrap_or_default(),
                        kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                        target: resolve(part, &tag.attribute("Target").unwrap_or_default()),
                    });
                }
            }
            Piece::End => return Ok(relations),
            _ => {}
        }
    }
}

/// The relations by their identifiers; of those that share one the first.
pub(super) fn by_id(relations: Vec<Relation>) -> BTreeMap<String, Relation> {
    let mut by_id = BTreeMap::new();
    for relation in relations {
        by_id.entry(relation.id.clone()).or_insert(relation);
    }
    by_id
}

/// The part that the container says is its document, else `usual`.
pub(super) fn main_part(package: &mut Package<'_>, name: &str, usual: &str) -> Result<String, ReadError> {
    let found = of(package, name, "")?.into_iter().find(|r| r.kind == "officeDocument");
    Ok(found.map_or_else(|| usual.to_owned(), |r| r.target))
}

/// The text of the part that `part` relates to as `kind`, and its name, if there is one.
pub(super) fn related(
    package: &mut Package<'_>,
    name: &str,
    relations: &[Relation],
    kind: &str,
) -> Result<Option<(String, String)>, ReadError> {
    let Some(relation) = relations.iter().find(|r| r.kind == kind) else { return Ok(None) };
    match package.part(&relation.target)? {
        Some(bytes) => {
            let text = xml::decode(Origin { name, part: &relation.target }, bytes)?;
            Ok(Some((relation.target.clone(), text)))
        }
        None => Ok(None),
    }
}
