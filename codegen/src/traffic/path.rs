//! Locations of values in JSON.
//!
//! A path is built on the stack during traversal, and stored only for a finding.

/// The path from the whole body to a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'a> {
    /// The whole body.
    Root,
    /// A path parameter.
    Argument(&'a str),
    /// A query parameter.
    Query(&'a str),
    /// Below a known key.
    Key(&'a Path<'a>, &'a str),
    /// Below an unknown key.
    Foreign(&'a Path<'a>, &'a str),
    /// In a list.
    Index(&'a Path<'a>, usize),
}

/// One step of a stored path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Argument(String),
    Query(String),
    Key(String),
    Foreign(String),
    Index(usize),
}

impl<'a> Path<'a> {
    /// Returns the path of the value below a known key.
    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Path::Key(self, key)
    }

    /// Returns the path of the value below an unknown key.
    pub(super) fn foreign(&'a self, key: &'a str) -> Self {
        Path::Foreign(self, key)
    }

    /// Returns the path of an element of a list.
    pub(super) fn index(&'a self, index: usize) -> Self {
        Path::Index(self, index)
    }

    /// Returns true for the whole body.
    pub(super) fn is_root(&self) -> bool {
        matches!(self, Path::Root)
    }

    /// Returns the stored path.
    pub(super) fn steps(&self) -> Vec<Step> {
        let (mut steps, mut here) = (Vec::new(), self);
        loop {
            let (before, step) = match here {
                Path::Root => break,
                Path::Argument(name) => {
                    steps.push(Step::Argument((*name).to_owned()));
                    break;
                }
                Path::Query(name) => {
                    steps.push(Step::Query((*name).to_owned()));
                    break;
                }
                Path::Key(before, key) => (before, Step::Key((*key).to_owned())),
                Path::Foreign(before, key) => (before, Step::Foreign((*key).to_owned())),
                Path::Index(before, index) => (before, Step::Index(*index)),
            };
            steps.push(step);
            here = before;
        }
        steps.reverse();
        steps
    }
}

/// Returns a path as text: `$.rules[3].action`, `?limit`, `{id}`. `shown` determines how an unknown key is displayed.
pub(super) fn text(steps: &[Step], shown: impl Fn(&str) -> String) -> String {
    let outside = matches!(steps.first(), Some(Step::Argument(_) | Step::Query(_)));
    let start = if outside { "" } else { "$" };
    let steps = steps.iter().map(|step| match step {
        Step::Argument(name) => format!("{{{name}}}"),
        Step::Query(name) => format!("?{}", shown(name)),
        Step::Key(key) => key_text(key),
        Step::Foreign(key) => key_text(&shown(key)),
        Step::Index(index) => format!("[{index}]"),
    });
    start.to_owned() + &steps.collect::<String>()
}

fn key_text(key: &str) -> String {
    let is_word =
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_word { format!(".{key}") } else { format!("[{key:?}]") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_from_the_outside_in() {
        let list = Path::Root.key("rules");
        let item = list.index(3);
        let key = item.foreign("a key");
        assert_eq!(text(&key.steps(), str::to_uppercase), "$.rules[3][\"A KEY\"]");
        assert_eq!(text(&item.steps(), str::to_owned), "$.rules[3]");
        assert_eq!(text(&Path::Query("limit").steps(), str::to_owned), "?limit");
        assert_eq!(text(&Path::Argument("id").steps(), str::to_owned), "{id}");
    }
}
