//! Changes of a description, and their consequences.
//!
//! A [`Case`] is a change of the description of a small API (`codegen/tests/library`), the expected findings of `diff`, and caller's code
//! which the change breaks or makes possible. `tests/rules.rs` checks `diff` against it. `tests/agreement.rs` generates both clients and
//! runs cargo-semver-checks and the compiler.

mod cases;
mod library;

use ngrok_codegen::diff::{Report, diff};
use ngrok_codegen::model::Model;

pub use cases::cases;
pub use library::Library;

/// One change of the description.
#[derive(Debug)]
pub struct Case {
    /// Name of the change.
    pub name: &'static str,
    /// Expected rules, and the items they apply to.
    pub finds: Vec<(&'static str, &'static str)>,
    /// Caller's code that compiled before and no longer does.
    pub breaks: Option<&'static str>,
    /// Caller's code that compiles now and did not before.
    pub gains: Option<&'static str>,
    /// Reason why cargo-semver-checks reports less than `diff`.
    pub undetected: Option<&'static str>,
    /// Reason why neither compiler nor tool can check it.
    pub unchecked: Option<&'static str>,
    edits: Vec<Edit>,
    reversed: bool,
}

#[derive(Debug)]
enum Edit {
    Replace { file: &'static str, from: &'static str, to: &'static str },
    Add { file: &'static str, text: &'static str },
    Remove { file: &'static str },
    Move { file: &'static str, to: &'static str },
    Model(fn(&mut Model)),
}

impl Case {
    /// Creates a change without edits.
    fn new(name: &'static str) -> Self {
        Self {
            name,
            finds: Vec::new(),
            breaks: None,
            gains: None,
            undetected: None,
            unchecked: None,
            edits: Vec::new(),
            reversed: false,
        }
    }

    fn edit(mut self, file: &'static str, from: &'static str, to: &'static str) -> Self {
        self.edits.push(Edit::Replace { file, from, to });
        self
    }

    fn add(mut self, file: &'static str, text: &'static str) -> Self {
        self.edits.push(Edit::Add { file, text });
        self
    }

    fn remove(mut self, file: &'static str) -> Self {
        self.edits.push(Edit::Remove { file });
        self
    }

    fn rename(mut self, file: &'static str, to: &'static str) -> Self {
        self.edits.push(Edit::Move { file, to });
        self
    }

    /// Changes the model in a way that no description can express, such as the naming of identifiers.
    fn model(mut self, change: fn(&mut Model)) -> Self {
        self.edits.push(Edit::Model(change));
        self
    }

    /// Swaps the two descriptions: the edits lead from the new one to the old one.
    fn reversed(mut self) -> Self {
        self.reversed = true;
        self
    }

    fn finds(mut self, rule: &'static str, subject: &'static str) -> Self {
        self.finds.push((rule, subject));
        self
    }

    fn breaks(mut self, code: &'static str) -> Self {
        self.breaks = Some(code);
        self
    }

    fn gains(mut self, code: &'static str) -> Self {
        self.gains = Some(code);
        self
    }

    fn undetected(mut self, why: &'static str) -> Self {
        self.undetected = Some(why);
        self
    }

    fn unchecked(mut self, why: &'static str) -> Self {
        self.unchecked = Some(why);
        self
    }

    /// Returns true if the description of the library is the one after the change.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.reversed
    }

    /// Returns the models before and after.
    ///
    /// # Panics
    ///
    /// If an edit changes nothing, or leaves a description with errors.
    #[must_use]
    pub fn models(&self, library: &Library) -> (Model, Model) {
        let mut edited = library.clone();
        let mut changes = Vec::new();
        for edit in &self.edits {
            match edit {
                Edit::Replace { file, from, to } => edited.replace(file, from, to),
                Edit::Add { file, text } => edited.add(file, text),
                Edit::Remove { file } => drop(edited.remove(file)),
                Edit::Move { file, to } => {
                    let text = edited.remove(file);
                    edited.add(to, &text);
                }
                Edit::Model(change) => changes.push(change),
            }
        }
        let mut after = edited.model(self.name);
        for change in changes {
            change(&mut after);
        }
        let before = library.model("nothing");
        assert_ne!(before, after, "{}: the edits change nothing", self.name);
        if self.reversed { (after, before) } else { (before, after) }
    }

    /// Returns the report of `diff`.
    #[must_use]
    pub fn report(&self, library: &Library) -> Report {
        let (old, new) = self.models(library);
        diff(&old, &new)
    }
}
