//! Files in which only text varies: the manifest and the front page of the client, facts about the API, and general
//! examples.

use std::fmt;

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use crate::example::showcase;
use crate::file_tree::FileTree;
use crate::model::{ErrorCodes, Model};
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

/// Returns true if a service, an operation or a field is deprecated.
fn has_deprecated(model: &Model) -> bool {
    let records = model.types.keys().filter_map(|name| model.record(name));
    let mut fields = records.flat_map(|record| &record.fields);
    model.services.iter().any(|service| service.deprecated.is_some())
        || model.operations().any(|(_, operation)| operation.deprecated.is_some())
        || fields.any(|field| field.deprecated.is_some())
}

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
            deprecated => has_deprecated(model),
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
