//! Configurations before anything is planned: what the description forbids, at the attribute.

use ngrok_api_model::check::{Violation, ViolationKind, validate};
use serde_json::Value as Json;

use super::{Provider, Result, decode};
use crate::convert;
use crate::diagnostic::{at, at_index, error, named, path};
use crate::proto::{AttributePath, Diagnostic, Diagnostics, Step, Validate};
use crate::schema::{Attribute, Lookup, Resource, Role, find};
use crate::value::is_known;

impl Provider {
    pub(crate) fn validate_resource(&self, request: &Validate) -> Result<Diagnostics> {
        let resource = self.resource(&request.type_name)?;
        let config = decode(&resource.attributes, request.config.as_ref())?;
        let capabilities = request.client_capabilities.clone().unwrap_or_default();
        let mut diagnostics = Vec::new();
        let allowed = capabilities.write_only_attributes_allowed;
        exclusive(&resource.attributes, &config, allowed, &[], &mut diagnostics);
        if diagnostics.is_empty() {
            diagnostics = self.violations(resource, &config);
        }
        Ok(Diagnostics { diagnostics })
    }

    /// Returns the violations of a body that creates a resource. Unknown values violate no rule.
    fn violations(&self, resource: &Resource, config: &Json) -> Vec<Diagnostic> {
        let Some(ty) = resource.kind.create.body_type() else { return Vec::new() };
        let known = is_known(config);
        let config = convert::with_aliased(&resource.attributes, config);
        let fields = convert::fields(&resource.attributes, &config).into();
        let body = resource.kind.creation(&fields).body.unwrap_or_default();
        let found = validate(self.model, ty, &body).into_iter();
        let certain = found.filter(|it| {
            let of_one =
                !matches!(it.kind, ViolationKind::Missing | ViolationKind::Rule);
            known || of_one && is_known(at_pointer(&config, &it.pointer))
        });
        let diagnostic = |it: Violation<'_>| {
            let place = path(&it.pointer, &resource.attributes);
            let code = it.error_code.map(|it| self.model.error_codes.written(it));
            let code = code.map(|it| format!(" ({it})")).unwrap_or_default();
            let diagnostic = error("Invalid configuration", format!("{it}{code}."));
            if place.steps.is_empty() { diagnostic } else { at(diagnostic, place) }
        };
        certain.map(diagnostic).collect()
    }

    pub(crate) fn validate_data(&self, request: &Validate) -> Result<Diagnostics> {
        let source = self.data_source(&request.type_name)?;
        let config = decode(&source.attributes, request.config.as_ref())?;
        if let Lookup::One { get, key, .. } = &source.lookup {
            let stated = |name: &String| !config[name].is_null();
            let parameters = || get.parameters.iter().map(|it| &it.wire);
            if !parameters().all(stated) && !key.iter().any(stated) {
                let names = parameters().chain(key).map(|it| format!("`{it}`"));
                let names = names.collect::<Vec<_>>().join(" or ");
                return Err(error("Nothing to look up by", format!("State {names}.")));
            }
        }
        Ok(Diagnostics::default())
    }
}

/// Returns the value at a JSON pointer, or the innermost one around it.
fn at_pointer<'v>(value: &'v Json, pointer: &str) -> &'v Json {
    let outer =
        || pointer.rfind('/').map_or(value, |at| at_pointer(value, &pointer[..at]));
    value.pointer(pointer).unwrap_or_else(outer)
}

/// Checks attributes of which exactly one or at most one can be stated: secrets and their write-only forms, names and
/// earlier names.
fn exclusive(
    attributes: &[Attribute],
    config: &Json,
    allowed: bool,
    place: &[Step],
    found: &mut Vec<Diagnostic>,
) {
    for own in attributes {
        let (Role::WriteOnly(of) | Role::Alias(of)) = &own.role else { continue };
        let Some(main) = find(attributes, of) else { continue };
        let required = main.written().is_some_and(|it| it.facts.presence.required);
        let (one, other) = (&config[of], &config[&own.name]);
        let message = match (one.is_null(), other.is_null()) {
            (true, true) if required => format!("State `{of}` or `{}`.", own.name),
            (false, false) => format!("State `{of}` or `{}`, not both.", own.name),
            (_, false) if !allowed && matches!(own.role, Role::WriteOnly(_)) => {
                format!("`{}` requires Terraform 1.11 or later; state `{of}`.", own.name)
            }
            _ => continue,
        };
        let steps = [place, &[named(of)]].concat();
        found.push(at(error("Invalid configuration", message), AttributePath { steps }));
    }
    for own in attributes {
        let value = &config[&own.name];
        let place = [place, &[named(&own.name)]].concat();
        let inner = own.ty.attributes();
        match value {
            Json::Object(_) => exclusive(inner, value, allowed, &place, found),
            Json::Array(items) => {
                for (at, value) in items.iter().enumerate() {
                    let place = [&place[..], &[at_index(at)]].concat();
                    exclusive(inner, value, allowed, &place, found);
                }
            }
            _ => {}
        }
    }
}
