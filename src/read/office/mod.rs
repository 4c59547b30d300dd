//! Documents of office programs: ZIP containers of XML, and what came before them.

mod alternatives;
pub(crate) mod docx;
mod drawing;
pub(crate) mod odt;
pub(crate) mod old;
pub(crate) mod pptx;
mod relations;
mod styles;
pub(crate) mod xls;
pub(crate) mod xlsx;
