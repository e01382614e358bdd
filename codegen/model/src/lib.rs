//! The model of an HTTP API: services, operations, types and error codes, with every reference resolved.
//!
//! A model is a plain value: it can be printed, compared and stored as JSON. Its users (emitters, engines, tests, `diff`) do not depend on
//! the files that it was lowered from. `cargo xtask generate` writes it compactly to `generated-client/cli/api.json`; [`Model::from_json`]
//! parses that.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
mod apply;
pub mod check;
mod client;
mod compact;
pub mod filter;
mod json;
mod operation;
mod path;
pub mod pointer;
mod rule;
mod service;
mod shape;
mod terraform;
mod type_ref;
mod types;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use api::{Api, ErrorCode, ErrorCodes, External, Retry};
pub use apply::{Apply, Equality, KeyField, OnDelete, Parent};
pub use json::JsonError;
pub use operation::{
    Body, Listing, Method, Operation, Output, Parameter, QueryParameter,
};
pub use path::{PathTemplate, Piece, Routes, Segment};
pub use rule::{Conditions, Derivation, ErrorFor, KeepsLast, Rule, Rules};
pub use service::{Deprecation, Service};
pub use shape::{Member, Shape};
pub use terraform::{Terraform, TerraformAttribute};
pub use type_ref::{Scalar, ScalarKind, TypeRef};
pub use types::{
    Choice, Constraint, ConstraintKind, Enum, Field, Presence, Record, Role, Type,
    Union, Variant,
};

/// A name as the description has it.
pub type Name = String;

/// Prose in Markdown, as the description has it.
pub type Docs = String;

/// Returns the first paragraph of a text, on one line.
#[must_use]
pub fn first_paragraph(prose: &str) -> String {
    let lines = prose.lines().map(str::trim).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// The example that documentation gives: the code after "such as".
#[must_use]
pub fn such_as(prose: &str) -> Option<String> {
    let prose = prose.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, rest) = prose.split_once("such as `")?;
    let (example, _) = rest.split_once('`')?;
    (!example.contains("...")).then(|| example.to_owned())
}

/// A whole API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Facts about the API as a whole.
    pub api: Api,
    /// Services, in the order of their accessors.
    pub services: Vec<Service>,
    /// Types by their names.
    pub types: BTreeMap<Name, Type>,
    /// Named error codes.
    pub error_codes: ErrorCodes,
}

impl Model {
    /// Returns the record of this name.
    #[must_use]
    pub fn record(&self, name: &str) -> Option<&Record> {
        match self.types.get(name)? {
            Type::Record(record) => Some(record),
            Type::Union(_) | Type::Enum(_) => None,
        }
    }

    /// Iterates over all operations, each with its service.
    pub fn operations(&self) -> impl Iterator<Item = (&Service, &Operation)> {
        self.services.iter().flat_map(|service| {
            service.operations.iter().map(move |operation| (service, operation))
        })
    }

    /// Iterates over the lists without path parameters, each with its service.
    pub fn lists(&self) -> impl Iterator<Item = (&Service, &Operation, &Listing)> {
        let all = self.operations().filter(|(_, one)| one.parameters.is_empty());
        all.filter_map(|(service, one)| Some((service, one, one.listing()?)))
    }

    /// Returns the operation of a method and a path without query, which may end with a slash.
    #[must_use]
    pub fn operation_at(&self, method: &str, path: &str) -> Option<&Operation> {
        let either = [path, path.trim_end_matches('/')];
        let fits = |template: &PathTemplate| {
            let mut matching = either.iter();
            matching.any(|it| template.arguments(it.split('/').skip(1)).is_some())
        };
        let operations = self.operations().map(|(_, operation)| operation);
        let matching = operations.filter(|operation| {
            operation.method.as_str() == method && fits(&operation.path)
        });
        // A literal segment takes precedence over a parameter.
        matching.min_by_key(|operation| operation.path.parameters().count())
    }

    /// Returns the known values of an enum, or of a list or map of it; none for other types.
    #[must_use]
    pub fn enum_values(&self, ty: &TypeRef) -> Vec<&str> {
        match ty.named().and_then(|name| self.types.get(name)) {
            Some(Type::Enum(known)) => {
                known.variants.iter().map(|own| &*own.wire).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the service whose file describes this type.
    #[must_use]
    pub fn home_of(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.types.iter().any(|own| own == name))
    }
}
