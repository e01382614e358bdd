//! Parts of API paths. Takes a path; returns its parts, and a pattern that is independent of parameter names.

use ngrok_api_model::{PathTemplate, Piece, Segment};

/// One part of a path between two slashes, or several without a parameter among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Fixed part: `edges/https`.
    Fixed(String),
    /// Parameter, by name.
    Parameter(String),
}

/// Returns the parts of a path, in order. Consecutive fixed parts are merged.
pub(crate) fn parts(path: &PathTemplate) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in path.segments().iter().flat_map(Segment::pieces) {
        match (piece, parts.last_mut()) {
            (Piece::Parameter(name), _) => parts.push(Part::Parameter(name.clone())),
            (Piece::Text(text), Some(Part::Fixed(before))) => {
                before.extend(["/", text]);
            }
            (Piece::Text(text), _) => parts.push(Part::Fixed(text.clone())),
        }
    }
    parts
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
    use ngrok_api_model::PathTemplate;

    use super::{Part, parts, pattern};

    #[test]
    fn a_path_is_parsed_and_rendered() {
        let taken = parts(&PathTemplate::new("/edges/https/{edge_id}/routes/{id}"));
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
        assert_eq!(pattern(&parts(&PathTemplate::new("/"))), "/");
    }
}
