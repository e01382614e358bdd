//! Commands that every program has, whatever its API.

use clap::{Arg, ArgAction, Command};
/// The commands.
pub(super) fn commands() -> Vec<Command> {
    let mut commands =
        vec![auth(), commands_command(), edit(), explain(), quota(), raw()];
    #[cfg(feature = "jq")]
    commands.push(wait());
    #[cfg(feature = "completion")]
    commands.push(completion());
    #[cfg(feature = "man")]
    commands.push(man());
    #[cfg(feature = "state")]
    commands.extend(crate::state::commands());
    commands
}

/// Words that name a command, and what follows them.
fn words(id: &'static str, help: &'static str) -> Arg {
    Arg::new(id).value_name(id.to_uppercase()).action(ArgAction::Append).help(help)
}

fn edit() -> Command {
    Command::new("edit")
        .about(
            "Change a resource in $EDITOR: the same as its update command with --edit",
        )
        .arg(
            words("command", "Service and ID, such as `ip-policies ID`")
                .required(true)
                .num_args(2..),
        )
}

fn explain() -> Command {
    Command::new("explain")
        .about("Explain an error code, a command, a type or a field")
        .arg(
            words("topic", "Error code, command, TYPE or TYPE.FIELD")
                .required(true)
                .num_args(1..),
        )
}

#[cfg(feature = "jq")]
fn wait() -> Command {
    use crate::tree::globals::duration;

    let option = |id: &'static str, help: &'static str, default: &'static str| {
        Arg::new(id)
            .long(id)
            .value_name("DURATION")
            .value_parser(duration)
            .default_value(default)
            .help(help)
    };
    Command::new("wait")
        .about("Repeat a command that reads a resource until a condition holds")
        .arg(
            Arg::new("for")
                .long("for")
                .required(true)
                .value_name("EXPRESSION")
                .help("jq expression that becomes true, or `deleted`"),
        )
        .arg(option("interval", "Time between requests", "2s"))
        .arg(option("max-wait", "Fails after this time", "5m"))
        .arg(
            words("command", "Command and ID, such as `reserved-domains get ID`")
                .required(true)
                .num_args(2..),
        )
}

#[cfg(feature = "completion")]
fn completion() -> Command {
    Command::new("completion")
        .about("Print the completion script of a shell")
        .after_help(
            "bash: add `source <(PROGRAM completion bash)` to ~/.bashrc. zsh: the same in ~/.zshrc. fish: write it to \
             ~/.config/fish/completions/PROGRAM.fish.",
        )
        .arg(
            Arg::new("shell")
                .required(true)
                .value_name("SHELL")
                .value_parser(["bash", "elvish", "fish", "powershell", "zsh"])
                .help("Name of the shell"),
        )
}

#[cfg(feature = "man")]
fn man() -> Command {
    Command::new("man")
        .about("Print the manual page of a command, or write all pages")
        .arg(
            Arg::new("dir")
                .long("dir")
                .value_name("FOLDER")
                .conflicts_with("command")
                .help("Writes the pages of all commands to a folder"),
        )
        .arg(words("command", "Words of the command").num_args(0..))
}

fn commands_command() -> Command {
    Command::new("commands").about("List every command with its arguments and flags")
}

fn raw() -> Command {
    Command::new("api")
        .about("Send a request to any path of the API, documented or not")
        .arg(Arg::new("method").required(true).value_name("METHOD").help("HTTP method"))
        .arg(Arg::new("path").required(true).value_name("PATH").help("Path, with query parameters if any"))
        .arg(
            Arg::new("body")
                .long("body")
                .short('f')
                .value_name("FILE")
                .help("Reads the body from a JSON or YAML file, - for standard input"),
        )
        .arg(
            Arg::new("field")
                .long("field")
                .short('F')
                .value_name("KEY=VALUE")
                .action(ArgAction::Append)
                .help("Sets a field of the body: JSON if it parses as JSON, otherwise a string; dots for nesting"),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .value_name("AS")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("request")
                .value_parser(["request", "curl"])
                .help("Prints the request, or with =curl a command that sends it, and sends nothing"),
        )
}

fn auth() -> Command {
    let login = Command::new("login")
        .about("Store an API key, read without echo or from standard input")
        .arg(
            Arg::new("no-check")
                .long("no-check")
                .action(ArgAction::SetTrue)
                .help("Stores the key without checking it with a request"),
        );
    Command::new("auth")
        .about("Store, check and remove API keys")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(login)
        .subcommand(
            Command::new("status")
                .about("Show which API key is in use, and whether the API accepts it"),
        )
        .subcommand(Command::new("logout").about("Remove a stored API key"))
}

fn quota() -> Command {
    Command::new("quota").about("Show how much of the rate limit is left")
}
