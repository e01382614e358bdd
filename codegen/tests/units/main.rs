//! Functions of single modules.

mod architecture;
mod docs;
mod file_tree;
mod format;
mod internal;
mod names;
mod spec_values;
mod yaml_edit;
mod yaml_read;
mod yaml_text;
mod yaml_tree;
