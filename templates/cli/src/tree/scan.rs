//! Finds the command in the arguments before clap parses them, so that only that branch is built.

use std::ffi::OsString;

use clap::{ArgAction, Command};

/// Returns the words of the arguments that are neither options nor values of global options, without the program's name.
pub(super) fn words(root: &Command, arguments: &[OsString]) -> Vec<String> {
    let mut words = Vec::new();
    let mut arguments =
        arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            break;
        }
        if argument.starts_with('-') {
            if takes_next(root, &argument) {
                arguments.next();
            }
            continue;
        }
        if words.is_empty() && argument == "help" {
            continue;
        }
        words.push(argument.into_owned());
    }
    words
}

/// Returns true if the next argument is the value of this global option.
fn takes_next(root: &Command, option: &str) -> bool {
    let named = |argument: &&clap::Arg| {
        if let Some(long) = option.strip_prefix("--") {
            return argument.get_long() == Some(long);
        }
        let mut letters = option.chars().skip(1);
        letters.next().is_some_and(|letter| argument.get_short() == Some(letter))
            && letters.next().is_none()
    };
    root.get_arguments().find(named).is_some_and(|argument| {
        let takes = matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
        takes && !argument.is_require_equals_set()
    })
}
