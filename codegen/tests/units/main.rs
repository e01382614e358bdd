//! Public functions of single modules.

mod names;
mod spec_values;
mod yaml_edit;
mod yaml_text;
mod yaml_tree;
