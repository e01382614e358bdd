//! Configurations before anything is planned: what the description forbids, at the attribute.

use ngrok_api_model::check::{ViolationKind, validate};
use serde_json::Value as Json;

use super::{Provider, decode};
use crate::diagnostic::{at, attribute, error, path};
use crate::proto::{AttributePath, Diagnostic, Diagnostics, Selector, Step, Validate};
use crate::schema::{Attribute, Lookup, Resource, Role, Type, find};
use crate::value::Value;
use crate::{convert, plan};

impl Provider {
    pub(crate) fn validate_resource(&self, request: &Validate) -> Diagnostics {
        let found = self.resource(&request.type_name).and_then(|resource| {
            let config = decode(request.config.as_ref())?;
            let allowed = request
                .client_capabilities
                .is_some_and(|it| it.write_only_attributes_allowed);
            let mut found = Vec::new();
            exclusive(
                &resource.attributes,
                &config,
                allowed,
                &mut Vec::new(),
                &mut found,
            );
            if found.is_empty() {
                found = self.violations(resource, &config);
            }
            Ok(found)
        });
        Diagnostics { diagnostics: found.unwrap_or_else(|diagnostic| vec![*diagnostic]) }
    }

    /// Returns the violations of a body that creates a resource. Unknown values violate no rule.
    fn violations(&self, resource: &Resource, config: &Value) -> Vec<Diagnostic> {
        let Some(ty) = &resource.create_type else { return Vec::new() };
        let known = config.is_known();
        let config = plan::with_aliases(&resource.attributes, config);
        let mut body = convert::body(&resource.attributes, &config);
        body.retain(|name, _| resource.kind.field(name).is_none_or(|it| !it.in_path));
        let found = validate(self.model, ty, &Json::Object(body)).into_iter();
        let certain = found.filter(|it| {
            known || !matches!(it.kind, ViolationKind::Missing | ViolationKind::Rule)
        });
        let diagnostic = |it: ngrok_api_model::check::Violation<'_>| {
            let place = path(&it.path, &resource.attributes);
            let code = it
                .error_code
                .map(|it| format!(" ({})", self.model.error_codes.written(it)));
            let detail = format!("{it}{}.", code.unwrap_or_default());
            let diagnostic = error("Invalid configuration", detail);
            if place.steps.is_empty() { diagnostic } else { at(diagnostic, place) }
        };
        certain.map(diagnostic).collect()
    }

    pub(crate) fn validate_data(&self, request: &Validate) -> Diagnostics {
        let found = self.data_source(&request.type_name).and_then(|source| {
            let config = decode(request.config.as_ref())?;
            let Lookup::One { get, key, .. } = &source.lookup else { return Ok(None) };
            let stated = |name: &String| !config.get(name).is_null();
            let found = get.parameters.iter().all(stated) || key.iter().any(stated);
            let names = get.parameters.iter().chain(key).map(|it| format!("`{it}`"));
            let names = names.collect::<Vec<_>>().join(" or ");
            Ok((!found)
                .then(|| error("Nothing to look up by", format!("State {names}."))))
        });
        let diagnostics = found.unwrap_or_else(|diagnostic| Some(*diagnostic));
        Diagnostics { diagnostics: diagnostics.into_iter().collect() }
    }
}

/// Checks attributes of which exactly one or at most one can be stated: secrets and their write-only forms, names and
/// earlier names.
fn exclusive(
    attributes: &[Attribute],
    config: &Value,
    allowed: bool,
    place: &mut Vec<Step>,
    found: &mut Vec<Diagnostic>,
) {
    for own in attributes {
        let (Role::WriteOnly(of) | Role::Alias(of)) = &own.role else { continue };
        let Some(main) = find(attributes, of) else { continue };
        let required = main.write.as_ref().is_some_and(|it| it.required);
        let (one, other) = (config.get(of), config.get(&own.name));
        let message = match (one.is_null(), other.is_null()) {
            (true, true) if required => format!("State `{of}` or `{}`.", own.name),
            (false, false) => format!("State `{of}` or `{}`, not both.", own.name),
            (_, false) if !allowed && matches!(own.role, Role::WriteOnly(_)) => {
                format!("`{}` requires Terraform 1.11 or later; state `{of}`.", own.name)
            }
            _ => continue,
        };
        let mut path = AttributePath { steps: place.clone() };
        path.steps.extend(attribute(of).steps);
        found.push(at(error("Invalid configuration", message), path));
    }
    for own in attributes {
        let value = config.get(&own.name);
        place.extend(attribute(&own.name).steps);
        match (&own.ty, value) {
            (Type::Object(inner), Value::Object(_)) => {
                exclusive(inner, value, allowed, place, found);
            }
            (Type::List(item), Value::List(items)) => {
                if let Type::Object(inner) = &**item {
                    for (at, item) in items
                        .iter()
                        .enumerate()
                        .filter(|(_, it)| matches!(it, Value::Object(_)))
                    {
                        let index = i64::try_from(at).unwrap_or(i64::MAX);
                        place.push(Step {
                            selector: Some(Selector::ElementKeyInt(index)),
                        });
                        exclusive(inner, item, allowed, place, found);
                        place.pop();
                    }
                }
            }
            _ => {}
        }
        place.pop();
    }
}
