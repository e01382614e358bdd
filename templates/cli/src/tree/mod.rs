//! The clap commands: takes the model and returns the commands. Each is completed when it is selected.

mod arguments;
mod builtin;
pub(crate) mod fields;
mod globals;
mod operation;

use std::ffi::OsString;
use std::sync::OnceLock;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Command};
use ngrok_api_model::{Deprecation, Service};

use crate::lookup::{command_line, operation as operation_of, word};
use crate::prose;
use crate::shell::Program;

pub(crate) use arguments::{is_given, is_set, string, strings};
pub(crate) use globals::Globals;
pub(crate) use operation::{ID, path_argument, query_argument};

/// The program of the process, for [`expand`]: clap calls it as a plain function without state.
static PROGRAM: OnceLock<Program> = OnceLock::new();

/// Parses the arguments of the process. For words in the wrong order, the error has the right one.
pub(crate) fn parse(
    program: Program,
    arguments: &[OsString],
) -> Result<ArgMatches, clap::Error> {
    command(program).try_get_matches_from(arguments).map_err(|mut error| {
        let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
        let words = words.filter(|word| !word.starts_with('-')).map(str::to_owned);
        let words: Vec<String> = words.collect();
        if let (ErrorKind::InvalidSubcommand, [verb, others @ ..]) =
            (error.kind(), words.as_slice())
        {
            let ordered = (1..=others.len()).find_map(|count| {
                let words = [&others[..count], std::slice::from_ref(verb)].concat();
                let (service, operation, _) = operation_of(program.model, &words)?;
                Some(command_line(service, operation))
            });
            if let Some(command) = ordered {
                let suggestion = ContextValue::Strings(vec![command]);
                error.insert(ContextKind::SuggestedSubcommand, suggestion);
            }
        }
        error
    })
}

/// Returns the help of a command or a group of commands, without the options of every command.
pub(crate) fn help(program: Program, words: &[String]) -> Option<String> {
    let words = words.iter().map(String::as_str);
    let arguments = [program.shell.name].into_iter().chain(words).chain(["--help"]);
    let error = command(program).try_get_matches_from(arguments).err()?;
    let text = error.to_string();
    let text = text.split("\nGlobal options:").next().unwrap_or_default();
    (error.kind() == ErrorKind::DisplayHelp).then(|| text.to_owned())
}

/// Returns the program with its global options and commands.
pub(crate) fn command(program: Program) -> Command {
    let Program { shell, model } = *PROGRAM.get_or_init(|| program);
    let api = &model.api;
    let command = Command::new(shell.name).bin_name(shell.name);
    #[cfg(feature = "color")]
    let command = command.styles(styles());
    let command = command
        .version(shell.version)
        .about(format!("Command-line interface of the {} API", api.name))
        .after_help(format!(
            "Set {} or run `{} auth login` to authenticate. `{} commands` lists every command, including deprecated \
             ones.\nDocumentation: {}",
            api.key_variable, shell.name, shell.name, api.docs_url
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .infer_long_args(false)
        .max_term_width(110);
    let command = globals::add(command, program);
    children(command.subcommands(builtin::commands()), program, &[])
}

/// Returns the colours of help.
#[cfg(feature = "color")]
fn styles() -> clap::builder::Styles {
    use clap::builder::styling::{AnsiColor, Styles};

    Styles::styled()
        .header(AnsiColor::Green.on_default().bold())
        .usage(AnsiColor::Green.on_default().bold())
        .literal(AnsiColor::Cyan.on_default())
}

/// Completes a command when it is selected: its full name has the words.
fn expand(command: Command) -> Command {
    let Some(program) = PROGRAM.get().copied() else { return command };
    let name = command.get_bin_name().unwrap_or_default();
    let words: Vec<_> = name.split(' ').skip(1).map(str::to_owned).collect();
    match operation_of(program.model, &words) {
        Some((service, one, [])) => operation::complete(command, program, service, one),
        _ => children(command, program, &words),
    }
}

/// Returns a command with nothing but its name and a summary.
fn stub(program: Program, words: &[String], about: String) -> Command {
    let name = words.last().cloned().unwrap_or_default();
    let full = format!("{} {}", program.shell.name, words.join(" "));
    Command::new(name).bin_name(full).about(about).defer(expand)
}

/// Adds the commands below these words: groups first, then operations.
fn children(mut command: Command, program: Program, above: &[String]) -> Command {
    let below = below(program, above);
    for (index, (path, _)) in below.iter().enumerate() {
        let is_same = |(other, _): &(Vec<String>, _)| {
            other.get(above.len()) == path.get(above.len())
        };
        if path.len() > above.len() && !below[..index].iter().any(is_same) {
            command = command.subcommand(group(program, &path[..=above.len()]));
        }
    }
    let own = below.into_iter().find(|(path, _)| path.len() == above.len());
    let Some((_, service)) = own else { return command };
    let operations = service.operations.iter().map(|one| {
        let words = [above, &[word(&one.name)]].concat();
        stub(program, &words, about(&one.docs, one.deprecated.as_ref()))
    });
    command.long_about(long_about(service)).subcommands(operations)
}

/// Returns the services whose commands begin with these words, with all words of each.
fn below(program: Program, words: &[String]) -> Vec<(Vec<String>, &'static Service)> {
    let services = program.model.services.iter().map(|service| {
        let path = service.accessor.iter().map(|name| word(name));
        (path.collect::<Vec<_>>(), service)
    });
    services.filter(|(path, _)| path.starts_with(words)).collect()
}

/// Returns the command of these words, which is that of a service, or a group of services.
fn group(program: Program, words: &[String]) -> Command {
    let members = below(program, words);
    let is_deprecated = members.iter().all(|(_, service)| service.deprecated.is_some());
    let own = members.iter().find(|(path, _)| path.len() == words.len());
    let about = match own {
        Some((_, own)) => about(&own.docs, own.deprecated.as_ref()),
        None => listing(&members, words),
    };
    stub(program, words, about)
        .hide(is_deprecated && words.len() == 1)
        .subcommand_required(true)
        .arg_required_else_help(true)
}

/// Lists the contents of a group without operations of its own.
fn listing(members: &[(Vec<String>, &Service)], words: &[String]) -> String {
    let names = members.iter().filter_map(|(path, _)| path.get(words.len()));
    let names: Vec<_> = names.map(String::as_str).collect();
    let more = if names.len() > 4 { ", ..." } else { "" };
    let shown = names[..names.len().min(4)].join(", ");
    let group = words.last().map_or("", String::as_str);
    format!("Commands for {group}: {shown}{more}")
}

/// Returns the summary of a service or an operation.
fn about(docs: &str, deprecated: Option<&Deprecation>) -> String {
    let mark = if deprecated.is_some() { "(deprecated) " } else { "" };
    format!("{mark}{}", prose::summary(docs))
}

fn long_about(service: &Service) -> String {
    let extras = [
        service.access.as_ref().map(|access| format!("Access: {access}")),
        service.docs_url.as_ref().map(|url| format!("Documentation: {url}")),
    ];
    described(&service.docs, service.deprecated.as_ref(), extras)
}

/// Returns the whole documentation of a service or an operation, with further paragraphs.
fn described(
    docs: &str,
    deprecated: Option<&Deprecation>,
    extras: impl IntoIterator<Item = Option<String>>,
) -> String {
    let deprecated = deprecated.map(|going| format!("Deprecated: {}", going.note));
    let paragraphs = [Some(prose::text(docs)), deprecated].into_iter().chain(extras);
    paragraphs.flatten().collect::<Vec<_>>().join("\n\n")
}
