//! The files in which only some text varies: the manifest and the front page of the client, and the examples of what is
//! about no resource.

use std::fmt;

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use crate::example::showcase;
use crate::file_tree::FileTree;
use crate::model::{Model, Service, Type};
use crate::names::field_name;

use super::Templates;

/// A template that is none.
#[derive(Debug)]
pub struct TemplateError {
    path: String,
    source: minijinja::Error,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template `{}`: {:#}", self.path, self.source)
    }
}

impl std::error::Error for TemplateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Whether there is something in a service that callers are warned of.
fn has_deprecated(service: &Service) -> bool {
    let operations = &mut service.operations.iter();
    service.deprecated.is_some()
        || operations.any(|operation| operation.deprecated.is_some())
}

/// Whether a type has a field that callers are warned of.
fn has_deprecated_field(ty: &Type) -> bool {
    let Type::Record(record) = ty else { return false };
    record.fields.iter().any(|field| field.deprecated.is_some())
}

/// Fills in the varying templates.
pub(super) fn emit(
    model: &Model,
    templates: &Templates,
    tree: &mut FileTree,
) -> Result<(), TemplateError> {
    let environment = Environment::new();
    let shown = showcase(model);
    for (path, text) in &templates.varying {
        let values = context! {
            api => Value::from(Serde(&model.api)),
            deprecated => model.services.iter().any(has_deprecated)
                || model.types.values().any(has_deprecated_field),
            examples => &templates.examples,
            library => field_name(&model.api.crate_name),
            standalone => templates.standalone.as_ref().map(|it| Value::from(Serde(it))),
            shown => Value::from(Serde(&shown)),
            services => Value::from(Serde(&model.services)),
        };
        let filled = environment.render_str(text, values);
        let filled =
            filled.map_err(|source| TemplateError { path: path.clone(), source })?;
        // The engine drops the newline that ends a template.
        tree.insert(path, filled + "\n");
    }
    Ok(())
}
