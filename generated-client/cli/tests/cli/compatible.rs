//! Every command of `ngrok api` works unchanged: the table lists commands, positional arguments and flags.

use std::collections::BTreeMap;

use ngrok_api_model::{Operation, Output, Service};
use ngrok_codegen::example::example;
use serde_json::Value;

use crate::support::{for_each, imagining_server, model, run};

/// The commands of `ngrok api`; `-` marks those whose operations the API does not document.
const TABLE: &str = include_str!("data/ngrok-api-commands.tsv");

/// Flags of lists, which have a test of their own.
const LIST_FLAGS: [&str; 3] = ["--before-id", "--filter", "--limit"];

struct Row {
    words: Vec<&'static str>,
    /// Names of the positional arguments.
    positional: Vec<&'static str>,
    flags: Vec<&'static str>,
    service: &'static Service,
    operation: &'static Operation,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with(['#', '-']));
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let mut words = || -> Vec<_> {
            cells.next().unwrap_or_default().split_whitespace().collect()
        };
        let (words, positional, flags) = (words(), words(), words());
        let (service, operation) = find(&words);
        Row { words, positional, flags, service, operation }
    };
    lines.map(row).collect()
}

fn find(words: &[&str]) -> (&'static Service, &'static Operation) {
    let name: Vec<_> = words.iter().map(|word| word.replace('-', "_")).collect();
    let (last, path) = name.split_last().expect("a command");
    let service = model().services.iter().find(|service| service.accessor == path);
    let service = service.unwrap_or_else(|| panic!("no service {words:?}"));
    let operation = service.operations.iter().find(|one| one.name == *last);
    (service, operation.unwrap_or_else(|| panic!("no operation {words:?}")))
}

/// Returns the values of the path's parameters, by name.
fn parameters(row: &Row) -> BTreeMap<String, String> {
    let path = example(row.service, row.operation, &[], model()).path;
    let path = path.split('?').next().unwrap_or_default();
    let template = &row.operation.path;
    let values = template.arguments(path.split('/').skip(1)).expect("an example fits");
    let names = template.parameters().map(|name| name.replace('_', "-"));
    names.zip(values.into_iter().map(str::to_owned)).collect()
}

/// Returns the path's parameters as this command takes them: positional, or as flags.
fn path_arguments(row: &Row) -> Vec<String> {
    let mut parameters = parameters(row);
    let mut arguments = Vec::new();
    for name in &row.positional {
        let name = name.trim_matches(['<', '>']);
        arguments.push(
            parameters
                .remove(name)
                .unwrap_or_else(|| panic!("no {name}: {:?}", row.words)),
        );
    }
    arguments.extend(parameters.iter().map(|(name, value)| format!("--{name}={value}")));
    arguments
}

/// The fields of a body as flags.
fn as_flags(prefix: &str, value: &Value, known: &[&str], flags: &mut Vec<String>) {
    match value {
        Value::Object(object) if !known.contains(&&*format!("--{prefix}")) => {
            for (key, value) in object {
                let word = key.replace('_', "-");
                let name =
                    if prefix.is_empty() { word } else { format!("{prefix}.{word}") };
                as_flags(&name, value, known, flags);
            }
        }
        Value::Object(object) => {
            for (key, value) in object {
                let value =
                    value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                flags.push(format!("--{prefix}={key}={value}"));
            }
        }
        Value::Array(items) => {
            for item in items {
                let item = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
                flags.push(format!("--{prefix}={item}"));
            }
        }
        Value::String(text) => flags.push(format!("--{prefix}={text}")),
        other => flags.push(format!("--{prefix}={other}")),
    }
}

#[test]
fn every_command_runs() {
    let server = imagining_server();
    for_each(&rows(), |row| {
        let sent = example(row.service, row.operation, &[], model());
        let mut arguments: Vec<String> =
            row.words.iter().map(|word| (*word).to_owned()).collect();
        arguments.extend(path_arguments(row));
        if let Some(body) = &sent.body {
            let body: Value = body.parse().map_err(|error| format!("{error}"))?;
            let prefix =
                if row.operation.openapi_body.is_some() { "module" } else { "" };
            as_flags(prefix, &body, &row.flags, &mut arguments);
        }
        let ran = run(server, &arguments);
        let nothing = matches!(row.operation.output, Output::Nothing);
        let fits =
            ran.code == Some(0) && ran.err.is_empty() && ran.out.is_empty() == nothing;
        if fits { Ok(()) } else { Err(format!("{arguments:?}: {ran:?}")) }
    });
}

#[test]
fn every_flag_is_known() {
    for_each(&rows(), |row| {
        let mut arguments: Vec<String> =
            row.words.iter().map(|word| (*word).to_owned()).collect();
        arguments.extend(path_arguments(row));
        let given = arguments.clone();
        let is_given =
            |flag: &str| given.iter().any(|one| one.starts_with(&format!("{flag}=")));
        let flags = row
            .flags
            .iter()
            .filter(|flag| !LIST_FLAGS.contains(flag) && !is_given(flag));
        // Alternatives to a flag cannot be given together with it.
        let flags = flags
            .filter(|flag| !flag.ends_with("-file") && !flag.ends_with("policy-url"));
        arguments.extend(flags.map(|flag| format!("{flag}=true")));
        if arguments.len() == given.len() {
            return Ok(());
        }
        let described = !matches!(row.operation.body, ngrok_api_model::Body::Empty);
        arguments.push(if described { "--skeleton" } else { "--dry-run" }.to_owned());
        let ran = run(imagining_server(), &arguments);
        if ran.code == Some(0) {
            Ok(())
        } else {
            Err(format!("{arguments:?}: {}", ran.err))
        }
    });
}

#[test]
fn bodies_are_sent_as_given() {
    let rows: Vec<_> = rows().into_iter().filter(|row| !row.flags.is_empty()).collect();
    for_each(&rows, |row| {
        let sent = example(row.service, row.operation, &[], model());
        let Some(body) = &sent.body else { return Ok(()) };
        let body: Value = body.parse().map_err(|error| format!("{error}"))?;
        let mut arguments: Vec<String> =
            row.words.iter().map(|word| (*word).to_owned()).collect();
        arguments.extend(path_arguments(row));
        let prefix = if row.operation.openapi_body.is_some() { "module" } else { "" };
        as_flags(prefix, &body, &row.flags, &mut arguments);
        arguments.extend(["--dry-run".to_owned(), "--show-secrets".to_owned()]);
        let ran = run(imagining_server(), &arguments);
        let printed = ran.out.split_once("\n\n").map_or("", |(_, body)| body);
        let printed: Value =
            printed.parse().map_err(|error| format!("{error}: {ran:?}"))?;
        if printed == body {
            Ok(())
        } else {
            Err(format!("{arguments:?}: {printed} instead of {body}"))
        }
    });
}
