//! Compares the verdicts of `diff` on the crate with cargo-semver-checks and the compiler.
//!
//! For each case both clients are generated. cargo-semver-checks compares them, and caller's code is compiled against both. Run on demand:
//!
//! ```text
//! cargo install cargo-semver-checks --locked
//! cargo test -p ngrok-semver-tests --test agreement -- --ignored --nocapture
//! ```
//!
//! The environment variable `CARGO_SEMVER_CHECKS` names the program if it is not in `PATH`; `CASES` selects cases by a part of their names.

mod checkers;
mod workshop;

use ngrok_codegen::diff::Rust;
use ngrok_semver_tests::{Case, Library, cases};

use checkers::{Callers, Checkers};

/// The outcome of one case.
struct Outcome {
    name: &'static str,
    ours: Rust,
    theirs: Option<Rust>,
    callers: &'static str,
    /// The known reason for a difference, or the error.
    remark: Result<&'static str, String>,
}

#[test]
#[ignore = "run on demand: needs cargo-semver-checks, and compiles some two hundred clients"]
fn verdicts_agree() {
    let library = Library::read();
    let mut checkers = Checkers::new();
    let callers = Callers::of(&cases());
    let wanted = std::env::var("CASES").unwrap_or_default();
    let cases = cases().into_iter().filter(|case| case.name.contains(&wanted));
    println!(
        "| case | diff | cargo-semver-checks | compiler | remark |\n|---|---|---|---|---|"
    );
    let outcomes: Vec<_> = cases
        .map(|case| check_case(&case, &library, &callers, &mut checkers))
        .inspect(print_row)
        .collect();
    print_sums(&outcomes);
    let difference = outcomes.iter().filter_map(|one| one.remark.as_ref().err()).count();
    assert_eq!(difference, 0, "the verdicts on {difference} cases are difference");
}

fn check_case(
    case: &Case,
    library: &Library,
    callers: &Callers,
    checkers: &mut Checkers,
) -> Outcome {
    let ours = case.report(library).rust();
    let mut outcome =
        Outcome { name: case.name, ours, theirs: None, callers: "", remark: Ok("") };
    if let Some(why) = case.unchecked {
        outcome.remark = Ok(why);
        return outcome;
    }
    let (old, new) = case.models(library);
    let theirs = checkers.semver_checks(&old, &new);
    outcome.theirs = Some(theirs);
    match checkers.callers(case, ours, callers, (&old, &new)) {
        Ok(output) => outcome.callers = output,
        Err(difference) => outcome.remark = Err(difference),
    }
    // It has no rules for additions: callers decide those.
    let agrees = (ours == Rust::Major) == (theirs == Rust::Major) && theirs <= ours;
    if outcome.remark.is_ok() {
        outcome.remark = match (agrees, case.undetected) {
            (true, None) => Ok(""),
            (false, Some(why)) if theirs < ours => Ok(why),
            (true, Some(_)) => Err("cargo-semver-checks sees it by now".to_owned()),
            (false, _) => Err("cargo-semver-checks disagrees".to_owned()),
        };
    }
    outcome
}

/// Prints a case when it is checked: all of them take a quarter of an hour.
fn print_row(one: &Outcome) {
    let theirs = one.theirs.map_or("-", Rust::word);
    let remark = match &one.remark {
        Ok(remark) => (*remark).to_owned(),
        Err(difference) => format!("WRONG: {difference}"),
    };
    println!(
        "| {} | {} | {theirs} | {} | {remark} |",
        one.name,
        one.ours.word(),
        one.callers
    );
}

fn print_sums(outcomes: &[Outcome]) {
    let asked = outcomes.iter().filter(|one| one.theirs.is_some()).count();
    let both = outcomes.iter().filter(|one| {
        one.theirs
            .is_some_and(|theirs| (theirs == Rust::Major) == (one.ours == Rust::Major))
    });
    println!(
        "\n{} cases, {asked} checked, {} agree on whether they are major",
        outcomes.len(),
        both.count()
    );
}
