//! The clap commands: takes the model and the arguments, and builds only the selected branch in full.

mod arguments;
mod builtin;
pub(crate) mod fields;
pub(crate) mod globals;
mod operation;
mod scan;

use std::ffi::OsString;

use clap::Command;
use ngrok_api_model::{Model, Service};

use crate::lookup::{command_of, word};
use crate::prose;
use crate::shell::Shell;

pub(crate) use globals::Globals;
pub(crate) use operation::{ID, path_argument, query_argument};

/// The part of the tree to build.
#[derive(Clone, Copy)]
pub(crate) enum Extent<'a> {
    /// The branch of these words.
    Branch(&'a [String]),
    /// Everything, for manual pages.
    Everything,
}

impl Extent<'_> {
    /// Returns the extent below the command at this depth with this name, if it is built in full.
    fn enter(&self, name: &str) -> Option<Self> {
        match *self {
            Self::Everything => Some(Self::Everything),
            Self::Branch([first, rest @ ..]) if first == name => {
                Some(Self::Branch(rest))
            }
            Self::Branch(_) => None,
        }
    }
}

/// Returns the command for the arguments of the process, the program's name first.
pub(crate) fn command(
    shell: &'static Shell,
    model: &'static Model,
    arguments: &[OsString],
) -> Command {
    let root = root(shell, model);
    let words = scan::words(&root, arguments);
    with_commands(root, shell, model, Extent::Branch(&words))
}

/// Returns the command with all of its subcommands.
#[cfg(feature = "man")]
pub(crate) fn whole(shell: &'static Shell, model: &'static Model) -> Command {
    with_commands(root(shell, model), shell, model, Extent::Everything)
}

/// Returns the program with its global options and without subcommands.
fn root(shell: &'static Shell, model: &'static Model) -> Command {
    let api = &model.api;
    let command = Command::new(shell.name);
    #[cfg(feature = "color")]
    let command = command.styles(styles()).color(color_choice());
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
    globals::arguments(command, shell, api)
}

/// Returns the colours of help, unless the environment disables them.
#[cfg(feature = "color")]
fn color_choice() -> clap::ColorChoice {
    use clap::ColorChoice;

    let asked = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if asked { ColorChoice::Never } else { ColorChoice::Auto }
}

#[cfg(feature = "color")]
fn styles() -> clap::builder::Styles {
    use clap::builder::styling::{AnsiColor, Styles};

    Styles::styled()
        .header(AnsiColor::Green.on_default().bold())
        .usage(AnsiColor::Green.on_default().bold())
        .literal(AnsiColor::Cyan.on_default())
}

fn with_commands(
    root: Command,
    shell: &'static Shell,
    model: &'static Model,
    extent: Extent<'_>,
) -> Command {
    let all: Vec<_> = model.services.iter().collect();
    groups(root.subcommands(builtin::commands()), shell, model, &all, 0, extent)
}

/// Adds a command for each word that these services have at a depth.
fn groups(
    mut command: Command,
    shell: &'static Shell,
    model: &'static Model,
    members: &[&'static Service],
    depth: usize,
    extent: Extent<'_>,
) -> Command {
    let mut words: Vec<&str> = Vec::new();
    for word in members.iter().filter_map(|service| service.accessor.get(depth)) {
        if words.contains(&word.as_str()) {
            continue;
        }
        words.push(word);
        let same = members.iter().copied();
        let same: Vec<_> =
            same.filter(|other| other.accessor.get(depth) == Some(word)).collect();
        command = command.subcommand(group(shell, model, &same, depth, extent));
    }
    command
}

/// Returns the command at this depth of these services, which have the same word there.
fn group(
    shell: &'static Shell,
    model: &'static Model,
    members: &[&'static Service],
    depth: usize,
    extent: Extent<'_>,
) -> Command {
    let name = word(&members[0].accessor[depth]);
    let own = members.iter().find(|service| service.accessor.len() == depth + 1);
    let deprecated = members.iter().all(|service| service.deprecated.is_some());
    let about = own.map_or_else(|| listing(members, depth), |service| about(service));
    let command = Command::new(name.clone())
        .about(about)
        .hide(deprecated && depth == 0)
        .subcommand_required(true)
        .arg_required_else_help(true);
    let Some(extent) = extent.enter(&name) else { return command };
    let command = groups(command, shell, model, members, depth + 1, extent);
    let Some(service) = own else { return command };
    let operations = service.operations.iter().map(|one| {
        let full = extent.enter(&word(&one.name)).is_some();
        operation::command(shell, model, service, one, full)
    });
    command.long_about(long_about(service)).subcommands(operations)
}

fn about(service: &Service) -> String {
    let mark = if service.deprecated.is_some() { "(deprecated) " } else { "" };
    format!("{mark}{}", prose::summary(&service.docs))
}

fn long_about(service: &Service) -> String {
    let mut text = prose::text(&service.docs);
    let extras = [
        service.deprecated.as_ref().map(|going| format!("Deprecated: {}", going.note)),
        service.access.as_ref().map(|access| format!("Access: {access}")),
        service.docs_url.as_ref().map(|url| format!("Documentation: {url}")),
    ];
    for extra in extras.into_iter().flatten() {
        text.push_str("\n\n");
        text.push_str(&extra);
    }
    text
}

/// Lists the contents of a group without operations of its own.
fn listing(members: &[&Service], depth: usize) -> String {
    let names: Vec<_> = members
        .iter()
        .filter_map(|service| service.accessor.get(depth + 1))
        .map(|name| word(name))
        .collect();
    let shown = names.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    let more = if names.len() > 4 { ", ..." } else { "" };
    let first = command_of(members[0]);
    let group = first.split(' ').nth(depth).unwrap_or_default().to_owned();
    format!("Commands for {group}: {shown}{more}")
}
