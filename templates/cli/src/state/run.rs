//! Implements the commands.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use clap::ArgMatches;
use ngrok_api_model::Shape;
use ngrok_state_core::{
    Actual, Address, ApiError, Applied, Documents, Kind, Kinds, Lookup, Outcome, Plan,
    Progress, fetch,
};
use serde_json::{Map, Value, json};

use super::connection::Connection;
use super::secrets::{self, SecretsFile};
use super::setup::{self, Setup};
use super::{files, graph, progress, schema};
use crate::app::{App, print};
use crate::failure::Failure;
use crate::output::{Format, print_single};
use crate::prose;

/// Prints what apply would do, and returns whether that is anything.
pub(super) fn plan(app: &App, matches: &ArgMatches) -> Result<bool, Failure> {
    let setup = Setup::of_files(app, matches)?;
    let plan = setup.plan()?;
    match matches.get_one::<String>("graph").map(String::as_str) {
        Some(format) => {
            let graph = graph::Graph::new(&plan);
            print(&if format == "svg" { graph.to_svg() } else { graph.to_mermaid() })?;
        }
        None if structured(app) => {
            let report = ngrok_state_core::json(&plan, &setup.kinds);
            print_single(app, Shape::Unknown, None, report)?;
        }
        None => {
            show(app, &setup, &plan)?;
            secrets::warn(&secrets::created(app, &plan, &setup.kinds));
            secrets::warn_of_lost_responses(app, &plan, &setup.kinds, &setup.state);
        }
    }
    Ok(plan.has_changes())
}

/// Applies files.
pub(super) fn apply(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    carry_out(app, matches, Setup::of_files(app, matches)?, "apply")
}

/// Deletes what was applied.
pub(super) fn destroy(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    carry_out(app, matches, Setup::of_state(app, matches)?, "destroy")
}

/// Shows a plan, asks, makes its calls and reports them.
fn carry_out(
    app: &App,
    matches: &ArgMatches,
    mut setup: Setup<'_>,
    command: &str,
) -> Result<(), Failure> {
    let plan = setup.plan()?;
    if !structured(app) {
        show(app, &setup, &plan)?;
    }
    let path = matches.try_get_one::<PathBuf>("secrets").ok().flatten();
    let created = secrets::created(app, &plan, &setup.kinds);
    if path.is_none() {
        secrets::warn(&created);
    }
    secrets::warn_of_lost_responses(app, &plan, &setup.kinds, &setup.state);
    if plan.has_changes() && !matches.get_flag("yes") {
        progress::confirm(&format!("{command} these changes?"))?;
    }
    let written = setup.store.update(|state| state.key.clone_from(&setup.fingerprint));
    written.map_err(|error| Failure::other(error.to_string()))?;
    let path = path.filter(|_| !created.is_empty());
    let file = path.map(|it| SecretsFile::create(it)).transpose()?;
    let printer = progress::Printer::new(plan.steps.len());
    let cancelled = progress::cancellation();
    let inputs = ngrok_state_core::Inputs {
        kinds: &setup.kinds,
        desired: &setup.documents,
        state: &setup.state,
        actual: &setup.actual,
        ..setup.inputs()
    };
    let parallel = matches.get_one::<u16>("parallel").copied().unwrap_or(1).into();
    let applied = ngrok_state_core::apply(
        &plan,
        inputs,
        &mut setup.store,
        &setup.connection,
        parallel,
        &cancelled,
        &|event| {
            if let (Some(file), Progress::Created(address, created)) = (&file, event)
                && !file.add(address, secrets::of(app, &setup.kinds, address, created))
            {
                // No other secret is to be lost.
                cancelled.store(true, Ordering::Relaxed);
            }
            printer.print(event);
        },
    );
    file.map_or(Ok(()), SecretsFile::finish)?;
    let applied = applied.map_err(|error| Failure::other(error.to_string()))?;
    report(app, &plan, &applied)?;
    outcome(&applied, plan.steps.len())
}

/// Returns true if the output is for programs.
fn structured(app: &App) -> bool {
    app.globals.jq.is_some()
        || matches!(
            app.globals.output,
            Some(Format::Json | Format::Jsonl | Format::Yaml)
        )
}

