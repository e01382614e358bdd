//! The arguments of the commands.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};

/// The commands, for the tree of all commands.
pub(crate) fn commands() -> Vec<Command> {
    vec![plan(), apply(), destroy(), export(), import(), validate()]
}

/// Names of the commands.
pub(crate) const NAMES: [&str; 6] =
    ["plan", "apply", "destroy", "export", "import", "validate"];

fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

fn files() -> Arg {
    Arg::new("files")
        .value_name("FILE")
        .action(ArgAction::Append)
        .num_args(1..)
        .required(true)
        .help("YAML files, directories of YAML files, or - for standard input")
}

/// The file of the state; without the argument, in this folder.
fn state(folder: &str) -> Arg {
    Arg::new("state")
        .long("state")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help(format!(
            "File that remembers what was applied [default: PROGRAM.state.json {folder}]"
        ))
}

fn prune() -> Arg {
    switch("prune", "Deletes what was applied from these files and is no longer in them")
}

fn delete_retained() -> Arg {
    switch("delete-retained", "Deletes retained resources as well")
}

fn yes() -> Arg {
    switch("yes", "Applies without asking").short('y')
}

fn parallel() -> Arg {
    Arg::new("parallel")
        .long("parallel")
        .value_name("N")
        .value_parser(value_parser!(u16).range(1..=64))
        .default_value("4")
        .help("Maximum number of requests at a time")
}

fn plan() -> Command {
    Command::new("plan")
        .about("Show what apply would change")
        .after_help("Exit codes: 0 no changes, 2 changes, 1 or above 2 failure.")
        .arg(files())
        .arg(state("beside the first file"))
        .arg(prune())
        .arg(delete_retained())
        .arg(
            Arg::new("graph")
                .long("graph")
                .value_name("FORMAT")
                .value_parser(["mermaid", "svg"])
                .help("Prints resources and references as a graph"),
        )
}

fn apply() -> Command {
    Command::new("apply")
        .about("Create, change and delete resources until they are as the files state")
        .arg(files())
        .arg(state("beside the first file"))
        .arg(prune())
        .arg(delete_retained())
        .arg(yes())
        .arg(parallel())
        .arg(
            Arg::new("secrets")
                .long("secrets")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help(
                    "Writes secrets that the API returns only on creation to a new file",
                ),
        )
}

fn destroy() -> Command {
    Command::new("destroy")
        .about("Delete every resource that was applied, except retained ones")
        .arg(state("in the current directory"))
        .arg(delete_retained())
        .arg(yes())
        .arg(parallel())
}

fn export() -> Command {
    Command::new("export")
        .about("Print the resources of the account as a file for apply")
        .after_help(
            "IDs become references, and secrets placeholders for environment variables. With --show-secrets, secrets \
             that the API returns are printed.",
        )
        .arg(
            Arg::new("kinds")
                .value_name("KIND")
                .action(ArgAction::Append)
                .num_args(0..)
                .help("Kinds of resources; all if there is none"),
        )
}

fn import() -> Command {
    Command::new("import")
        .about("Take over an existing resource, and print what to add to the files")
        .arg(
            Arg::new("address")
                .value_name("KIND.NAME")
                .required(true)
                .help("Kind and the name that the files give it, such as KIND.office"),
        )
        .arg(Arg::new("id").value_name("ID").required(true).help("ID of the resource"))
        .arg(state("in the current directory"))
}

fn validate() -> Command {
    Command::new("validate")
        .about("Check files without sending a request, or print their JSON Schema")
        .arg(files().required_unless_present("schema").required(false))
        .arg(switch("schema", "Prints the JSON Schema of the files, for editors"))
}
