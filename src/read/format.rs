//! The formats read. [`super::readers`] has what is known of each.

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Word.
    Docx,
    /// PowerPoint.
    Pptx,
    /// Excel.
    Xlsx,
    /// OpenDocument: text, and the text of spreadsheets and presentations.
    Odt,
    /// OpenDocument in one file of XML.
    FlatOdt,
    /// Excel's binary formats: XLS and XLSB.
    Xls,
    /// Older formats, through LibreOffice: DOC, PPT, WPS, RTF.
    Old,
    /// A book.
    Epub,
    /// PDF.
    Pdf,
    /// A web page.
    Html,
    /// An e-mail message, or a web page saved as one (MHT).
    Mail,
    /// Markdown (CommonMark with tables and footnotes).
    Markdown,
    /// Plain text: a line or, where it is wrapped, a paragraph is a block.
    Text,
    /// SubRip subtitles.
    Srt,
    /// WebVTT subtitles.
    Vtt,
    /// Subtitles of Advanced SubStation Alpha, or of its forerunner SSA.
    Ass,
    /// Subtitles of YouTube.
    Sbv,
    /// Plain text with one segment a line. Never detected: the user says so.
    Lines,
}
