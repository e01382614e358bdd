//! The command of one operation: its path parameters, query parameters and fields become arguments.

use clap::{Arg, ArgAction, Command};
use ngrok_api_model::{Api, Body, Listing, Method, Operation, Output, Service};

use super::arguments::{arguments, dry_run, with_candidates};
use super::fields;
use crate::lookup::word;
use crate::prose;
use crate::shell::Program;

/// Returns the name in clap of the argument of a path parameter.
pub(crate) fn path_argument(wire: &str) -> String {
    format!("path {wire}")
}

/// Returns the name of the argument of a query parameter in clap.
pub(crate) fn query_argument(wire: &str) -> String {
    format!("query {wire}")
}

/// Prefix of the flag that sets a path parameter by name.
pub(crate) const ID: &str = "flag ";

/// Adds the arguments of an operation to its command.
pub(super) fn complete(
    command: Command,
    program: Program,
    service: &'static Service,
    operation: &'static Operation,
) -> Command {
    let model = program.model;
    let flags = fields::flags(program, service, operation);
    let command = command
        .long_about(long_about(operation))
        .args(path_arguments(program, operation))
        .args(flags.iter().flat_map(|flag| flag.arguments(program, &flags)));
    let command = match &operation.output {
        Output::List(listing) => list_arguments(command, &model.api, operation, listing),
        _ => command,
    };
    let command = body_arguments(command, operation, &flags).arg(dry_run());
    let yes = "-y, --yes  Does not ask for confirmation";
    command.args(arguments(if operation.method == Method::Delete { yes } else { "" }))
}

fn long_about(operation: &Operation) -> String {
    let http = format!("{} {}", operation.method.as_str(), operation.path);
    let body = operation.body_type().map(|name| format!("\nBody: {name}"));
    let returns = operation.output_type().map(|name| format!("\nReturns: {name}"));
    let request = [Some(http), body, returns].into_iter().flatten().collect();
    super::described(&operation.docs, operation.deprecated.as_ref(), [Some(request)])
}

/// Returns a positional argument and a flag of the same meaning for each path parameter.
fn path_arguments(program: Program, operation: &'static Operation) -> Vec<Arg> {
    let last = operation.parameters.last().map(|parameter| &parameter.wire);
    let several = last.filter(|_| operation.method == Method::Delete);
    let mut arguments = Vec::new();
    for parameter in &operation.parameters {
        let (wire, name) = (&parameter.wire, word(&parameter.wire));
        let flag = Arg::new(format!("{ID}{wire}"))
            .long(name.clone())
            .value_name(name.clone())
            .hide(true)
            .conflicts_with(path_argument(wire));
        let mut help = prose::summary(&parameter.docs);
        let mut positional = Arg::new(path_argument(wire))
            .value_name(name)
            .required_unless_present(flag.get_id());
        if several == Some(wire) {
            help.push_str(" (several, or - to read them from standard input)");
            positional = positional.num_args(1..).action(ArgAction::Append);
        }
        arguments.extend([
            with_candidates(positional.help(help), program, &parameter.ty),
            flag,
        ]);
    }
    arguments
}

fn list_arguments(
    command: Command,
    api: &Api,
    operation: &'static Operation,
    listing: &Listing,
) -> Command {
    let query = |wire: &str, value: &'static str, help: String| {
        Arg::new(query_argument(wire)).long(word(wire)).value_name(value).help(help)
    };
    let mut own = Vec::new();
    if listing.paged {
        let (limit, before) = (&api.limit_parameter, &api.cursor_parameter);
        let (limit_id, before_id) = (query_argument(limit), query_argument(before));
        let (least, most) = (api.limit_min, api.limit_max);
        let paging = arguments(
            "--page-size N  Fetches all pages, with this many items in each
            --resume CURSOR  Continues an interrupted listing at this cursor",
        );
        let others =
            [vec![limit_id.clone(), "resume".into()], vec![limit_id, before_id]];
        let paging = paging.into_iter().zip(others);
        own.extend(paging.map(|(argument, others)| argument.conflicts_with_all(others)));
        let help = format!("Fetches one page of this many items ({least} to {most})");
        own.insert(0, query(limit, "N", help));
        let help = "Lists the items after the one with this ID".to_owned();
        own.insert(2, query(before, "ID", help));
    }
    if let Some(first) = listing.filter.first() {
        let (object, fields) = (&api.filter_object, listing.filter.join(", "));
        let help = format!(
            "Lists only matching items, such as '{object}.{first} == \"...\"'; fields: {fields}"
        );
        own.push(query(&api.filter_parameter, "EXPRESSION", help));
    }
    let queries = operation.query.iter().map(|own| {
        query(&own.wire, "VALUE", prose::summary(&own.docs)).action(ArgAction::Append)
    });
    let most = arguments("--max-items N  Stops after this many items");
    command.args(own).args(queries).args(most)
}

/// Returns `--body`, `--unset` and others for operations with a body; under other names if fields have these.
fn body_arguments(
    command: Command,
    operation: &Operation,
    flags: &[fields::FieldFlag],
) -> Command {
    if !matches!(operation.body, Body::Type(_)) {
        return command;
    }
    let own = arguments(
        "-f, --body FILE  Reads the body from a JSON or YAML file, - for standard input, or from the argument if it begins with {; flags override it
        --unset FIELD,...  Sends null for a field
        --skeleton  Prints a body with all fields as YAML, without sending a request
        --edit  Opens the body in $VISUAL or $EDITOR, and shows the changes before they are sent",
    );
    let free = |argument: Arg| {
        let name = argument.get_id().as_str().to_owned();
        let taken = flags.iter().any(|own| own.flag == name);
        if taken { argument.long(format!("request-{name}")) } else { argument }
    };
    command.args(own.into_iter().map(free)).after_help(
        "String values may be @FILE, @- for standard input, or @@TEXT for a value that begins with @. Lists are \
         repeated, separated by commas, or JSON. Objects without their own fields here are JSON or YAML.",
    )
}
