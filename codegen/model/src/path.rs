//! Paths with parameters in braces: `/edges/{edge_id}/routes`.

use super::Operation;

/// A piece of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment<'p> {
    /// Fixed text, with its slashes: `/routes`.
    Text(&'p str),
    /// The name of a parameter.
    Parameter(&'p str),
}

/// Takes a path apart. Braces that enclose no name are text.
#[must_use]
pub fn segments(path: &str) -> Vec<Segment<'_>> {
    let (mut segments, mut text, mut next) = (Vec::new(), 0, 0);
    while let Some(close) = path[next..].find('}').map(|at| next + at) {
        next = close + 1;
        let Some(open) = path[text..close].rfind('{').map(|at| text + at) else {
            continue;
        };
        if open > text {
            segments.push(Segment::Text(&path[text..open]));
        }
        segments.push(Segment::Parameter(&path[open + 1..close]));
        text = next;
    }
    if text < path.len() {
        segments.push(Segment::Text(&path[text..]));
    }
    segments
}

/// Returns the names of the parameters of a path, in order.
pub fn parameters(path: &str) -> impl Iterator<Item = &str> {
    segments(path).into_iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name),
        Segment::Text(_) => None,
    })
}

/// Returns a path with a value in place of each parameter.
pub fn fill(path: &str, mut value: impl FnMut(&str) -> String) -> String {
    let segments = segments(path).into_iter();
    let filled = segments.map(|segment| match segment {
        Segment::Text(text) => text.to_owned(),
        Segment::Parameter(name) => value(name),
    });
    filled.collect()
}

/// Returns the values of a path's parameters, if the parts of a request's path match it. None of them is empty.
pub fn arguments<'r>(
    path: &str,
    parts: impl IntoIterator<Item = &'r str>,
) -> Option<Vec<&'r str>> {
    let (mut wanted, mut found) = (path.split('/').skip(1), parts.into_iter());
    let mut arguments = Vec::new();
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return Some(arguments),
            (Some(wanted), Some(found)) if wanted.starts_with('{') => {
                arguments.push(Some(found).filter(|it| !it.is_empty())?);
            }
            (Some(wanted), Some(found)) if wanted == found => {}
            _ => return None,
        }
    }
}

impl Operation {
    /// Returns method and path, as documentation shows them: `GET /edges/{id}`.
    #[must_use]
    pub fn request_line(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Segment::{Parameter, Text},
        arguments, fill, parameters, segments,
    };

    #[test]
    fn a_path_matches_part_by_part() {
        let fits = |path: &'static str| {
            arguments("/edges/{a}/routes/{b}", path.split('/').skip(1))
        };
        assert_eq!(fits("/edges/x%2Fy/routes/z"), Some(vec!["x%2Fy", "z"]));
        for path in ["/edges/x/routes", "/edges/x/routes/", "/edges//routes/z", "/", ""]
        {
            assert_eq!(fits(path), None, "{path}");
        }
        assert_eq!(arguments("/a/{b}", ["b", "c"]), None);
        assert_eq!(arguments("/{a}", ["{a}"]), Some(vec!["{a}"]));
    }

    #[test]
    fn paths_are_taken_apart_and_filled() {
        for (path, expected) in [
            ("/", vec![Text("/")]),
            ("/a/{id}", vec![Text("/a/"), Parameter("id")]),
            (
                "/a/{b_id}/c/{id}/d",
                vec![
                    Text("/a/"),
                    Parameter("b_id"),
                    Text("/c/"),
                    Parameter("id"),
                    Text("/d"),
                ],
            ),
            ("{a}{b}", vec![Parameter("a"), Parameter("b")]),
            ("/a/{b", vec![Text("/a/{b")]),
            ("/a}/{b/{c}", vec![Text("/a}/{b/"), Parameter("c")]),
            ("", vec![]),
        ] {
            assert_eq!(segments(path), expected, "{path}");
            assert_eq!(fill(path, |name| format!("{{{name}}}")), path);
        }
        assert_eq!(parameters("/a/{b}/{c}").collect::<Vec<_>>(), ["b", "c"]);
    }
}
