//! Writes the examples of all operations as functions: two programs for each, and its call.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use ngrok_codegen::example::{Example, example};
use ngrok_codegen::load;
use ngrok_codegen::model::{Model, Operation, Output};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-spec");
    println!("cargo::rerun-if-changed={}", folder.display());
    let model = load(&folder).model.expect("a description without errors");
    let target =
        Path::new(&env::var("OUT_DIR").expect("cargo says where")).join("examples.rs");
    fs::write(target, written(&model)).expect("a new file");
}

fn written(model: &Model) -> String {
    let (mut programs, mut calls) = (String::new(), String::new());
    for service in &model.services {
        for operation in &service.operations {
            let example = example(service, operation, &[], model);
            write_programs(&mut programs, operation, &example);
            write_call(&mut calls, operation, &example);
        }
    }
    format!(
        "{programs}\npub fn requests(client: &Client) -> Vec<Sent> {{\n    vec![\n{calls}    ]\n}}\n"
    )
}

fn write_programs(text: &mut String, operation: &Operation, example: &Example) {
    let (id, result) = (&operation.id, "Result<(), Box<dyn std::error::Error>>");
    let (asynchronous, blocking) = (&example.asynchronous, &example.blocking);
    let _ = writeln!(
        text,
        "pub async fn Async{id}() -> {result} {{\n{asynchronous}Ok(())\n}}"
    );
    let _ = writeln!(text, "pub fn Blocking{id}() -> {result} {{\n{blocking}Ok(())\n}}");
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
