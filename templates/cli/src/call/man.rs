//! `man`: manual pages, one per command.

use std::fs;
use std::path::Path;

use clap::{ArgMatches, Command};
use clap_mangen::Man;

use crate::app::{App, print};
use crate::failure::Failure;
use crate::tree;

/// Prints the page of a command, or writes all pages to a directory.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let mut whole = tree::whole(app.shell, app.model).disable_help_subcommand(true);
    whole.build();
    if let Some(folder) = matches.get_one::<String>("dir") {
        let folder = Path::new(folder);
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        return write_all(&whole, folder);
    }
    let words: Vec<&String> =
        matches.get_many::<String>("command").into_iter().flatten().collect();
    let mut command = &whole;
    for word in &words {
        command = command
            .find_subcommand(word.as_str())
            .ok_or_else(|| Failure::usage(format!("unknown command `{word}`")))?;
    }
    print(&String::from_utf8_lossy(&page(command)?))
}

fn write_all(command: &Command, folder: &Path) -> Result<(), Failure> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, page(command)?).map_err(|error| failed(&path, &error))?;
    command.get_subcommands().try_for_each(|inner| write_all(inner, folder))
}

fn page(command: &Command) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    Man::new(command.clone())
        .render(&mut page)
        .map_err(|error| Failure::output(&error))?;
    Ok(page)
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::other(format!("{}: {error}", path.display()))
}
