//! Mutation tests of diagnostics: every mistake that is an error is reported where it was made, or by its name.
//!
//! The description of this repository is changed in one line, in a few hundred deterministic ways. Errors must be reported, and every
//! report has to lead to the line; for a misspelt word, it has to suggest the right one.

mod corpus;
mod kinds;
mod lines;

use std::collections::BTreeSet;

use ngrok_codegen::diagnostic::{Color, Diagnostic, Diagnostics, SourceMap};
use ngrok_codegen::spec;

use corpus::{Corpus, Files, problems};
use kinds::{KINDS, Mutation, mutations};

/// Maximum number of mutations of each kind; the environment variable `MUTATIONS` sets more.
const EACH: usize = 30;

/// Minimum number of mutations, even if that needs large descriptions.
const LEAST: usize = 5;

/// A longer description is slow to read repeatedly: few of its mutations are tried.
const SMALL: usize = 600;

/// A file, and the mutations to try.
struct Trial {
    path: String,
    around: Files,
    /// True if its files have few lines.
    small: bool,
    mutations: Vec<Mutation>,
}

#[test]
fn the_unchanged_description_has_no_errors() {
    let corpus = Corpus::read();
    let descriptions: BTreeSet<Files> =
        corpus.paths().map(|path| corpus.around(path)).collect();
    for files in descriptions {
        let loaded = spec::parse(files);
        let said = problems(&loaded).render(&loaded.sources, Color::Never);
        assert_eq!(said, "");
    }
}

#[test]
fn every_mistake_is_reported_where_it_is() {
    let trials = trials(&Corpus::read());
    for (kind, _) in KINDS {
        let count: usize = trials.iter().map(|trial| count(trial, kind)).sum();
        assert!(count >= LEAST, "{kind}: there are only {count} changes");
    }
    let all: Vec<(&Trial, &Mutation)> = trials
        .iter()
        .flat_map(|trial| trial.mutations.iter().map(move |one| (trial, one)))
        .collect();
    assert!(all.len() >= 500, "there are only {} changes", all.len());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let some = |start: usize| all.iter().skip(start).step_by(threads);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let failure = |start| {
            some(start)
                .filter_map(|(trial, one)| failure(trial, one))
                .collect::<Vec<_>>()
        };
        let running: Vec<_> =
            (0..threads).map(|start| scope.spawn(move || failure(start))).collect();
        running.into_iter().flat_map(|some| some.join().expect("no panic")).collect()
    });
    assert!(
        wrong.is_empty(),
        "{} of {} changes:\n\n{}",
        wrong.len(),
        all.len(),
        wrong.join("\n")
    );
}

/// Returns the mutations to try: some of each kind, spread over all files.
fn trials(corpus: &Corpus) -> Vec<Trial> {
    let mut trials: Vec<Trial> = corpus
        .paths()
        .map(|path| {
            let (text, around) = (corpus.text(path), corpus.around(path));
            let lines = around.iter().map(|(_, text)| text.lines().count());
            Trial {
                path: path.to_owned(),
                small: lines.sum::<usize>() <= SMALL,
                around,
                mutations: mutations(&lines::entries(text), text),
            }
        })
        .collect();
    let each = std::env::var("MUTATIONS").ok().and_then(|number| number.parse().ok());
    for (kind, _) in KINDS {
        thin_out(&mut trials, kind, each.unwrap_or(EACH));
    }
    trials.retain(|trial| !trial.mutations.is_empty());
    trials
}

/// Keeps some of the mutations of a kind, on small descriptions if there are any.
fn thin_out(trials: &mut [Trial], kind: &str, each: usize) {
    let small = thin_out_of(trials, kind, each, |trial| trial.small);
    let more = LEAST.saturating_sub(small).max(1);
    thin_out_of(trials, kind, more, |trial| !trial.small);
}

/// Keeps a number of the mutations of a kind, evenly spread over some of the files; returns the number kept.
fn thin_out_of(
    trials: &mut [Trial],
    kind: &str,
    wanted: usize,
    of: impl Fn(&Trial) -> bool,
) -> usize {
    let counts = trials.iter().filter(|trial| of(trial)).map(|trial| count(trial, kind));
    let step = counts.sum::<usize>().div_ceil(wanted).max(1);
    let (mut seen, mut kept) = (0, 0);
    for trial in trials.iter_mut().filter(|trial| of(trial)) {
        trial.mutations.retain(|mutation| {
            if mutation.kind != kind {
                return true;
            }
            seen += 1;
            let keep = (seen - 1) % step == 0;
            kept += usize::from(keep);
            keep
        });
    }
    kept
}

fn count(trial: &Trial, kind: &str) -> usize {
    trial.mutations.iter().filter(|mutation| mutation.kind == kind).count()
}

/// Returns the reason why the diagnostics of a mutation do not lead to it.
fn failure(trial: &Trial, mutation: &Mutation) -> Option<String> {
    let mut files = trial.around.clone();
    let (_, text) = files.iter_mut().find(|(path, _)| *path == trial.path)?;
    let mut lines: Vec<&str> = text.lines().collect();
    let before = std::mem::replace(&mut lines[mutation.line], &mutation.text);
    let before = before.to_owned();
    *text = lines.join("\n") + "\n";
    let loaded = spec::parse(files);
    let problems = problems(&loaded);
    let said = problems.render(&loaded.sources, Color::Always);
    let leads = problems
        .iter()
        .any(|problem| leads_to(problem, &loaded.sources, trial, mutation));
    let complaint = match (problems.has_errors(), leads) {
        (false, _) if mutation.wrong => "no diagnostic for",
        (true, false) => "the diagnostics do not lead to",
        _ if !finds(mutation, &problems) => "no suggestion of the word meant by",
        _ => return None,
    };
    let said = if said.is_empty() {
        said
    } else {
        problems.render(&loaded.sources, Color::Never)
    };
    let (path, number) = (&trial.path, mutation.line + 1);
    let (kind, after) = (mutation.kind, &mutation.text);
    Some(format!(
        "=== {complaint} {path}:{number}: {kind}\n- {before}\n+ {after}\n{said}"
    ))
}

/// Returns true if a diagnostic suggests the intended word.
fn finds(mutation: &Mutation, problems: &Diagnostics) -> bool {
    let helps: Vec<_> = problems.iter().filter_map(|one| one.help.as_deref()).collect();
    let found =
        |meant: &String| helps.iter().any(|help| help.contains(&format!("`{meant}`")));
    mutation.meant.as_ref().is_none_or(found)
}

/// Returns true if a problem is reported at the line, or contains the changed words.
fn leads_to(
    problem: &Diagnostic,
    sources: &SourceMap,
    trial: &Trial,
    mutation: &Mutation,
) -> bool {
    let first = mutation.line + 1;
    // If a line was removed, the next one is reported.
    let lines = first
        ..=first + mutation.text.lines().count().max(1)
            - usize::from(!mutation.text.is_empty());
    let spans = std::iter::once(problem.span())
        .chain(problem.related.iter().map(|label| label.span));
    let mut at = spans
        .filter(|span| sources.name(span.file) == Some(&trial.path))
        .filter_map(|span| sources.position(span));
    let help = problem.help.as_deref().unwrap_or_default();
    let named = |word: &String| {
        let words = [format!("`{word}`"), format!("`{word}:`")];
        words.iter().any(|word| problem.message.contains(word) || help.contains(word))
    };
    at.any(|position| {
        lines.contains(&usize::try_from(position.line).unwrap_or_default())
    }) || mutation.words.iter().any(named)
}
