//! Documents of office programs: ZIP containers of XML.

pub(crate) mod docx;
pub(crate) mod odt;
pub(crate) mod pptx;
mod relations;
mod styles;
pub(crate) mod xlsx;
