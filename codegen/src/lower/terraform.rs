//! Names and values of the Terraform provider. Reports attributes that are no fields, and names that are taken.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::{Terraform, TerraformAttribute};
use crate::spec::{self, Resource, Spanned};

use super::Context;

/// The `terraform` block of a resource.
pub(super) fn lower(resource: &Resource, context: &mut Context) -> Option<Terraform> {
    let given = resource.terraform.as_ref()?;
    let mut attributes = BTreeMap::new();
    for entry in &given.attributes {
        if !resource.fields.contains_key(&entry.key) {
            let known = resource.fields.keys().map(|key| key.as_str());
            let help = did_you_mean(&entry.key, known)
                .unwrap_or_else(|| "name a field of this file".to_owned());
            let message = format!("there is no field `{}` here", *entry.key);
            context.error(Code::UnknownField, entry.key.span, message, help);
            continue;
        }
        for former in &entry.value.formerly {
            check_former(former, resource, context);
        }
        attributes.insert(entry.key.to_string(), attribute(&entry.value));
    }
    Some(Terraform {
        name: given.name.as_ref().map(ToString::to_string),
        plural: given.plural.as_ref().map(ToString::to_string),
        formerly: strings(&given.formerly),
        attributes,
    })
}

fn check_former(name: &Spanned<String>, resource: &Resource, context: &mut Context) {
    if resource.fields.contains_key(name) {
        let message = format!("`{}` is the name of another field", **name);
        let help = "an earlier name belongs to no other field: remove it";
        let problem =
            Diagnostic::error(Code::NameCollision, name.span, message).help(help);
        context.diagnostics.push(problem);
    }
}

fn attribute(given: &spec::TerraformAttribute) -> TerraformAttribute {
    TerraformAttribute {
        formerly: strings(&given.formerly),
        element: given.element.as_ref().map(ToString::to_string),
        computed: given.computed,
        touched: given.touched,
        default: given.default.as_ref().map(|it| (**it).clone()),
        retired: strings(&given.retired),
    }
}

fn strings(given: &[Spanned<String>]) -> Vec<String> {
    given.iter().map(ToString::to_string).collect()
}