fn show(app: &App, setup: &Setup<'_>, plan: &Plan) -> Result<(), Failure> {
    let (on, _) = app.globals.color.pair(io::stdout().is_terminal(), "0");
    print(&ngrok_state_core::text(plan, &setup.kinds, !on.is_empty()))
}

/// Prints what was done: a sentence, or JSON.
fn report(app: &App, plan: &Plan, applied: &Applied) -> Result<(), Failure> {
    if structured(app) {
        let failed = applied.failed.iter().map(|(step, message)| {
            json!({ "address": step.address.to_string(), "message": message })
        });
        let created = applied.created.iter().map(|(address, value)| {
            json!({ "address": address.to_string(), "id": value["id"] })
        });
        let report = json!({
            "format_version": 1,
            "done": applied.done,
            "failed": failed.collect::<Vec<_>>(),
            "skipped": applied.skipped,
            "created": created.collect::<Vec<_>>(),
        });
        return print_single(app, Shape::Unknown, None, report);
    }
    if plan.steps.is_empty() {
        return Ok(());
    }
    let failed: BTreeSet<_> =
        applied.failed.iter().map(|(step, _)| &step.address).collect();
    let words = [
        (Outcome::Create, "created"),
        (Outcome::Update, "updated"),
        (Outcome::Replace, "replaced"),
        (Outcome::Delete, "deleted"),
        (Outcome::Adopt, "adopted"),
        (Outcome::Retain, "retained"),
    ];
    let complete = failed.is_empty() && applied.skipped == 0;
    let counts = words.iter().map(|(outcome, word)| (plan.count(*outcome), word));
    let counts = counts.filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts.map(|(count, word)| format!("{count} {word}")).collect();
    if complete && !counts.is_empty() {
        eprintln!("Done: {}.", counts.join(", "));
    }
    Ok(())
}

/// Fails if a step did.
fn outcome(applied: &Applied, total: usize) -> Result<(), Failure> {
    let Applied { done, failed, skipped, .. } = applied;
    if failed.is_empty() && *skipped == 0 {
        return Ok(());
    }
    if failed.is_empty() {
        let what = format!("interrupted; {done} of {total} steps are done");
        return Err(Failure::interrupted(what).hint("run it again to go on"));
    }
    let what = format!(
        "{} of {total} steps failed, {skipped} were not started, {done} are done",
        failed.len()
    );
    Err(Failure::other(what).hint("run it again when the cause is removed"))
}

/// Prints the account as files.
pub(super) fn export(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let kinds = Kinds::new(app.model);
    let given = matches.get_many::<String>("kinds").into_iter().flatten();
    let given: Result<BTreeSet<_>, _> =
        given.map(|name| known_kind(&kinds, name).map(|it| it.name.clone())).collect();
    let given = given?;
    let connection = Connection::new(app)?;
    let wanted = kinds.iter().filter(|it| given.is_empty() || given.contains(&it.name));
    let listed = wanted.filter_map(Kind::listed);
    let lookups = listed.map(|it| Lookup::List(it.clone())).collect();
    // Retired services may be gone, and a key may not be allowed to read everything.
    let tolerate = |lookup: &Lookup, error: &ApiError| {
        let (Lookup::List(name) | Lookup::Get(name, _)) = lookup;
        let tolerable = matches!(error.status, Some(403 | 404 | 410));
        if given.is_empty() && tolerable {
            eprintln!("warning: {name} cannot be listed: {error}");
        }
        given.is_empty() && tolerable
    };
    let actual = fetch(&kinds, &lookups, &connection, &tolerate)
        .map_err(|error| connection.failure(error))?;
    let document = ngrok_state_core::export(&kinds, &actual, app.globals.show_secrets);
    print_document(app, &document)
}

/// Prints a document as YAML, or as JSON if that is asked for.
fn print_document(app: &App, document: &Value) -> Result<(), Failure> {
    if structured(app) && app.globals.output != Some(Format::Yaml) {
        return print_single(app, Shape::Unknown, None, document.clone());
    }
    if document.as_object().is_some_and(Map::is_empty) {
        return Ok(());
    }
    let text = serde_yaml::to_string(document);
    print(&text.map_err(|error| Failure::other(error.to_string()))?)
}

