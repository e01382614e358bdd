//! Changes of a description, and what each breaks.
//!
//! A [`Case`] is a change of the description of a small API (`codegen/tests/library`), what `diff` has to find, and
//! code that a caller may have written, which the change breaks or makes possible. `tests/rules.rs` holds `diff` to
//! that. `tests/agreement.rs` generates both clients and asks cargo-semver-checks and the compiler.

mod cases;
mod library;

use ngrok_codegen::diff::{Report, diff};
use ngrok_codegen::model::Model;

pub use cases::cases;
pub use library::Library;

/// One change of the description.
#[derive(Debug)]
pub struct Case {
    /// What is done.
    pub name: &'static str,
    /// The rules that apply, and to what.
    pub finds: Vec<(&'static str, &'static str)>,
    /// Code that a caller may have written before, and that no longer compiles.
    pub breaks: Option<&'static str>,
    /// Code that compiles now, and did not before.
    pub gains: Option<&'static str>,
    /// Why cargo-semver-checks says less than `diff`.
    pub unseen: Option<&'static str>,
    /// Why no compiler and no tool can judge it.
    pub unjudged: Option<&'static str>,
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
    /// A change that does nothing yet.
    fn new(name: &'static str) -> Self {
        Self {
            name,
            finds: Vec::new(),
            breaks: None,
            gains: None,
            unseen: None,
            unjudged: None,
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

    /// Changes what no description can say, such as how names are made.
    fn model(mut self, change: fn(&mut Model)) -> Self {
        self.edits.push(Edit::Model(change));
        self
    }

    /// The edits lead from the new description to the old one.
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

    fn unseen(mut self, why: &'static str) -> Self {
        self.unseen = Some(why);
        self
    }

    fn unjudged(mut self, why: &'static str) -> Self {
        self.unjudged = Some(why);
        self
    }

    /// Whether the description of the library is the one after the change.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.reversed
    }

    /// The model before, and the model after.
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

    /// What `diff` says.
    #[must_use]
    pub fn report(&self, library: &Library) -> Report {
        let (old, new) = self.models(library);
        diff(&old, &new)
    }
}
