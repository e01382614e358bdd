//! Documentation of the model as plain text for terminals.

/// The whole documentation, one line per paragraph.
pub(crate) fn text(docs: &str) -> String {
    let paragraphs: Vec<_> = paragraphs(docs).map(|lines| plain(&lines)).collect();
    paragraphs.join("\n\n")
}

/// The first sentence, without a full stop.
pub(crate) fn summary(docs: &str) -> String {
    let first = plain(&paragraphs(docs).next().unwrap_or_default());
    let end = first.find(". ").unwrap_or(first.len());
    first[..end].trim_end_matches('.').to_owned()
}

/// The paragraphs, each as one line.
fn paragraphs(docs: &str) -> impl Iterator<Item = String> {
    let lines: Vec<&str> = docs.lines().map(str::trim).collect();
    let paragraphs =
        lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| lines.join(" ")).collect::<Vec<_>>().into_iter()
}

/// Removes links and code marks: `` [`IpPolicy`](crate::IpPolicy) `` becomes `IpPolicy`.
fn plain(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(start) = rest.find('[') {
        let (before, link) = rest.split_at(start);
        plain.push_str(before);
        let Some(end) = link.find(']') else {
            rest = link;
            break;
        };
        plain.push_str(&link[1..end]);
        rest = &link[end + 1..];
        if let (true, Some(close)) = (rest.starts_with('('), rest.find(')')) {
            rest = &rest[close + 1..];
        }
    }
    plain.push_str(rest);
    plain.replace(['`', '\\'], "")
}

/// Joins words for a sentence: `a, b or c`.
pub(crate) fn alternatives(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// Returns the most likely candidate for a misspelt name.
pub(crate) fn similar<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let scored = candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (best.0 > 0.75).then_some(best.1)
}

/// Returns `; did you mean ...?`, if there is a candidate.
pub(crate) fn suggestion<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    similar(name, candidates)
        .map(|candidate| format!("; did you mean `{candidate}`?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{alternatives, similar, summary};

    #[test]
    fn takes_links_and_marks_away() {
        let docs = "Creates an [`IpPolicy`](crate::IpPolicy) in\n`us`. More.";
        assert_eq!(summary(docs), "Creates an IpPolicy in us");
    }

    #[test]
    fn suggests_what_is_near() {
        assert_eq!(
            similar("descripton", ["metadata", "description"]),
            Some("description")
        );
        assert_eq!(similar("zzz", ["metadata", "description"]), None);
        assert_eq!(alternatives(&["a", "b", "c"]), "a, b or c");
    }
}
