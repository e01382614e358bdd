//! The resource for general examples: the smallest that can be created, listed, filtered by time and string, and
//! deleted.

use serde::Serialize;

use crate::model::{Body, ErrorCode, Field, Model, Output, Scalar, Service, TypeRef};
use crate::names::{constant_name, field_name};

use super::formats;
use super::program::accessor;
use super::roles::Roles;

/// The names that programs need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Showcase {
    /// Accessors of its service: `client.ip_policies()`.
    pub calls: String,
    /// Variable for one.
    pub one: String,
    /// Variable for many.
    pub all: String,
    /// Method that creates one.
    pub create: String,
    /// Method that lists them.
    pub list: String,
    /// Method that deletes one.
    pub delete: String,
    /// Type of the body that creates one, without required fields.
    pub body: String,
    /// Filterable string field that can be set.
    pub text: String,
    /// Sample value of the field, as Rust.
    pub sample: String,
    /// Maximum length of the field.
    pub longest: u32,
    /// Filterable time field.
    pub time: String,
    /// Constant of an error of the resource.
    pub code: Option<String>,
    #[serde(skip)]
    size: usize,
}

/// Returns the resource, if there is one.
#[must_use]
pub fn showcase(model: &Model) -> Option<Showcase> {
    let found = model.services.iter().filter_map(|service| of(service, model));
    found.min_by_key(|found| found.size)
}

fn of(service: &Service, model: &Model) -> Option<Showcase> {
    let supported = service.deprecated.is_none() && service.accessor.len() == 1;
    service.fetch.as_ref()?;
    let resource = model.record(&service.resource).filter(|_| supported)?;
    let roles = Roles::of(service);
    let create = roles.create.filter(|create| create.parameters.is_empty())?;
    let (list, delete) = (roles.list?, roles.delete?);
    let Body::Type(body) = &create.body else { return None };
    let body = model.record(body).filter(|body| body.required().next().is_none())?;
    let Output::List(listing) = &list.output else { return None };
    let filtered = |field: &&Field| listing.filter.contains(&field.wire);
    let is = |scalar: Scalar| move |field: &&Field| field.ty == TypeRef::Scalar(scalar);
    let mut times =
        resource.fields.iter().filter(filtered).filter(is(Scalar::Timestamp));
    let mut texts = body.fields.iter().filter(filtered).filter(is(Scalar::String));
    let (text, longest) = texts.find_map(|text| Some((text, text.rules.longest()?)))?;
    Some(Showcase {
        calls: accessor(service),
        one: field_name(&service.noun),
        all: field_name(&service.nouns),
        create: field_name(&create.name),
        list: field_name(&list.name),
        delete: field_name(&delete.name),
        body: body.name.clone(),
        text: field_name(&text.wire),
        sample: format!("{:?}", formats::text(text)),
        longest,
        time: field_name(&times.next()?.wire),
        code: last_code(service, model).map(|code| constant_name(&code.name)),
        size: resource.fields.len(),
    })
}

/// Returns the last of the codes whose topic is the service.
fn last_code<'m>(service: &Service, model: &'m Model) -> Option<&'m ErrorCode> {
    let mut codes = model.error_codes.codes.values();
    codes.rfind(|code| service.accessor.last() == Some(&code.topic))
}
