//! The command of one operation: its path parameters, query parameters and fields become arguments.

use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use ngrok_api_model::{
    Api, Body, Listing, Method, Model, Operation, Output, Parameter, Service, TypeRef,
};

use super::fields;
use crate::lookup::word;
use crate::prose;
use crate::shell::Shell;

/// What the argument of a path parameter is called within clap.
pub(crate) fn path_argument(wire: &str) -> String {
    format!("path {wire}")
}

/// Prefix of the flag that sets a path parameter by name.
pub(crate) const ID: &str = "flag ";

/// The command; without arguments unless `full`.
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

/// A positional argument and a flag of the same meaning for each parameter of the path.
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

/// The argument with IDs from the API as candidates for completion.
#[cfg(feature = "completion")]
fn with_candidates(
    argument: Arg,
    shell: &'static Shell,
    model: &'static Model,
    parameter: &'static Parameter,
) -> Arg {
    let TypeRef::Id { kinds, .. } = &parameter.ty else { return argument };
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
            Arg::new("filter")
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
        Arg::new(format!("query {}", query.wire))
            .long(word(&query.wire))
            .value_name("VALUE")
            .action(ArgAction::Append)
            .help(prose::summary(&query.docs))
    });
    command.args(queries).arg(
        Arg::new("max-items")
            .long("max-items")
            .value_name("N")
            .value_parser(value_parser!(u64))
            .help("Stops after this many items"),
    )
}

fn page_arguments(command: Command, api: &Api) -> Command {
    let limit = format!(
        "Fetches one page of this many items ({} to {})",
        api.limit_min, api.limit_max
    );
    command
        .arg(
            Arg::new("limit")
                .long(word(&api.limit_parameter))
                .value_name("N")
                .value_parser(value_parser!(u32))
                .help(limit),
        )
        .arg(
            Arg::new("page-size")
                .long("page-size")
                .value_name("N")
                .value_parser(value_parser!(u32))
                .conflicts_with_all(["limit", "resume"])
                .help("Fetches all pages, with this many items in each"),
        )
        .arg(
            Arg::new("before")
                .long(word(&api.cursor_parameter))
                .value_name("ID")
                .help("Lists the items after the one with this ID"),
        )
        .arg(
            Arg::new("resume")
                .long("resume")
                .value_name("CURSOR")
                .conflicts_with_all(["limit", "before"])
                .help("Continues a listing where an interrupted one ended"),
        )
}

/// `--body`, `--unset`, `--skeleton`, for operations with a body; under other names where fields are called so.
fn body_arguments(
    command: Command,
    operation: &Operation,
    flags: &[fields::FieldFlag<'_>],
) -> Command {
    if !matches!(operation.body, Body::Type(_)) {
        return command;
    }
    let long = |name: &str| {
        let taken = flags.iter().any(|own| own.flag == name);
        if taken { format!("request-{name}") } else { name.to_owned() }
    };
    command
        .arg(
            Arg::new("body")
                .long(long("body"))
                .short('f')
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .help("Reads the body from a JSON or YAML file, - for standard input; flags override it"),
        )
        .arg(
            Arg::new("unset")
                .long(long("unset"))
                .value_name("FIELD")
                .action(ArgAction::Append)
                .value_delimiter(',')
                .help("Sends null for a field"),
        )
        .arg(
            Arg::new("skeleton")
                .long(long("skeleton"))
                .action(ArgAction::SetTrue)
                .help("Prints a body with all fields as YAML, and sends nothing"),
        )
        .arg(
            Arg::new("edit")
                .long(long("edit"))
                .action(ArgAction::SetTrue)
                .help("Opens the body in $VISUAL or $EDITOR, and shows the changes before they are sent"),
        )
        .after_help(
            "String values may be @FILE, @- for standard input, or @@TEXT for a value that begins with @. Lists are \
             repeated, separated by commas, or JSON. Objects without their own fields here are JSON or YAML.",
        )
}

fn request_arguments(command: Command, operation: &Operation) -> Command {
    let command = command.arg(
        Arg::new("dry-run")
            .long("dry-run")
            .value_name("AS")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("request")
            .value_parser(["request", "curl"])
            .help("Prints the request, or with =curl a command that sends it, and sends nothing"),
    );
    if operation.method != Method::Delete {
        return command;
    }
    command.arg(
        Arg::new("yes")
            .long("yes")
            .short('y')
            .action(ArgAction::SetTrue)
            .help("Does not ask for confirmation"),
    )
}
