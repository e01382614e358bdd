//! Suggestions for misspelt names.
//!
//! Takes an unknown name and the known ones; returns the nearest of them, or nothing.

/// Returns the known name nearest to an unknown one, if it is near enough.
#[must_use]
pub fn suggest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let plain = normal(name);
    let distance =
        |known: &'a str| (strsim::damerau_levenshtein(&plain, &normal(known)), known);
    let (steps, nearest) =
        candidates.into_iter().map(distance).min_by_key(|(steps, _)| *steps)?;
    (steps <= allowance(&plain).min(allowance(nearest))).then_some(nearest)
}

/// Returns the nearest known name as a question.
#[must_use]
pub fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    suggest(name, candidates).map(|nearest| format!("did you mean `{nearest}`?"))
}

/// Returns the nearest known name as a question, or another solution.
#[must_use]
pub(crate) fn did_you_mean_or<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    other: impl Into<String>,
) -> String {
    did_you_mean(name, candidates).unwrap_or_else(|| other.into())
}

/// Returns the maximum distance: one edit for every three letters.
fn allowance(name: &str) -> usize {
    (name.chars().count() / 3).max(1)
}

/// Normalizes case and word separators.
fn normal(name: &str) -> String {
    name.to_lowercase().replace(['-', ' '], "_")
}
