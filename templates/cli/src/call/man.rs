//! `man`: manual pages, one per command.

use std::fs;
use std::path::Path;

use clap::{ArgMatches, Command};
use clap_mangen::Man;

use crate::app::{App, print};
use crate::failure::{Failure, OrFail};
use crate::prose;
use crate::tree::{self, string, strings};

/// Prints the page of a command, or writes all pages to a directory.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let mut whole = tree::command(app.program()).disable_help_subcommand(true);
    whole.build();
    if let Some(folder) = string(matches, "dir") {
        fs::create_dir_all(folder).or_other(folder)?;
        return write_all(&whole, Path::new(folder));
    }
    let mut command = &whole;
    for word in strings(matches, "command") {
        let unknown = || {
            let known = command.get_subcommands().map(Command::get_name);
            let hint = prose::suggestion(&word, known);
            Failure::usage(format!("unknown command `{word}`{hint}"))
        };
        command = command.find_subcommand(&word).ok_or_else(unknown)?;
    }
    print(&String::from_utf8_lossy(&page(command)?))
}

fn write_all(command: &Command, folder: &Path) -> Result<(), Failure> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, page(command)?).or_other(path.display())?;
    command.get_subcommands().try_for_each(|inner| write_all(inner, folder))
}

fn page(command: &Command) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    Failure::written(Man::new(command.clone()).render(&mut page))?;
    Ok(page)
}
