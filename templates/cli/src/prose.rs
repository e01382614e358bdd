//! Documentation of the model as plain text for terminals, and suggestions for misspelt names.

use ngrok_api_model::first_paragraph;

/// The whole documentation, one line per paragraph.
pub(crate) fn text(docs: &str) -> String {
    let paragraphs: Vec<_> = paragraphs(docs).iter().map(|lines| plain(lines)).collect();
    paragraphs.join("\n\n")
}

/// The first sentence, without a full stop.
pub(crate) fn summary(docs: &str) -> String {
    let first = plain(&first_paragraph(docs));
    let end = first.find(". ").unwrap_or(first.len());
    first[..end].trim_end_matches('.').to_owned()
}

/// The paragraphs, each as one line.
fn paragraphs(docs: &str) -> Vec<String> {
    let lines: Vec<&str> = docs.lines().map(str::trim).collect();
    let paragraphs =
        lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| lines.join(" ")).collect()
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

/// Returns pairs as lines, the second parts aligned.
pub(crate) fn aligned(indent: &str, pairs: &[(String, String)]) -> String {
    let width = pairs.iter().map(|(first, _)| first.len()).max().unwrap_or_default();
    let line = |(first, second): &(String, String)| {
        let line = format!("{indent}{first:width$}  {second}");
        line.trim_end().to_owned() + "\n"
    };
    pairs.iter().map(line).collect()
}

/// Returns `; did you mean ...?`, if a candidate resembles a misspelt name.
pub(crate) fn suggestion<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    let scored = candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
    match scored.max_by(|(a, _), (b, _)| a.total_cmp(b)) {
        Some((score, best)) if score > 0.75 => format!("; did you mean `{best}`?"),
        _ => String::new(),
    }
}
