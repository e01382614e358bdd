//! Edits of a description that it can bear: with them, it still has no errors.
//!
//! Enters the texts of a description and edits in units that only make sense whole; leaves the texts with those that can
//! be made, and tells of the others why not.

use std::collections::BTreeMap;

use super::edit::{Edit, apply};
use crate::diagnostic::Severity;
use crate::lower::lower;
use crate::spec::parse;

/// The texts of files, by their names.
pub(crate) type Texts = BTreeMap<String, String>;

/// Edits that belong together, each with its file, and what they are for.
#[derive(Debug, Clone)]
pub(crate) struct Unit<T> {
    pub(crate) what: T,
    pub(crate) edits: Vec<(String, Edit)>,
    /// A file that goes.
    pub(crate) removed: Option<String>,
}

/// What came of several units.
#[derive(Debug)]
pub(crate) struct Made<T> {
    pub(crate) done: Vec<T>,
    /// Those that could not be made, and why.
    pub(crate) refused: Vec<(T, String)>,
}

/// Makes all units at once, or if that does not go, one half after the other, down to those that cannot be made. The
/// description is read again once for each try: few times where little is refused.
pub(crate) fn make<T>(texts: &mut Texts, units: Vec<Unit<T>>) -> Made<T> {
    let mut made = Made { done: Vec::new(), refused: Vec::new() };
    let mut open: Vec<_> =
        Some(units).filter(|units| !units.is_empty()).into_iter().collect();
    while let Some(mut units) = open.pop() {
        let mut tried = texts.clone();
        let whole = units.iter().try_for_each(|unit| make_one(&mut tried, unit));
        match whole.and_then(|()| bears(&tried)) {
            Ok(()) => {
                *texts = tried;
                made.done.extend(units.into_iter().map(|unit| unit.what));
            }
            Err(reason) if units.len() == 1 => {
                made.refused.extend(units.pop().map(|unit| (unit.what, reason)));
            }
            Err(_) => {
                let rest = units.split_off(units.len() / 2);
                open.extend([rest, units]);
            }
        }
    }
    made
}

fn make_one<T>(texts: &mut Texts, unit: &Unit<T>) -> Result<(), String> {
    for (file, edit) in &unit.edits {
        let text = texts.get_mut(file).ok_or("its file is not there")?;
        *text = apply(text, std::slice::from_ref(edit))
            .map_err(|impossible| impossible.message)?;
    }
    if let Some(file) = &unit.removed {
        texts.remove(file);
    }
    Ok(())
}

/// Whether files are a description without errors.
fn bears(texts: &Texts) -> Result<(), String> {
    let files = texts.iter().map(|(name, text)| (name.clone(), text.clone()));
    let mut loaded = parse(files.collect());
    if let Some(spec) = &loaded.spec {
        loaded.diagnostics.extend(lower(spec).1);
    }
    let problem = loaded.diagnostics.iter().find(|it| it.severity == Severity::Error);
    problem.map_or(Ok(()), |problem| {
        Err(format!("the description cannot bear it: {}", problem.message))
    })
}
