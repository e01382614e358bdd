//! Lowering of a description to the model.
//!
//! Takes a [`Spec`]; returns a [`Model`] and all diagnostics. Lowering can fail, and then reports all errors
//! together. Names are declared before anything is resolved, so that order and cycles do not matter.

mod api;
mod choices;
mod clashes;
mod conventions;
mod declare;
mod docs;
mod error_codes;
mod fields;
mod graph;
mod operations;
mod outputs;
mod paths;
mod queries;
mod references;
mod services;
mod shapes;
mod tools;
mod type_expr;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Stage};
use crate::model::{Model, Type};
use crate::spec::{Span, Spec};

use declare::Declared;
pub(crate) use graph::heights;

/// Lowers a description. There is a model if and only if the description is complete and no diagnostic is an error.
/// For an incomplete description, only certain diagnostics are reported.
#[must_use]
pub fn lower(spec: &Spec) -> (Option<Model>, Diagnostics) {
    let mut declared = Declared::collect(spec);
    let mut diagnostics = std::mem::take(&mut declared.problems);
    let mut context = Context::new(spec, &declared, &mut diagnostics);
    references::check(&mut context);
    clashes::check_keywords(&mut context);
    let types = types::lower(&mut context);
    let services = services::lower(&types, &mut context);
    let api = api::lower(&mut context);
    let error_codes = error_codes::lower(&mut context);
    let mut model = Model { api, services, types, error_codes };
    queries::check_filters(&model, &mut context);
    graph::finish(&mut context, &mut model);
    operations::settle_instances(&mut context, &mut model);
    clashes::check_required(&model.types, &mut context);
    // Without unreadable parts, all others may be consequences of these: an unknown name may be defined there.
    let certain = |problem: &Diagnostic| problem.code.stage() == Stage::Certain;
    let diagnostics = diagnostics.into_iter().filter(|it| spec.whole || certain(it));
    // A problem of a field is found once for each shape that has it.
    let diagnostics = diagnostics.collect::<Diagnostics>().sorted().without_repeats();
    let sound = spec.whole && !diagnostics.has_errors();
    (sound.then_some(model), diagnostics)
}

/// Context of every step.
struct Context<'a> {
    spec: &'a Spec,
    declared: &'a Declared<'a>,
    diagnostics: &'a mut Diagnostics,
    /// Keys of fields with errors.
    invalid: BTreeSet<Span>,
}

impl<'a> Context<'a> {
    fn new(
        spec: &'a Spec,
        declared: &'a Declared<'a>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self { spec, declared, diagnostics, invalid: BTreeSet::new() }
    }

    /// Returns true if a field of a type has errors, so that its shapes may lack it.
    fn is_invalid(&self, name: &str, field: &str) -> bool {
        let fields = self.declared.get(name).and_then(|declared| declared.fields);
        let entry = fields.and_then(|fields| fields.get_key_value(field));
        entry.is_some_and(|(key, _)| self.invalid.contains(&key.span))
    }

    /// Reports an error, and its solution.
    fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::error(code, span, message).help(help));
    }

    /// Reports something that cannot be beside another, the location of that, and the solution.
    fn clash(
        &mut self,
        code: Code,
        (span, other): (Span, Span),
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic::error(code, span, message);
        self.diagnostics.push(problem.related(other, "the other one").help(help));
    }

    /// Reports a warning, and its solution.
    fn warning(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::warning(code, span, message).help(help));
    }
}

/// Types by their names in Rust.
type Types = BTreeMap<String, Type>;
