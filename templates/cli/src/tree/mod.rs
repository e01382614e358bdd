//! The clap commands: the model and the arguments go in, and only the branch that the arguments name is built in full.

mod builtin;
pub(crate) mod fields;
pub(crate) mod globals;
mod operation;
mod scan;

use std::ffi::OsString;

use clap::builder::Styles;
use clap::builder::styling::AnsiColor;
use clap::{ColorChoice, Command};
use ngrok_api_model::{Model, Service};

use crate::lookup::{command_of, word};
use crate::prose;
use crate::shell::Shell;

pub(crate) use globals::Globals;
pub(crate) use operation::{ID, path_argument};

/// How much of the tree is built.
#[derive(Clone, Copy)]
pub(crate) enum Extent<'a> {
    /// The branch that these words name.
    Branch(&'a [String]),
    /// Everything, for manual pages.
    Everything,
}

impl Extent<'_> {
    /// Whether the command at this depth with this name is built in full, and what is below it.
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

/// The command for these arguments of the process, the program's name first.
pub(crate) fn command(
    shell: &'static Shell,
    model: &'static Model,
    arguments: &[OsString],
) -> Command {
    let root = root(shell, model);
    let words = scan::words(&root, arguments);
    with_commands(root, shell, model, Extent::Branch(&words))
}

/// The command with all of its subcommands.
#[cfg(feature = "man")]
pub(crate) fn whole(shell: &'static Shell, model: &'static Model) -> Command {
    with_commands(root(shell, model), shell, model, Extent::Everything)
}

/// The program with its global options and without subcommands.
fn root(shell: &'static Shell, model: &'static Model) -> Command {
    let api = &model.api;
    let command = Command::new(shell.name)
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
        .styles(styles())
        .max_term_width(110)
        .color(color_choice());
    globals::arguments(command, shell, api)
}

/// Colours of help, unless the environment asks for none.
fn color_choice() -> ColorChoice {
    let asked = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if asked { ColorChoice::Never } else { ColorChoice::Auto }
}

fn styles() -> Styles {
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
    let mut root = root.subcommands(builtin::commands());
    let mut names: Vec<&str> = Vec::new();
    for service in &model.services {
        let Some(first) = service.accessor.first() else { continue };
        if names.contains(&first.as_str()) {
            continue;
        }
        names.push(first);
        let members: Vec<_> =
            model.services.iter().filter(|other| other.accessor[0] == *first).collect();
        root = root.subcommand(group(shell, model, &members, 0, extent));
    }
    root
}

/// The command at this depth of these services, which have the same word there.
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
    let command = below(command, shell, model, members, depth, extent);
    match own {
        Some(service) => service.operations.iter().fold(
            command.long_about(long_about(service)),
            |command, one| {
                let name = word(&one.name);
                let full = extent.enter(&name).is_some();
                command.subcommand(operation::command(shell, model, service, one, full))
            },
        ),
        None => command,
    }
}

/// Adds the groups one level below.
fn below(
    mut command: Command,
    shell: &'static Shell,
    model: &'static Model,
    members: &[&'static Service],
    depth: usize,
    extent: Extent<'_>,
) -> Command {
    let mut names: Vec<&str> = Vec::new();
    for service in members {
        let Some(next) = service.accessor.get(depth + 1) else { continue };
        if names.contains(&next.as_str()) {
            continue;
        }
        names.push(next);
        let same: Vec<_> = members
            .iter()
            .copied()
            .filter(|other| other.accessor.get(depth + 1) == Some(next))
            .collect();
        command = command.subcommand(group(shell, model, &same, depth + 1, extent));
    }
    command
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

/// What a group without operations of its own contains.
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
