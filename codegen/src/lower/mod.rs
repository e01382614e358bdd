//! From what the files say to what they mean.
//!
//! Enters a [`Spec`]; leaves a [`Model`] and everything there is to say about the description. Lowering may fail, and
//! then tells all reasons at once. Names are declared before anything is resolved, so order and cycles are no trouble.

mod api;
mod apply;
mod clashes;
mod collisions;
mod constraints;
mod conventions;
mod declare;
mod deprecation;
mod docs;
mod enums;
mod error_codes;
mod fields;
mod filters;
mod graph;
mod instances;
mod keywords;
mod method;
mod operations;
mod outputs;
mod paths;
mod places;
mod queries;
mod references;
mod services;
mod shape;
mod shapes;
mod terraform;
mod type_expr;
mod types;
mod unions;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, Stage};
use crate::model::{Model, Type};
use crate::spec::Spec;

use declare::Declared;

/// Finds out what a description means. There is a model exactly if the description is whole and no diagnostic is an
/// error. Of a description that is not whole, only what is certain is said.
#[must_use]
pub fn lower(spec: &Spec) -> (Option<Model>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let declared = Declared::collect(spec, &mut diagnostics);
    let mut context =
        Context { spec, declared: &declared, diagnostics: &mut diagnostics };
    references::check(&mut context);
    keywords::check(&mut context);
    let mut types = types::lower(&mut context);
    let mut services = services::lower(&mut context);
    filters::check(&mut context, &services);
    let api = api::lower(&mut context);
    let error_codes = error_codes::lower(&mut context);
    graph::finish(&mut context, &services, &mut types);
    instances::settle(&mut context, &mut services, &types);
    clashes::report_required(&types, &mut context);
    if !spec.whole {
        // All others may only follow from what could not be read: an unknown name may be in what was left out.
        diagnostics.retain(|problem| problem.code.stage() == Stage::Certain);
    }
    // What is wrong with a field is found once for each shape that has it.
    let diagnostics = diagnostics.sorted().without_repeats();
    let model = Model { api, services, types, error_codes };
    let sound = spec.whole && !diagnostics.has_errors();
    (sound.then_some(model), diagnostics)
}

/// What every step needs.
struct Context<'a> {
    spec: &'a Spec,
    declared: &'a Declared<'a>,
    diagnostics: &'a mut Diagnostics,
}

/// Types by their names in Rust.
type Types = BTreeMap<String, Type>;
