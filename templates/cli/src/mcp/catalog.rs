//! Operations that a server offers. Takes options; returns operations that match a name or words, with hints about their
//! effects.

use clap::ArgMatches;
use ngrok_api_model::{Api, Method, Model, Operation, Output, Service};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::lookup::{command_line, word};
use crate::prose;
use crate::tree::{is_set, strings};

/// The operations of the model, and which of them are offered.
pub(super) struct Catalog {
    entries: Vec<Entry>,
}

/// An operation.
pub(super) struct Entry {
    /// The words of its command: `ip-policies list`.
    pub(super) command: String,
    pub(super) service: &'static Service,
    pub(super) operation: &'static Operation,
    pub(super) hints: Hints,
    /// Reason why it is not offered.
    refused: Option<&'static str>,
}

/// Effects of a call, as defined by MCP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Hints {
    pub(super) read_only_hint: bool,
    pub(super) destructive_hint: bool,
    pub(super) idempotent_hint: bool,
}

impl Hints {
    fn of(api: &Api, operation: &Operation) -> Self {
        let destructive = match operation.method {
            Method::Get => false,
            // An action that returns nothing changes what is there; others add to it.
            Method::Post => !matches!(operation.output, Output::Type(_)),
            Method::Patch | Method::Put | Method::Delete => true,
        };
        Self {
            read_only_hint: operation.method == Method::Get,
            destructive_hint: destructive,
            idempotent_hint: api.idempotent_methods.contains(&operation.method),
        }
    }
}

/// Arguments of the tool `search`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    #[serde(default)]
    query: String,
    limit: Option<usize>,
}

impl Catalog {
    /// The operations that the options allow.
    pub(super) fn new(
        model: &'static Model,
        matches: &ArgMatches,
    ) -> Result<Self, Failure> {
        let (only, never) = (strings(matches, "only"), strings(matches, "never"));
        let write = is_set(matches, "allow-write");
        let entry = |(service, operation)| {
            let command = command_line(service, operation);
            let hints = Hints::of(&model.api, operation);
            let fits = |pattern: &String| covers(pattern, &command);
            let refused = if never.iter().any(fits) {
                Some("is excluded by --never")
            } else if !only.is_empty() && !only.iter().any(fits) {
                Some("is not among those of --only")
            } else if !write && !hints.read_only_hint {
                Some(
                    "changes the account, and this server only reads; --allow-write allows changes",
                )
            } else {
                None
            };
            Entry { command, service, operation, hints, refused }
        };
        let entries: Vec<_> = model.operations().map(entry).collect();
        for pattern in only.iter().chain(&never) {
            if !entries.iter().any(|entry| covers(pattern, &entry.command)) {
                let known = entries.iter().map(|entry| entry.command.as_str());
                let hint = prose::suggestion(pattern, known);
                return Err(Failure::usage(format!(
                    "no command matches `{pattern}`{hint}"
                )));
            }
        }
        Ok(Self { entries })
    }

    fn offered(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.refused.is_none())
    }

    /// Returns the possible effects of a call of any of the operations.
    pub(super) fn hints(&self) -> Hints {
        Hints {
            read_only_hint: self.offered().all(|entry| entry.hints.read_only_hint),
            destructive_hint: self.offered().any(|entry| entry.hints.destructive_hint),
            idempotent_hint: self.offered().all(|entry| entry.hints.idempotent_hint),
        }
    }

    /// The operation with this name: `ip-policies list`, or `ip_policies.list`.
    pub(super) fn find(&self, name: &str) -> Result<&Entry, Failure> {
        let words = name.replace(['.', '/'], " ").replace('_', "-");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(entry) = self.entries.iter().find(|entry| entry.command == words)
        else {
            let known = self.offered().map(|entry| entry.command.as_str());
            let hint = prose::suggestion(&words, known);
            let what = format!("there is no operation `{name}`{hint}");
            return Err(Failure::not_found(what).hint("find operations with `search`"));
        };
        match entry.refused {
            Some(why) => Err(Failure::usage(format!("`{}` {why}", entry.command))),
            None => Ok(entry),
        }
    }

    /// The operations that have most of the words in their names and descriptions.
    pub(super) fn search(&self, search: &Search) -> Value {
        let query = search.query.to_lowercase();
        let words: Vec<_> = query
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let scored = self.offered().map(|entry| (entry.score(&words), entry));
        let mut found: Vec<_> =
            scored.filter(|(score, _)| words.is_empty() || *score > 0).collect();
        found.sort_by_key(|(score, entry)| (std::cmp::Reverse(*score), &entry.command));
        let shown = found
            .iter()
            .take(search.limit.unwrap_or(10))
            .map(|(_, entry)| entry.summary());
        json!({ "total": found.len(), "operations": shown.collect::<Vec<_>>() })
    }
}

impl Entry {
    pub(super) fn is_deprecated(&self) -> bool {
        self.service.deprecated.is_some() || self.operation.deprecated.is_some()
    }

    /// Returns the relevance for these words; those of its name count most.
    fn score(&self, words: &[&str]) -> usize {
        let service = self.service;
        let places = [
            (8, format!("{} {} {}", self.command, service.noun, service.nouns)),
            (3, prose::text(&self.operation.docs)),
            (1, prose::text(&service.docs)),
        ];
        let places = places.map(|(weight, text)| (weight, text.to_lowercase()));
        let score = |word: &&str| {
            let fits = |(_, text): &&(usize, String)| text.contains(*word);
            places.iter().filter(fits).map(|(weight, _)| weight).sum::<usize>()
        };
        let sum: usize = words.iter().map(score).sum();
        if self.is_deprecated() { sum / 2 } else { sum }
    }

    fn summary(&self) -> Value {
        let names = self.operation.parameters.iter().map(|own| word(&own.wire));
        json!({
            "operation": self.command,
            "summary": prose::summary(&self.operation.docs),
            "parameters": names.collect::<Vec<_>>(),
            "deprecated": self.is_deprecated(),
            "hints": self.hints,
        })
    }
}

/// Returns true if a pattern with `*` matches a command, or its first words.
fn covers(pattern: &str, command: &str) -> bool {
    let whole =
        command.match_indices(' ').map(|(end, _)| &command[..end]).chain([command]);
    whole.into_iter().any(|words| is_like(pattern.as_bytes(), words.as_bytes()))
}

fn is_like(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => {
            (0..=text.len()).any(|skipped| is_like(rest, &text[skipped..]))
        }
        (Some((wanted, pattern)), Some((found, text))) => {
            wanted == found && is_like(pattern, text)
        }
        _ => false,
    }
}
