//! The command of one operation: its path parameters, query parameters and fields become arguments.

use clap::{Arg, ArgAction, Command, value_parser};
use ngrok_api_model::{
    Api, Body, Listing, Method, Model, Operation, Output, Parameter, Service,
};

use super::arguments::{body, dry_run, option, options, switch};
use super::fields;
use crate::lookup::word;
use crate::prose;
use crate::shell::Shell;

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

/// Returns the command; without arguments unless `full`.
pub(super) fn command(
    shell: &'static Shell,
    model: &'static Model,
    service: &'static Service,
    operation: &'static Operation,
    full: bool,
) -> Command {
    let mark = if operation.deprecated.is_some() { "(deprecated) " } else { "" };
    let command = Command::new(word(&operation.name))
        .about(format!("{mark}{}", prose::summary(&operation.docs)));
    if !full {
        return command;
    }
    let flags = fields::flags(shell, model, service, operation);
    let command = command
        .long_about(long_about(operation))
        .args(path_arguments(shell, model, operation))
        .args(flags.iter().flat_map(|flag| flag.arguments(model, &flags)));
    let command = match &operation.output {
        Output::List(listing) => list_arguments(command, model, operation, listing),
        _ => command,
    };
    let command = body_arguments(command, operation, &flags);
    request_arguments(command, operation)
}

fn long_about(operation: &Operation) -> String {
    let mut text = prose::text(&operation.docs);
    if let Some(going) = &operation.deprecated {
        text.push_str("\n\nDeprecated: ");
        text.push_str(&going.note);
    }
    text
}

/// Returns a positional argument and a flag of the same meaning for each path parameter.
fn path_arguments(
    shell: &'static Shell,
    model: &'static Model,
    operation: &'static Operation,
) -> Vec<Arg> {
    let several = operation.method == Method::Delete;
    let last = operation.parameters.len().saturating_sub(1);
    let mut arguments = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let flag_id = format!("{ID}{}", parameter.wire);
        let mut positional = Arg::new(path_argument(&parameter.wire))
            .value_name(word(&parameter.wire))
            .required_unless_present(flag_id.clone())
            .help(parameter_help(parameter, several && index == last));
        positional = with_candidates(positional, shell, model, parameter);
        if several && index == last {
            positional = positional.num_args(1..).action(ArgAction::Append);
        }
        arguments.push(positional);
        arguments.push(
            Arg::new(flag_id)
                .long(word(&parameter.wire))
                .value_name(word(&parameter.wire))
                .hide(true)
                .conflicts_with(path_argument(&parameter.wire)),
        );
    }
    arguments
}

/// Returns the argument with IDs from the API as candidates for completion.
#[cfg(feature = "completion")]
fn with_candidates(
    argument: Arg,
    shell: &'static Shell,
    model: &'static Model,
    parameter: &'static Parameter,
) -> Arg {
    let ngrok_api_model::TypeRef::Id { kinds, .. } = &parameter.ty else {
        return argument;
    };
    let ids = move || crate::call::completion::ids(shell, model, kinds);
    argument.add(clap_complete::ArgValueCandidates::new(ids))
}

#[cfg(not(feature = "completion"))]
fn with_candidates(
    argument: Arg,
    _shell: &'static Shell,
    _model: &'static Model,
    _parameter: &'static Parameter,
) -> Arg {
    argument
}

fn parameter_help(parameter: &Parameter, several: bool) -> String {
    let help = prose::summary(&parameter.docs);
    if several {
        format!("{help} (several, or - to read them from standard input)")
    } else {
        help
    }
}

fn list_arguments(
    mut command: Command,
    model: &Model,
    operation: &'static Operation,
    listing: &Listing,
) -> Command {
    let api = &model.api;
    if listing.paged {
        command = page_arguments(command, api);
    }
    if !listing.filter.is_empty() {
        command = command.arg(
            Arg::new(query_argument(&api.filter_parameter))
                .long(word(&api.filter_parameter))
                .value_name("EXPRESSION")
                .help(format!(
                    "Lists only matching items, such as '{}.{} == \"...\"'; fields: {}",
                    api.filter_object,
                    listing.filter.first().map_or("", String::as_str),
                    listing.filter.join(", ")
                )),
        );
    }
    let queries = operation.query.iter().map(|query| {
        Arg::new(query_argument(&query.wire))
            .long(word(&query.wire))
            .value_name("VALUE")
            .action(ArgAction::Append)
            .help(prose::summary(&query.docs))
    });
    command.args(queries).arg(
        option("max-items", "N", "Stops after this many items")
            .value_parser(value_parser!(u64)),
    )
}

fn page_arguments(command: Command, api: &Api) -> Command {
    let named = |wire: &str, value: &'static str| {
        Arg::new(query_argument(wire)).long(word(wire)).value_name(value)
    };
    let (limit, before) = (&api.limit_parameter, &api.cursor_parameter);
    let help = format!(
        "Fetches one page of this many items ({} to {})",
        api.limit_min, api.limit_max
    );
    command
        .arg(named(limit, "N").help(help))
        .arg(
            option("page-size", "N", "Fetches all pages, with this many items in each")
                .conflicts_with_all([query_argument(limit), "resume".to_owned()]),
        )
        .arg(named(before, "ID").help("Lists the items after the one with this ID"))
        .arg(
            option(
                "resume",
                "CURSOR",
                "Continues an interrupted listing at this cursor",
            )
            .conflicts_with_all([limit, before].map(|wire| query_argument(wire))),
        )
}

/// Returns `--body`, `--unset` and `--skeleton` for operations with a body; under other names if fields have these.
fn body_arguments(
    command: Command,
    operation: &Operation,
    flags: &[fields::FieldFlag<'_>],
) -> Command {
    if !matches!(operation.body, Body::Type(_)) {
        return command;
    }
    let arguments = [
        body(
            "Reads the body from a JSON or YAML file, - for standard input; flags override it",
        ),
        options("unset", "FIELD", "Sends null for a field").value_delimiter(','),
        switch(
            "skeleton",
            "Prints a body with all fields as YAML, without sending a request",
        ),
        switch(
            "edit",
            "Opens the body in $VISUAL or $EDITOR, and shows the changes before they are sent",
        ),
    ];
    let free = |argument: Arg| {
        let name = argument.get_id().as_str().to_owned();
        let taken = flags.iter().any(|own| own.flag == name);
        if taken { argument.long(format!("request-{name}")) } else { argument }
    };
    command.args(arguments.map(free)).after_help(
        "String values may be @FILE, @- for standard input, or @@TEXT for a value that begins with @. Lists are \
         repeated, separated by commas, or JSON. Objects without their own fields here are JSON or YAML.",
    )
}

fn request_arguments(command: Command, operation: &Operation) -> Command {
    let command = command.arg(dry_run());
    if operation.method != Method::Delete {
        return command;
    }
    command.arg(switch("yes", "Does not ask for confirmation").short('y'))
}
