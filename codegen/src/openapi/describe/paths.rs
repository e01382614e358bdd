//! Paths and their segments.

/// Returns the segments of a path.
pub(crate) fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}

/// Returns true if a path has a trailing slash, which is part of the address.
pub(crate) fn ends_with_slash(path: &str) -> bool {
    path.len() > 1 && path.ends_with('/')
}

/// Returns the name of a segment that is a parameter.
pub(crate) fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Returns the path without the names of its parameters.
pub(crate) fn pattern(path: &str) -> String {
    let part = |segment: &str| {
        if parameter(segment).is_some() { "{}".to_owned() } else { segment.to_owned() }
    };
    joined(segments(path).into_iter().map(part))
}

/// Joins segments to a path.
pub(crate) fn joined<S: AsRef<str>>(segments: impl IntoIterator<Item = S>) -> String {
    segments
        .into_iter()
        .fold(String::new(), |path, segment| path + "/" + segment.as_ref())
}

/// Returns true if two segments are equivalent: equal, or both parameters.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    a == b || (parameter(a).is_some() && parameter(b).is_some())
}

/// Returns the common prefix of all paths.
pub(crate) fn common<'a>(paths: &[Vec<&'a str>]) -> Vec<&'a str> {
    let Some((first, rest)) = paths.split_first() else { return Vec::new() };
    let length = rest.iter().fold(first.len(), |length, path| {
        first.iter().zip(path).take(length).take_while(|(a, b)| alike(a, b)).count()
    });
    first[..length].to_vec()
}
