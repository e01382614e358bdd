//! Commands that every program has, for any API.

use clap::Command;

use super::arguments::{arguments, dry_run};

/// Returns the commands.
pub(super) fn commands() -> Vec<Command> {
    let commands = vec![
        auth(),
        command("commands", "List every command with its arguments and flags", ""),
        command(
            "edit",
            "Change a resource in $EDITOR: the same as its update command with --edit",
            "COMMAND...  Service and ID, such as `ip-policies ID`",
        ),
        command(
            "explain",
            "Explain an error code, a command, a type or a field",
            "TOPIC...  Error code, command, TYPE or TYPE.FIELD",
        ),
        command("quota", "Show how much of the rate limit is left", ""),
        raw(),
        #[cfg(feature = "jq")]
        command(
            "wait",
            "Repeat a command that reads a resource until a condition is true",
            "--for EXPRESSION  jq expression that becomes true, or `deleted`
            --interval DURATION  Time between requests [default: 2s]
            --max-wait DURATION  Fails after this time [default: 5m]
            COMMAND...  Command and ID, such as `reserved-domains get ID`",
        )
        .mut_arg("for", |argument| argument.required(true)),
        #[cfg(feature = "completion")]
        command(
            "completion",
            "Print the completion script of a shell",
            "SHELL  Name of the shell [possible values: bash, elvish, fish, powershell, zsh]",
        )
        .after_help(
            "bash: add `source <(PROGRAM completion bash)` to ~/.bashrc. zsh: the same in ~/.zshrc. fish: write it to \
             ~/.config/fish/completions/PROGRAM.fish.",
        ),
        #[cfg(feature = "man")]
        command(
            "man",
            "Print the manual page of a command, or write all pages",
            "--dir FOLDER  Writes the pages of all commands to a folder
            [COMMAND]...  Words of the command",
        )
        .mut_arg("dir", |argument| argument.conflicts_with("command")),
        #[cfg(feature = "mcp")]
        mcp(),
    ];
    #[cfg(feature = "state")]
    let commands = commands.into_iter().chain(crate::state::commands()).collect();
    commands
}

fn command(name: &'static str, about: &'static str, usage: &str) -> Command {
    Command::new(name).about(about).args(arguments(usage))
}

fn auth() -> Command {
    command("auth", "Store, check and remove API keys", "")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(command(
            "login",
            "Store an API key, read without echo or from standard input",
            "--no-check  Stores the key without checking it with a request",
        ))
        .subcommand(command(
            "status",
            "Show the source of the API key in use, and whether the API accepts it",
            "",
        ))
        .subcommand(command("logout", "Remove a stored API key", ""))
}

#[cfg(feature = "mcp")]
fn mcp() -> Command {
    command(
            "mcp",
            "Serve the API to AI agents over the Model Context Protocol, on standard input and output",
            "--allow-write  Offers operations that change the account, too
            --only PATTERN,...  Offers only these commands
            --never PATTERN,...  Does not offer these commands
            --max-bytes N  Truncates results to this size [default: 40000]",
        )
        .after_help(
            "Agents get three tools: search, describe and call. Patterns are commands or their first words, with * for \
             anything: `ip-policies`, `* list`.",
        )
}

fn raw() -> Command {
    command(
            "api",
            "Send a request to any path of the API, documented or not",
            "METHOD  HTTP method
            PATH  Path, with query parameters if any
            -f, --body FILE  Reads the body from a JSON or YAML file, - for standard input, or from the argument if it begins with {
            -F, --field KEY=VALUE...  Sets a field of the body: JSON if it parses as JSON, otherwise a string; dots for nesting",
        )
        .arg(dry_run())
}
