//! Query parameters of operations that are known.

use crate::model::{Operation as Known, Output, QueryParameter, Service};

use super::super::super::bear::Unit;
use super::super::super::document::{Operation, Parameter, Place};
use super::super::super::edit::{Change, Edit};
use super::super::make::{FileTypes, Owner};
use super::super::notes::NoteKind;
use super::super::service::{is_sent_anyway, query_field};
use super::{Merge, Why};

impl<'a, 'd> Merge<'a, 'd> {
    /// Adds the parameters that are new, and tells of those that are gone.
    pub(super) fn query(
        &mut self,
        operation: &Operation<'d>,
        service: &'a Service,
        known: &'a Known,
    ) {
        let own: Vec<_> =
            operation.parameters.iter().filter(|it| it.place == Place::Query).collect();
        self.pages(operation, known, &own);
        for parameter in &own {
            let usual = self.is_usual(parameter.name, known);
            let there = known.query.iter().find(|query| query.wire == parameter.name);
            match there {
                Some(there) => self.required_parameter(parameter, there, service, known),
                None if !usual => self.new_parameter(parameter, "query", service, known),
                None => {}
            }
        }
        let headers = operation.parameters.iter().filter(|it| it.place == Place::Header);
        for parameter in headers {
            let same = |name: &str| name.eq_ignore_ascii_case(parameter.name);
            let there = known.headers.iter().find(|header| same(&header.wire));
            match there {
                Some(there) => self.required_parameter(parameter, there, service, known),
                None if is_sent_anyway(parameter, self.conventions) => {}
                None => self.new_parameter(parameter, "headers", service, known),
            }
        }
        for query in &known.query {
            let there = own.iter().any(|parameter| parameter.name == query.wire);
            if !there && query.openapi {
                self.gone_parameter(operation, service, known, query);
            }
        }
    }

    fn is_usual(&self, name: &str, known: &Known) -> bool {
        let Output::List(listing) = &known.output else { return false };
        let conventions = self.conventions;
        let paging = conventions.paging.iter().any(|usual| usual == name);
        (paging && listing.paged) || conventions.filter == name
    }

    /// Tells where the document and the description do not agree on whether a parameter must be given.
    fn required_parameter(
        &mut self,
        parameter: &Parameter,
        there: &QueryParameter,
        service: &Service,
        known: &Known,
    ) {
        if parameter.required == there.required || self.conventions.own {
            return;
        }
        self.work_on_operation(service, known);
        let (name, id) = (parameter.name, &known.id);
        let message = if parameter.required {
            format!(
                "the document requires the parameter `{name}` of `{id}`, the description does not"
            )
        } else {
            format!(
                "the description requires the parameter `{name}` of `{id}`, the document does not"
            )
        };
        self.maker.notes.at(NoteKind::Undecided, &parameter.at, message);
    }

    /// What says otherwise than the description about pages and filters.
    fn pages(&mut self, operation: &Operation, known: &Known, own: &[&Parameter]) {
        let Output::List(listing) = &known.output else { return };
        let has = |name: &String| own.iter().any(|parameter| parameter.name == name);
        let paged = self.conventions.paging.iter().any(has);
        if paged && !listing.paged {
            let message = format!(
                "`{}` comes in pages in the document, and whole in the description",
                known.id
            );
            self.maker.notes.at(NoteKind::Undecided, &operation.at, message);
        }
        if has(&self.conventions.filter) && listing.filter.is_empty() {
            let message = format!(
                "`{}` takes a filter in the document; name the fields under `filter:`",
                known.id
            );
            self.maker.notes.at(NoteKind::Undecided, &operation.at, message);
        }
    }

    fn new_parameter(
        &mut self,
        parameter: &Parameter,
        section: &str,
        service: &Service,
        known: &Known,
    ) {
        let (name, noun, nouns) = (&service.resource, &service.noun, &service.nouns);
        let owner =
            Owner { name, noun, nouns, spots: &[], sent: false, resource: false };
        let mut types = FileTypes::default();
        let Some(value) = query_field(parameter, owner, &mut self.maker, &mut types)
        else {
            return;
        };
        let mut path = self.place(service, known);
        path.push(section.to_owned());
        let set = Change::Set { key: parameter.name.to_owned(), value, after: None };
        let mut edits = vec![(service.source.clone(), Edit::new(path.clone(), set))];
        edits.extend(types.edits(&service.source));
        path.push(parameter.name.to_owned());
        let what = Why {
            kind: NoteKind::Added,
            file: service.source.clone(),
            keys: path,
            at: Some(parameter.at.remark(String::new())),
            message: format!(
                "the {} `{}` of `{}`",
                if section == "query" { "query parameter" } else { "header" },
                parameter.name,
                known.id
            ),
        };
        self.units.push(Unit { what, edits, removed: None });
    }

    fn gone_parameter(
        &mut self,
        operation: &Operation,
        service: &Service,
        known: &Known,
        query: &QueryParameter,
    ) {
        let mut path = self.place(service, known);
        path.push("query".to_owned());
        let message = format!("the query parameter `{}` of `{}`", query.wire, known.id);
        let at = Some(operation.at.remark(String::new()));
        self.gone_key(&service.source, path, &query.wire, at, message);
    }
}
