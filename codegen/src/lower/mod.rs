//! From what the files say to what they mean.
//!
//! Enters a [`Spec`]; leaves a [`Model`] and everything there is to say about the description. Lowering may fail, and
//! then tells all reasons at once. Names are declared before anything is resolved, so order and cycles are no trouble.

mod api;
mod declare;
mod docs;
mod error_codes;
mod fields;
mod graph;
mod operations;
mod paths;
mod places;
mod services;
mod type_expr;
mod types;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::model::{Model, Type};
use crate::spec::Spec;

use declare::Declared;

/// Finds out what a description means. There is a model exactly if no diagnostic is an error.
#[must_use]
pub fn lower(spec: &Spec) -> (Option<Model>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let declared = Declared::collect(spec, &mut diagnostics);
    let mut context = Context { spec, declared: &declared, diagnostics: &mut diagnostics };
    let mut types = types::lower(&mut context);
    let services = services::lower(&mut context);
    graph::finish(&mut context, &services, &mut types);
    let model = Model {
        api: api::lower(&mut context),
        services,
        types,
        error_codes: error_codes::lower(&mut context),
    };
    let model = (!diagnostics.has_errors()).then_some(model);
    (model, diagnostics.sorted())
}

/// What every step needs.
struct Context<'a> {
    spec: &'a Spec,
    declared: &'a Declared,
    diagnostics: &'a mut Diagnostics,
}

/// Types by their names in Rust.
type Types = BTreeMap<String, Type>;
