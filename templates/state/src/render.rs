//! Rendering of plans for people and tools. Secret values are never included.

use std::fmt::Write;

use serde_json::{Value, json as value};

use crate::kind::Kinds;
use crate::plan::{After, Change, Outcome, Plan};
use crate::reference::Address;
use crate::shape::SECRET;

/// Placeholder of a value that is known only after another call.
const UNKNOWN: &str = "(known after apply)";

/// Returns a plan as a diff, followed by a summary; coloured with escape sequences for terminals.
#[must_use]
pub fn text(plan: &Plan, kinds: &Kinds, coloured: bool) -> String {
    let mut text = String::new();
    let mut put = |indent: &str, colour: &str, line: &str| {
        let _ = if !coloured || colour.is_empty() {
            writeln!(text, "{indent}{line}")
        } else {
            writeln!(text, "{indent}\u{1b}[{colour}m{line}\u{1b}[0m")
        };
    };
    let mut separator = "";
    for (address, item) in &plan.items {
        let Some((mark, colour, verb)) = heading(item.outcome) else { continue };
        separator = "\n";
        put("", colour, &format!("{mark} {address} {verb}"));
        if let Some(note) = &item.note {
            put("    ", "", &format!("# {note}"));
        }
        let width = item.changes.iter().map(|it| it.field.len()).max().unwrap_or(0);
        for change in &item.changes {
            let show = |value: &Value| redacted(kinds, address, &change.field, value);
            if let Some(lines) = line_diff(item.outcome, change, &show) {
                put("    ", colour, &format!("{}:", change.field));
                for (colour, line) in lines {
                    put("      ", colour, &line);
                }
            } else {
                put("    ", colour, &change_line(item.outcome, change, width, &show));
            }
        }
    }
    text + separator + &summary(plan) + "\n"
}

/// Returns a plan as JSON.
#[must_use]
pub fn json(plan: &Plan, kinds: &Kinds) -> Value {
    let items = plan.items.iter().map(|(address, item)| {
        let changes = item.changes.iter().map(|change| {
            let show = |value: &Value| redacted(kinds, address, &change.field, value);
            let mut object =
                value!({ "field": change.field, "replaces": change.replaces });
            if let Some(before) = &change.before {
                object["before"] = show(before);
            }
            match &change.after {
                After::Value(after) => object["after"] = show(after),
                After::Unknown => object["after_unknown"] = value!(true),
                After::Cleared => object["after"] = Value::Null,
            }
            object
        });
        value!({
            "address": address.to_string(),
            "outcome": item.outcome,
            "id": item.identity.as_ref().and_then(|it| it.values().next_back()),
            "note": item.note,
            "changes": changes.collect::<Vec<_>>(),
        })
    });
    value!({
        "format_version": 1,
        "has_changes": plan.has_changes(),
        "resources": items.collect::<Vec<_>>(),
    })
}

/// Returns the sign, the colour and the description of a visible outcome.
fn heading(outcome: Outcome) -> Option<(&'static str, &'static str, &'static str)> {
    const GREEN: &str = "32";
    const YELLOW: &str = "33";
    const RED: &str = "31";
    const GREY: &str = "90";
    Some(match outcome {
        Outcome::Unchanged => return None,
        Outcome::Create => ("+", GREEN, "will be created"),
        Outcome::Adopt => ("=", GREY, "will be adopted"),
        Outcome::Update => ("~", YELLOW, "will be updated"),
        Outcome::Replace => ("-/+", RED, "will be replaced"),
        Outcome::Delete => ("-", RED, "will be deleted"),
        Outcome::Forget => ("=", GREY, "no longer exists and will be forgotten"),
        Outcome::Retain => ("=", GREY, "is retained and will be forgotten"),
        Outcome::Orphan => ("=", GREY, "is no longer in the files"),
    })
}

/// Returns the lines of a text that changes, without those that are the same at its beginning and end; nothing where
/// there are not several.
fn line_diff(
    outcome: Outcome,
    change: &Change,
    show: &dyn Fn(&Value) -> Value,
) -> Option<Vec<(&'static str, String)>> {
    let show = |value: &Value| {
        show(value).as_str().map(|it| it.lines().map(str::to_owned).collect::<Vec<_>>())
    };
    let After::Value(after) = &change.after else { return None };
    let after = show(after)?;
    let before = change.before.as_ref().and_then(show).unwrap_or_default();
    if outcome == Outcome::Create || before.len() < 2 && after.len() < 2 {
        return None;
    }
    let same = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let (old, new) = (&before[same..], &after[same..]);
    let pairs = old.iter().rev().zip(new.iter().rev());
    let end = pairs.take_while(|(one, other)| one == other).count();
    let omitted =
        |count: usize| (count > 0).then(|| ("90", format!("  ... ({count} unchanged)")));
    let removed = old[..old.len() - end].iter().map(|it| ("31", format!("- {it}")));
    let added = new[..new.len() - end].iter().map(|it| ("32", format!("+ {it}")));
    Some(
        omitted(same)
            .into_iter()
            .chain(removed)
            .chain(added)
            .chain(omitted(end))
            .collect(),
    )
}

fn change_line(
    outcome: Outcome,
    change: &Change,
    width: usize,
    show: &dyn Fn(&Value) -> Value,
) -> String {
    let show = |value: &Value| short(&show(value));
    let after = match &change.after {
        After::Value(value) => show(value),
        After::Unknown => UNKNOWN.to_owned(),
        After::Cleared => "(not set)".to_owned(),
    };
    let field = &change.field;
    let before = change.before.as_ref().map_or_else(|| "(not set)".to_owned(), show);
    match outcome {
        Outcome::Create => format!("{field:width$} = {after}"),
        _ if change.replaces => {
            format!("{field:width$} : {before} -> {after}  # forces replacement")
        }
        _ => format!("{field:width$} : {before} -> {after}"),
    }
}

/// Returns a value on one line, at most about 80 characters long.
fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}... ({} bytes)", &text[..end], text.len()),
        None => text,
    }
}

/// Returns the numbers of created, changed and deleted resources.
fn summary(plan: &Plan) -> String {
    let words = [
        (Outcome::Create, "to create"),
        (Outcome::Update, "to update"),
        (Outcome::Replace, "to replace"),
        (Outcome::Delete, "to delete"),
        (Outcome::Adopt, "to adopt"),
        (Outcome::Retain, "to retain"),
    ];
    let counts = words.iter().map(|(outcome, words)| (plan.count(*outcome), words));
    let counts: Vec<_> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    match counts.as_slice() {
        [] if plan.has_changes() => "Plan: predecessors to delete.".to_owned(),
        [] if plan.items.is_empty() => "No changes. There are no resources.".to_owned(),
        [] => "No changes. The resources are as the files state.".to_owned(),
        counts => format!("Plan: {}.", counts.join(", ")),
    }
}

/// Returns a value of a field without the secrets in it.
fn redacted(kinds: &Kinds, address: &Address, field: &str, value: &Value) -> Value {
    let kind = kinds.get(&address.kind);
    kind.map_or_else(|| Value::from(SECRET), |kind| kind.redacted(field, value))
}
