//! Commands that every program has, for any API.

use clap::{Arg, Command};

use super::arguments::{body, dry_run, options, switch, words};

/// Returns the commands.
pub(super) fn commands() -> Vec<Command> {
    let commands = vec![
        auth(),
        Command::new("commands")
            .about("List every command with its arguments and flags"),
        edit(),
        explain(),
        Command::new("quota").about("Show how much of the rate limit is left"),
        raw(),
        #[cfg(feature = "jq")]
        wait(),
        #[cfg(feature = "completion")]
        completion(),
        #[cfg(feature = "man")]
        man(),
        #[cfg(feature = "mcp")]
        mcp(),
    ];
    #[cfg(feature = "state")]
    let commands = commands.into_iter().chain(crate::state::commands()).collect();
    commands
}

fn edit() -> Command {
    let words = words("command", "Service and ID, such as `ip-policies ID`");
    Command::new("edit")
        .about(
            "Change a resource in $EDITOR: the same as its update command with --edit",
        )
        .arg(words.required(true).num_args(2..))
}

fn explain() -> Command {
    let words = words("topic", "Error code, command, TYPE or TYPE.FIELD");
    Command::new("explain")
        .about("Explain an error code, a command, a type or a field")
        .arg(words.required(true).num_args(1..))
}

#[cfg(feature = "jq")]
fn wait() -> Command {
    use super::arguments::option;

    let time = |name, help, default| {
        option(name, "DURATION", help)
            .value_parser(super::globals::duration)
            .default_value(default)
    };
    let words = words("command", "Command and ID, such as `reserved-domains get ID`");
    Command::new("wait")
        .about("Repeat a command that reads a resource until a condition is true")
        .arg(
            option("for", "EXPRESSION", "jq expression that becomes true, or `deleted`")
                .required(true),
        )
        .arg(time("interval", "Time between requests", "2s"))
        .arg(time("max-wait", "Fails after this time", "5m"))
        .arg(words.required(true).num_args(2..))
}

#[cfg(feature = "completion")]
fn completion() -> Command {
    let shell = Arg::new("shell").required(true).value_name("SHELL");
    Command::new("completion")
        .about("Print the completion script of a shell")
        .after_help(
            "bash: add `source <(PROGRAM completion bash)` to ~/.bashrc. zsh: the same in ~/.zshrc. fish: write it to \
             ~/.config/fish/completions/PROGRAM.fish.",
        )
        .arg(
            shell
                .value_parser(["bash", "elvish", "fish", "powershell", "zsh"])
                .help("Name of the shell"),
        )
}

#[cfg(feature = "man")]
fn man() -> Command {
    let folder = super::arguments::option(
        "dir",
        "FOLDER",
        "Writes the pages of all commands to a folder",
    );
    Command::new("man")
        .about("Print the manual page of a command, or write all pages")
        .arg(folder.conflicts_with("command"))
        .arg(words("command", "Words of the command").num_args(0..))
}

#[cfg(feature = "mcp")]
fn mcp() -> Command {
    let patterns = |name, help| options(name, "PATTERN", help).value_delimiter(',');
    Command::new("mcp")
        .about("Serve the API to AI agents over the Model Context Protocol, on standard input and output")
        .after_help(
            "Agents get three tools: search, describe and call. Patterns are commands or their first words, with * for \
             anything: `ip-policies`, `* list`.",
        )
        .arg(switch("allow-write", "Offers operations that change the account, too"))
        .arg(patterns("only", "Offers only these commands"))
        .arg(patterns("never", "Does not offer these commands"))
        .arg(
            super::arguments::option("max-bytes", "N", "Truncates results to this size")
                .value_parser(clap::value_parser!(usize))
                .default_value("40000"),
        )
}

fn raw() -> Command {
    Command::new("api")
        .about("Send a request to any path of the API, documented or not")
        .arg(Arg::new("method").required(true).value_name("METHOD").help("HTTP method"))
        .arg(Arg::new("path").required(true).value_name("PATH").help("Path, with query parameters if any"))
        .arg(body("Reads the body from a JSON or YAML file, - for standard input"))
        .arg(
            options(
                "field",
                "KEY=VALUE",
                "Sets a field of the body: JSON if it parses as JSON, otherwise a string; dots for nesting",
            )
            .short('F'),
        )
        .arg(dry_run())
}

fn auth() -> Command {
    let no_check =
        switch("no-check", "Stores the key without checking it with a request");
    Command::new("auth")
        .about("Store, check and remove API keys")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("login")
                .about("Store an API key, read without echo or from standard input")
                .arg(no_check),
        )
        .subcommand(Command::new("status").about(
            "Show the source of the API key in use, and whether the API accepts it",
        ))
        .subcommand(Command::new("logout").about("Remove a stored API key"))
}
