//! Documents of office programs: ZIP containers of XML.

pub mod docx;
pub mod odt;
pub mod pptx;
mod relations;
mod styles;
pub mod xlsx;
