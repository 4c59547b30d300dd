//! E-mail messages and archived web pages (EML, MHT) → blocks.
//!
//! In: a message of MIME. Out: its subject, and its text: of a page the main content, as of HTML; of a letter all that
//! is shown, of its HTML if it has both. Guarantee: other heads stay out; attachments are not opened, and counted.

use mail_parser::{ContentType, Message, MessageParser, MimeHeaders, PartType};

use super::flow::Flow;
use super::omitted::Omitted;
use super::{Format, Lines, ReadDocument, ReadError, ReadOptions, html, plain};
use crate::bitext::BlockKind;

/// Reads a message, or a page saved as one.
#[expect(clippy::needless_pass_by_value, reason = "all readers take the bytes")]
pub(crate) fn read(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<ReadDocument, ReadError> {
    let message = parsed(name, &bytes)?;
    if let Some(page) = page(&message) {
        let mut options = options.clone();
        // The message says it of itself, and was decoded so.
        options.encoding = None;
        let mut read = html::read(name, page.as_bytes().to_vec(), &options)?;
        (read.format, read.encoding) = (Format::Mail, None);
        return Ok(read);
    }
    Ok(letter(name, &message, options)?.into_read(name, Format::Mail))
}

/// All that is shown of a message or a page saved as one.
pub(super) fn whole(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Flow, ReadError> {
    let message = parsed(name, bytes)?;
    match page(&message) {
        Some(page) => html::whole(name, page, options),
        None => letter(name, &message, options),
    }
}

fn parsed<'b>(name: &str, bytes: &'b [u8]) -> Result<Message<'b>, ReadError> {
    MessageParser::default().parse(bytes).ok_or_else(|| ReadError::Damaged {
        name: name.to_owned(),
        message: "it has no heads of a message".to_owned(),
    })
}

/// The HTML of a message that is a page saved as one: it says where the page was, or has no sender.
fn page<'m>(message: &'m Message<'_>) -> Option<&'m str> {
    let saved = message.from().is_none() || message.header_raw("Snapshot-Content-Location").is_some();
    message.html_body.iter().filter_map(|&id| message.part(id)).find_map(|part| match &part.body {
        PartType::Html(html) if saved || part.content_location().is_some() => Some(&**html),
        _ => None,
    })
}

/// The subject and the text of a letter.
fn letter(name: &str, message: &Message<'_>, options: &ReadOptions) -> Result<Flow, ReadError> {
    let mut flow = Flow::new(options);
    if let Some(subject) = message.subject() {
        flow.open(BlockKind::Heading { level: 1 });
        flow.push_collapsed(subject);
        flow.close();
    }
    for part in message.html_body.iter().filter_map(|&id| message.part(id)) {
        match &part.body {
            PartType::Html(html) => flow.append(html::whole(name, html, options)?),
            PartType::Text(text) => {
                flow.append_document(&plain::read(text.clone().into_owned(), Lines::Joined).document);
            }
            _ => {}
        }
    }
    for part in &message.parts {
        let apart = part.content_disposition().is_some_and(ContentType::is_attachment);
        if apart || matches!(part.body, PartType::Message(_)) {
            flow.omit(Omitted::Attachment);
        }
    }
    Ok(flow)
}
