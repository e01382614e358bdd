//! Output: takes values of known types; prints text in one of six formats.

mod columns;
mod csv;
mod format;
#[cfg(feature = "jq")]
mod jq;
mod list;
mod redact;
mod single;
mod table;
mod typed;

pub(crate) use columns::Column;
pub(crate) use format::{Color, Format};
#[cfg(feature = "jq")]
pub(crate) use jq::Condition;
#[cfg(feature = "mcp")]
pub(crate) use jq::select;
pub(crate) use list::ListPrinter;
pub(crate) use redact::redact;
pub(crate) use single::{print as print_single, yaml};
pub(crate) use typed::Typed;
