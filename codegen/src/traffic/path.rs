//! Where in a JSON text a value is.
//!
//! A path grows on the stack while a value is walked through, and is written down only where something was found.

/// The way from the whole text to a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'a> {
    /// The whole text.
    Root,
    /// A parameter of the path.
    Argument(&'a str),
    /// A parameter of the query.
    Query(&'a str),
    /// Below a key that the description knows.
    Key(&'a Path<'a>, &'a str),
    /// Below a key that it does not know.
    Foreign(&'a Path<'a>, &'a str),
    /// In a list.
    Index(&'a Path<'a>, usize),
}

/// One step of a path that was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Argument(String),
    Query(String),
    Key(String),
    Foreign(String),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The value below a key that the description knows.
    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Path::Key(self, key)
    }

    /// The value below a key that it does not know.
    pub(super) fn foreign(&'a self, key: &'a str) -> Self {
        Path::Foreign(self, key)
    }

    /// An element of a list.
    pub(super) fn index(&'a self, index: usize) -> Self {
        Path::Index(self, index)
    }

    /// Whether this is the whole text.
    pub(super) fn is_root(&self) -> bool {
        matches!(self, Path::Root)
    }

    /// The path written down.
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

/// A path as text: `$.rules[3].action`, `?limit`, `{id}`. `shown` says how a key may be shown that the description does not know.
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
