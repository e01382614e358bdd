//! Do the verdicts on the crate agree with cargo-semver-checks, and with the compiler?
//!
//! For each case both clients are generated. cargo-semver-checks compares them, and code that callers may have written
//! is compiled against both. Run on demand:
//!
//! ```text
//! cargo install cargo-semver-checks --locked
//! cargo test -p ngrok-semver-tests --test agreement -- --ignored --nocapture
//! ```
//!
//! The environment variable `CARGO_SEMVER_CHECKS` names the program where it is not on the path, `CASES` a part of the
//! names of the cases to judge.

mod judges;
mod workshop;

use ngrok_codegen::diff::Rust;
use ngrok_semver_tests::{Case, Library, cases};

use judges::{Callers, Judges};

/// What came of one case.
struct Outcome {
    name: &'static str,
    ours: Rust,
    theirs: Option<Rust>,
    callers: &'static str,
    /// Why the judges differ, where that is known; what is wrong, where it is not.
    remark: Result<&'static str, String>,
}

#[test]
#[ignore = "run on demand: needs cargo-semver-checks, and compiles some two hundred clients"]
fn verdicts_agree() {
    let library = Library::read();
    let mut judges = Judges::new();
    let callers = Callers::of(&cases());
    let wanted = std::env::var("CASES").unwrap_or_default();
    let cases = cases().into_iter().filter(|case| case.name.contains(&wanted));
    let outcomes: Vec<_> =
        cases.map(|case| judge(&case, &library, &callers, &mut judges)).collect();
    print_table(&outcomes);
    let wrong = outcomes.iter().filter_map(|one| one.remark.as_ref().err()).count();
    assert_eq!(wrong, 0, "the verdicts on {wrong} cases are wrong");
}

fn judge(
    case: &Case,
    library: &Library,
    callers: &Callers,
    judges: &mut Judges,
) -> Outcome {
    let ours = case.report(library).rust();
    let mut outcome =
        Outcome { name: case.name, ours, theirs: None, callers: "", remark: Ok("") };
    if let Some(why) = case.unjudged {
        outcome.remark = Ok(why);
        return outcome;
    }
    let (old, new) = case.models(library);
    let theirs = judges.semver_checks(&old, &new);
    outcome.theirs = Some(theirs);
    match judges.callers(case, ours, callers, (&old, &new)) {
        Ok(said) => outcome.callers = said,
        Err(wrong) => outcome.remark = Err(wrong),
    }
    // It has no rules for what is new: there a caller is the judge.
    let agrees = (ours == Rust::Major) == (theirs == Rust::Major) && theirs <= ours;
    if outcome.remark.is_ok() {
        outcome.remark = match (agrees, case.unseen) {
            (true, None) => Ok(""),
            (false, Some(why)) if theirs < ours => Ok(why),
            (true, Some(_)) => Err("cargo-semver-checks sees it by now".to_owned()),
            (false, _) => Err("cargo-semver-checks says otherwise".to_owned()),
        };
    }
    outcome
}

fn print_table(outcomes: &[Outcome]) {
    println!(
        "| case | diff | cargo-semver-checks | compiler | remark |\n|---|---|---|---|---|"
    );
    for one in outcomes {
        let theirs = one.theirs.map_or("-", Rust::word);
        let remark = match &one.remark {
            Ok(remark) => (*remark).to_owned(),
            Err(wrong) => format!("WRONG: {wrong}"),
        };
        println!(
            "| {} | {} | {theirs} | {} | {remark} |",
            one.name,
            one.ours.word(),
            one.callers
        );
    }
    let asked = outcomes.iter().filter(|one| one.theirs.is_some()).count();
    let both = outcomes.iter().filter(|one| {
        one.theirs
            .is_some_and(|theirs| (theirs == Rust::Major) == (one.ours == Rust::Major))
    });
    println!(
        "\n{} cases, {asked} judged, {} alike on whether it is major",
        outcomes.len(),
        both.count()
    );
}
