//! Files that were made from a document, until a description can bear them.
//!
//! A document may say what no description can: names that collide, a resource without an id that is looked up by one.
//! What is wrong is left out, the smallest part first, and told with the reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, SourceMap};
use crate::lower::lower;
use crate::spec::parse;

use super::super::Tree;
use super::super::bear::Texts;
use super::super::edit::{Change, Edit, apply, keys_at, names_in};
use super::notes::{NoteKind, Notes};

/// Leaving one thing out may be the end of another; this many times, one after the other.
const ROUNDS: usize = 60;

/// The key of the operations in a file.
const OPERATIONS: &str = "operations";

/// Leaves out of these new files what the description cannot bear.
pub(super) fn settle(texts: &mut Texts, new: &BTreeSet<String>, notes: &mut Notes) {
    for round in 0..=ROUNDS {
        let (problems, sources) = problems(texts);
        let mut parts: BTreeMap<(String, Vec<String>), (Code, String)> = BTreeMap::new();
        for problem in &problems {
            let Some((file, mut keys)) = place(problem, &sources) else { continue };
            if !new.contains(&file) {
                continue;
            }
            if round == ROUNDS {
                keys.clear();
            }
            let reason = || (problem.code, problem.message.clone());
            parts.entry((file, part(&keys))).or_insert_with(reason);
        }
        if parts.is_empty() {
            if !problems.is_empty() {
                by_trial(texts, new, problems.len(), notes);
            }
            return;
        }
        for ((file, keys), (code, reason)) in parts {
            let replacement = code == Code::UnknownReplacement;
            if replacement && forget_replacement(texts, &file, &keys, &reason, notes) {
                continue;
            }
            leave_out(texts, &file, &keys, &reason, notes);
        }
    }
}

/// Leaves out of the new files whatever is behind problems that show elsewhere: the operation, or else the file.
fn by_trial(texts: &mut Texts, new: &BTreeSet<String>, count: usize, notes: &mut Notes) {
    let mut count = count;
    for file in new {
        let names = texts.get(file).map(|text| names_in(text, OPERATIONS));
        let operations =
            names.into_iter().flatten().map(|name| vec![OPERATIONS.to_owned(), name]);
        for keys in operations.chain([Vec::new()]) {
            if count == 0 || !texts.contains_key(file) {
                break;
            }
            let mut tried = texts.clone();
            let mut quiet = Notes::default();
            leave_out(&mut tried, file, &keys, "", &mut quiet);
            let (left, _) = problems(&tried);
            if left.len() < count {
                let reason = problems(texts).0.first().map(|it| it.message.clone());
                leave_out(texts, file, &keys, &reason.unwrap_or_default(), notes);
                count = left.len();
            }
        }
    }
}

fn problems(texts: &Texts) -> (Vec<Diagnostic>, SourceMap) {
    let loaded = parse(texts.clone().into_iter().collect());
    let mut diagnostics: Diagnostics = loaded.diagnostics;
    if let Some(spec) = &loaded.spec {
        diagnostics.extend(lower(spec).1);
    }
    let errors = diagnostics.iter().filter(|it| it.severity == Severity::Error);
    (errors.cloned().collect(), loaded.sources)
}

/// The file and the keys that a problem is about.
fn place(problem: &Diagnostic, sources: &SourceMap) -> Option<(String, Vec<String>)> {
    let span = problem.span();
    let file = sources.name(span.file)?.to_owned();
    let line = sources.position(span)?.line;
    let keys = keys_at(sources.text(span.file)?, line);
    Some((file, keys))
}

/// The smallest part around a place that can be left out; nothing for the whole file.
fn part(keys: &[String]) -> Vec<String> {
    let length = match keys.first().map(String::as_str) {
        Some("fields" | "params" | "operations") => 2,
        Some("enums") => {
            if keys.len() > 3 {
                4
            } else {
                2
            }
        }
        Some("types") => {
            if keys.get(2).is_some_and(|key| key == "fields") && keys.len() > 3 {
                4
            } else {
                2
            }
        }
        Some("constraints") => 1,
        _ => 0,
    };
    keys.iter().take(length).cloned().collect()
}

/// Takes a replacement that is not there out of a deprecation, which stays. False if there is none to be found.
fn forget_replacement(
    texts: &mut Texts,
    file: &str,
    keys: &[String],
    reason: &str,
    notes: &mut Notes,
) -> bool {
    let change = Change::Set {
        key: "deprecated".to_owned(),
        value: Tree::Bool(true),
        after: None,
    };
    let edited = texts.get(file).and_then(|text| {
        let edited = apply(text, &[Edit::new(keys.to_vec(), change)]).ok()?;
        (edited != *text).then_some(edited)
    });
    let Some(edited) = edited else { return false };
    texts.insert(file.to_owned(), edited);
    notes.work_on(file, keys.to_vec());
    let message =
        format!("the replacement of what is deprecated was left out: {reason}");
    notes.own(NoteKind::Undecided, message);
    true
}

fn leave_out(
    texts: &mut Texts,
    file: &str,
    keys: &[String],
    reason: &str,
    notes: &mut Notes,
) {
    notes.work_on(file, keys.to_vec());
    notes.leaves_out_at(file, keys, reason);
    let edited = keys.split_last().and_then(|(key, path)| {
        let edit = Edit::new(path.to_vec(), Change::Remove { key: key.clone() });
        let text = texts.get(file)?;
        apply(text, &[edit]).ok().filter(|edited| edited != text)
    });
    if let Some(edited) = edited {
        texts.insert(file.to_owned(), edited);
        let message = format!("`{}` was left out: {reason}", keys.join("."));
        notes.own(NoteKind::Inexpressible, message);
    } else {
        texts.remove(file);
        notes.leaves_out_at(file, &[], reason);
        notes.own(NoteKind::Inexpressible, format!("the file was left out: {reason}"));
    }
}
