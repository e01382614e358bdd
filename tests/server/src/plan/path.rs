//! Paths of the API taken apart. Text with `{parameters}` goes in; its parts, and a form of it that does not depend on
//! what the parameters are called, come out.

/// One part of a path between two slashes, or several that have no parameter among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Fixed text: `edges/https`.
    Fixed(String),
    /// A parameter, by its name.
    Parameter(String),
}

/// The parts of a path, in order. Fixed parts that follow each other are one.
pub(crate) fn parts(path: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for piece in path.split('/').filter(|piece| !piece.is_empty()) {
        let name = piece.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        match (name, parts.last_mut()) {
            (Some(name), _) => parts.push(Part::Parameter(name.to_owned())),
            (None, Some(Part::Fixed(before))) => {
                before.push('/');
                before.push_str(piece);
            }
            (None, _) => parts.push(Part::Fixed(piece.to_owned())),
        }
    }
    parts
}

/// The path with `{}` for each parameter: the same for all operations on the same things.
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
    fn a_path_is_taken_apart_and_put_together() {
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
