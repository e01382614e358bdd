//! Files in which only text varies: the manifest and the front page of the client, facts about the API, and general
//! examples.

use std::fmt;

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use crate::example::showcase;
use crate::file_tree::FileTree;
use crate::model::{ErrorCodes, Model, Service, Type};
use crate::names::field_name;

use super::Templates;

/// Error for an invalid template.
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

/// Returns true if a service or a part of it is deprecated.
fn has_deprecated(service: &Service) -> bool {
    let operations = &mut service.operations.iter();
    service.deprecated.is_some()
        || operations.any(|operation| operation.deprecated.is_some())
}

/// Returns true if a type has a deprecated field.
fn has_deprecated_field(ty: &Type) -> bool {
    let Type::Record(record) = ty else { return false };
    record.fields.iter().any(|field| field.deprecated.is_some())
}

/// Renders the templates.
pub(super) fn emit(
    model: &Model,
    templates: &Templates,
    tree: &mut FileTree,
) -> Result<(), TemplateError> {
    let mut environment = Environment::new();
    environment.add_filter("rust", |text: String| format!("{text:?}"));
    let ErrorCodes { prefix, suffix, docs_url, .. } = &model.error_codes;
    let shown = showcase(model);
    for (path, text) in &templates.varying {
        let values = context! {
            api => Value::from(Serde(&model.api)),
            deprecated => model.services.iter().any(has_deprecated)
                || model.types.values().any(has_deprecated_field),
            errors => context! { prefix, suffix, docs_url },
            examples => &templates.examples,
            library => field_name(&model.api.crate_name),
            secrets => Value::from(Serde(&model.secret_keys())),
            standalone => templates.standalone.as_ref().map(|it| Value::from(Serde(it))),
            shown => Value::from(Serde(&shown)),
            services => Value::from(Serde(&model.services)),
        };
        let filled = environment.render_str(text, values);
        let filled =
            filled.map_err(|source| TemplateError { path: path.clone(), source })?;
        // The engine removes the final newline of a template.
        tree.insert(path, filled + "\n");
    }
    Ok(())
}
