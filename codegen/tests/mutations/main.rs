//! Every slip that is an error is told of where it was made, or by its name.
//!
//! The description of this repository is changed in one line, in a few hundred ways that are the same every time. What
//! cannot be right must be told of, what may be right may pass, and whatever is told has to lead to the line; of a word that
//! is misspelt, it has to find the right one.

mod corpus;
mod kinds;
mod lines;

use std::collections::BTreeSet;

use ngrok_codegen::diagnostic::{Color, Diagnostic, Diagnostics, SourceMap};
use ngrok_codegen::spec;

use corpus::{Corpus, Files, problems};
use kinds::{KINDS, Mutation, mutations};

/// How many changes of each kind are tried, if there are so many; the environment variable `MUTATIONS` asks for more.
const EACH: usize = 30;

/// How many are tried at least, even where that takes large descriptions.
const LEAST: usize = 5;

/// Beyond this many lines, a description takes long to read over and over: few of its changes are tried.
const SMALL: usize = 600;

/// A file, and the changes of it that are tried.
struct Trial {
    path: String,
    around: Files,
    mutations: Vec<Mutation>,
}

#[test]
fn nothing_is_wrong_before() {
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
fn every_slip_is_told_of_where_it_is() {
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
        let judge = |start| {
            some(start).filter_map(|(trial, one)| judge(trial, one)).collect::<Vec<_>>()
        };
        let running: Vec<_> =
            (0..threads).map(|start| scope.spawn(move || judge(start))).collect();
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

/// The changes that are tried: of each kind some, spread over all files.
fn trials(corpus: &Corpus) -> Vec<Trial> {
    let mut trials: Vec<Trial> = corpus
        .paths()
        .map(|path| {
            let text = corpus.text(path);
            Trial {
                path: path.to_owned(),
                around: corpus.around(path),
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

/// Keeps some of the changes of a kind, on small descriptions where there are any.
fn thin_out(trials: &mut [Trial], kind: &str, each: usize) {
    let small = thin_out_of(trials, kind, each, Trial::is_small);
    let more = LEAST.saturating_sub(small).max(1);
    thin_out_of(trials, kind, more, |trial| !trial.is_small());
}

/// Keeps so many of the changes of a kind, evenly spread over some of the files; how many there are then.
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

impl Trial {
    fn is_small(&self) -> bool {
        let lines = self.around.iter().map(|(_, text)| text.lines().count());
        lines.sum::<usize>() <= SMALL
    }
}

fn count(trial: &Trial, kind: &str) -> usize {
    trial.mutations.iter().filter(|mutation| mutation.kind == kind).count()
}

/// How what is said of a change fails to lead to it.
fn judge(trial: &Trial, mutation: &Mutation) -> Option<String> {
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
        (false, _) if mutation.wrong => "nothing is said of",
        (true, false) => "what is said does not lead to",
        _ if !finds(mutation, &problems) => "nothing says what was meant by",
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

/// Whether something says what was meant, where that is a word that was only misspelt.
fn finds(mutation: &Mutation, problems: &Diagnostics) -> bool {
    let helps: Vec<_> = problems.iter().filter_map(|one| one.help.as_deref()).collect();
    let found =
        |meant: &String| helps.iter().any(|help| help.contains(&format!("`{meant}`")));
    mutation.meant.as_ref().is_none_or(found)
}

/// Whether a problem is shown at the line, or names what was changed.
fn leads_to(
    problem: &Diagnostic,
    sources: &SourceMap,
    trial: &Trial,
    mutation: &Mutation,
) -> bool {
    let first = mutation.line + 1;
    // Where a line is gone, the one behind it is what shows.
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
