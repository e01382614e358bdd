//! Typed filters: every filterable field of the description has a method; the filter that is sent is valid, and contains no other field.

use cel::common::ast::Expr;
use cel::{IdedExpr, Program};
use ngrok_client::blocking::Client;
use ngrok_codegen::model::Output;
use ngrok_conformance::{Examples, filters, model};
use ngrok_test_server::Server;
use serde_json::json;

use super::support::operations;

#[test]
fn every_field_that_lists_are_filtered_by_has_a_method() {
    let listed = operations().flat_map(|(_, operation)| {
        let fields = match &operation.output {
            Output::List(list) => list.filter.as_slice(),
            _ => &[],
        };
        fields.iter().map(|path| (operation.id.as_str(), path.as_str()))
    });
    let listed: Vec<_> = listed.collect();
    let found = filters::fields().iter().map(|field| (field.list, field.path));
    assert_eq!(found.collect::<Vec<_>>(), listed);
    assert!(!listed.is_empty(), "no fields were checked");
}

#[test]
fn a_filter_is_valid_and_contains_only_its_field() {
    let object = &model().api.filter_object;
    for field in filters::fields() {
        for text in (field.filters)() {
            let program = Program::compile(&text);
            let program = program.unwrap_or_else(|error| panic!("{text}: {error}"));
            let mut names = Vec::new();
            mentioned(program.expression(), &mut names);
            assert!(!names.is_empty(), "{text}");
            let own = format!("{object}.{}", field.path);
            // Some filters also use the ID.
            let id = format!("{object}.id");
            for name in names {
                let inside = name
                    .strip_prefix(&own)
                    .is_some_and(|rest| matches!(rest, "" | ".id"));
                assert!(inside || name == id, "{} {}: {text}", field.list, field.path);
            }
        }
    }
}

/// The server accepts it, with an item that has all fields, and one that has none.
#[test]
fn every_filter_that_compiles_is_accepted() {
    let server = Server::start().expect("there is a free port");
    let client = Client::builder().api_key(server.api_key()).base_url(server.url());
    let client = client.build().expect("key and address are fine");
    let (mut lists, mut asked) = (0, 0);
    for (_, operation) in operations() {
        let Output::List(list) = &operation.output else { continue };
        let own = filters::fields().iter().filter(|field| field.list == operation.id);
        let own: Vec<_> = own.collect();
        if own.is_empty() {
            continue;
        }
        let path = operation.path.to_string();
        for item in [Examples::new(model()).full(&list.item), json!({})] {
            server.add(&path, item).expect("it is a list");
        }
        for text in own.iter().flat_map(|field| (field.filters)()) {
            let count = |filter: &str| {
                let found = filters::count(&client, &path, &list.key, filter);
                found.unwrap_or_else(|error| {
                    panic!("{}: {filter}: {error}", operation.id)
                })
            };
            // Each item matches exactly one of them.
            assert_eq!(count(&text) + count(&format!("!({text})")), 2, "{text}");
            asked += 1;
        }
        lists += 1;
    }
    assert_eq!(lists, 19, "as many as ngrok documents");
    assert!(asked > 500, "only {asked} filters");
}

/// Collects the dotted names in an expression.
fn mentioned(expression: &IdedExpr, names: &mut Vec<String>) {
    match &expression.expr {
        Expr::Literal(_) => {}
        Expr::List(list) => {
            list.elements.iter().for_each(|element| mentioned(element, names));
        }
        Expr::Call(call) => {
            let parts = call.target.as_deref().into_iter().chain(&call.args);
            parts.for_each(|part| mentioned(part, names));
        }
        other => names.push(dotted(other).unwrap_or_else(|| format!("{other:?}"))),
    }
}

fn dotted(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Ident(name) => Some(name.clone()),
        Expr::Select(select) => {
            Some(format!("{}.{}", dotted(&select.operand.expr)?, select.field))
        }
        _ => None,
    }
}