fn known_kind<'a>(kinds: &'a Kinds, name: &str) -> Result<&'a Kind, Failure> {
    let name = name.replace('-', "_");
    kinds.get(&name).ok_or_else(|| {
        let hint = prose::suggestion(&name, kinds.iter().map(|it| it.name.as_str()));
        Failure::usage(format!("there is no kind of resource `{name}`{hint}"))
    })
}

/// Records an existing resource in the state, and prints it as part of a file.
pub(super) fn import(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned().unwrap_or_default();
    let (address, id) = (text("address"), text("id"));
    let kinds = Kinds::new(app.model);
    let Some(address) = Address::parse(&address) else {
        return Err(Failure::usage(format!("`{address}` is not of the form KIND.NAME")));
    };
    let kind = known_kind(&kinds, &address.kind)?.clone();
    let address = Address { kind: kind.name.clone(), ..address };
    let connection = Connection::new(app)?;
    let listed = kind.listed().unwrap_or(&kind.name).clone();
    let found =
        fetch(&kinds, &BTreeSet::from([Lookup::List(listed)]), &connection, &|_, _| {
            false
        });
    let found = found.map_err(|error| connection.failure(error))?;
    let mut all = found.of_kind(&kind.name);
    let found = all.find(|(identity, _)| identity.values().next_back() == Some(&id));
    let Some((identity, value)) = found else {
        return Err(Failure::not_found(format!("no {} has the ID `{id}`", kind.noun)));
    };
    let mut alone = Actual::default();
    alone.insert(&kind.name, identity.clone(), value.clone());
    let exported = ngrok_state_core::export(&kinds, &alone, false);
    let fields = exported[&kind.name].as_object().and_then(|it| it.values().next());
    let path = setup::state_path(app, matches, None);
    let document = json!({ kind.name.as_str(): { address.name.as_str(): fields } });
    let mut documents = Documents::default();
    let fields = fields.cloned().unwrap_or_default();
    let problems = documents.add(&kind, &address.name, "import", fields);
    if let Some(problem) = problems.first() {
        return Err(Failure::other(problem.to_string()));
    }
    let mut setup = Setup::new(app, kinds, documents, &path)?;
    if let Some(entry) = setup.state.resources.get(&address) {
        let known = entry.identity.values().next_back() == Some(&id);
        let what = if known {
            "is in the state already"
        } else {
            "is another resource in the state"
        };
        return Err(Failure::usage(format!("{address} {what}")));
    }
    if let Some(owner) = setup.state.owner(&kind.name, identity) {
        return Err(Failure::usage(format!("{id} is in the state as {owner}")));
    }
    let plan = setup.plan()?;
    let Some(mut entry) = plan.items.get(&address).map(|item| item.entry.clone()) else {
        return Err(Failure::other(format!("{address} cannot be imported")));
    };
    // Secrets are placeholders here: the next apply sends those of the files.
    entry.hidden.clear();
    let written = setup.store.update(|state| {
        state.key.clone_from(&setup.fingerprint);
        state.resources.insert(address.clone(), entry);
    });
    written.map_err(|error| Failure::other(error.to_string()))?;
    print_document(app, &document)
}

/// Checks files, or prints their schema.
pub(super) fn validate(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let kinds = Kinds::new(app.model);
    if matches.get_flag("schema") {
        let schema = schema::of_files(app.model, &kinds);
        let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        return print(&format!("{text}\n"));
    }
    let paths = setup::paths(matches);
    let files = files::read(app, &kinds, &paths, files::Unset::Allowed)?;
    let resources = files.documents.resources.len();
    if structured(app) {
        let report =
            json!({ "valid": true, "files": files.count, "resources": resources });
        return print_single(app, Shape::Unknown, None, report);
    }
    let s = |count: usize| if count == 1 { "" } else { "s" };
    eprintln!(
        "{} file{}, {resources} resource{}: no problems",
        files.count,
        s(files.count),
        s(resources)
    );
    Ok(())
}
