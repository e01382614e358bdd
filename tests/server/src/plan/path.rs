//! Parsed API paths. Takes a string with `{parameters}`; returns its parts, and a pattern that is independent of parameter names.

use ngrok_api_model::path::{Segment, segments};

/// One part of a path between two slashes, or several without a parameter among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Fixed part: `edges/https`.
    Fixed(String),
    /// Parameter, by name.
    Parameter(String),
}

/// Returns the parts of a path, in order. Consecutive fixed parts are merged.
pub(crate) fn parts(path: &str) -> Vec<Part> {
    let segments = segments(path).into_iter();
    let parts = segments.filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(Part::Parameter(name.to_owned())),
        Segment::Text(text) => {
            let text = text.trim_matches('/');
            (!text.is_empty()).then(|| Part::Fixed(text.to_owned()))
        }
    });
    parts.collect()
}

/// Returns the path with `{}` for each parameter: the same for all operations on the same value.
pub(crate) fn pattern(parts: &[Part]) -> String {
    let mut pattern = String::new();
    for part in parts {
        pattern.push('/');
        match part {
            Part::Fixed(text) => pattern.push_str(text),
            Part::Parameter(_) => pattern.push_str("{}"),
        }
    }
    if pattern.is_empty() { "/".to_owned() } else { pattern }
}

#[cfg(test)]
mod tests {
    use super::{Part, parts, pattern};

    #[test]
    fn a_path_is_parsed_and_rendered() {
        let taken = parts("/edges/https/{edge_id}/routes/{id}");
        let fixed = |text: &str| Part::Fixed(text.to_owned());
        let parameter = |name: &str| Part::Parameter(name.to_owned());
        assert_eq!(
            taken,
            [
                fixed("edges/https"),
                parameter("edge_id"),
                fixed("routes"),
                parameter("id")
            ]
        );
        assert_eq!(pattern(&taken), "/edges/https/{}/routes/{}");
        assert_eq!(pattern(&parts("/")), "/");
    }
}
