//! Words of the command line for services and operations of the model.

use ngrok_api_model::{Model, Operation, Service};

use crate::failure::Failure;
use crate::prose;

/// Returns a word of the command line for a name of the model: `ip_policies` becomes `ip-policies`.
pub(crate) fn word(name: &str) -> String {
    name.replace('_', "-")
}

/// Returns the words of a service's command: `edges https-routes`.
pub(crate) fn command_of(service: &Service) -> String {
    let words: Vec<_> = service.accessor.iter().map(|name| word(name)).collect();
    words.join(" ")
}

/// Returns the words of an operation's command: `ip-policies list`.
pub(crate) fn command_line(service: &Service, operation: &Operation) -> String {
    format!("{} {}", command_of(service), word(&operation.name))
}

/// Returns the operation of a command, such as `["ip-policies", "get", "ID"]`, and the words that follow it.
pub(crate) fn operation<'m, 'w>(
    model: &'m Model,
    words: &'w [String],
) -> Option<(&'m Service, &'m Operation, &'w [String])> {
    (1..=words.len()).find_map(|count| {
        let command = words[..count].join(" ");
        model
            .operations()
            .find(|(service, operation)| command_line(service, operation) == command)
            .map(|(service, operation)| (service, operation, &words[count..]))
    })
}

/// Reports words that are no command.
pub(crate) fn unknown(model: &Model, words: &[String]) -> Failure {
    let all: Vec<_> =
        model.operations().map(|(own, one)| command_line(own, one)).collect();
    let given = words.join(" ");
    let hint = prose::suggestion(&given, all.iter().map(String::as_str));
    Failure::usage(format!("unknown command `{given}`{hint}"))
}
