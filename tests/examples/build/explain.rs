//! The requests of the examples that `cargo xtask explain` shows.

use std::fmt::Write;

use ngrok_codegen::example::{Example, example};
use ngrok_codegen::model::{Model, Operation, Output};

/// Returns a function that makes the request of each example.
pub(crate) fn requests(model: &Model) -> String {
    let mut calls = String::new();
    for service in &model.services {
        for operation in &service.operations {
            let example = example(service, operation, &[], model);
            write_call(&mut calls, operation, &example);
        }
    }
    format!(
        "pub fn requests(client: &Client) -> Vec<Sent> {{\n    vec![\n{calls}    ]\n}}\n"
    )
}

fn write_call(text: &mut String, operation: &Operation, example: &Example) {
    let Example { method, path, body, call, .. } = example;
    let first =
        if matches!(operation.output, Output::List(_)) { ".first_page()" } else { "" };
    let id = &operation.id;
    let _ = writeln!(
        text,
        "Sent {{ id: {id:?}, method: {method:?}, path: {path:?}, body: {body:?}, \
         request: (|| Ok({call}{first}.request()?))() }},"
    );
}
