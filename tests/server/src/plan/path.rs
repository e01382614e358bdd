//! Paths of the API taken apart. Text with `{parameters}` goes in; its parts, and a form of it that does not depend on
//! what the parameters are called, come out.

use ngrok_api_model::path::{Segment, segments};

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
