//! Edits that leave a description without errors.
//!
//! Takes the texts of a description and edits in units that only make sense together; returns the texts with the
//! applicable units, and the reason why others are not.

use std::collections::BTreeMap;

use super::notes::Note;
use crate::diagnostic::{Diagnostic, Severity, SourceMap};
use crate::load_files;
use crate::yaml::edit::{Edit, apply};

/// Texts of files, by name.
pub(crate) type Texts = BTreeMap<String, String>;

/// Edits that belong together, each with its file.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    /// Notes to report when they are applied; the first describes their purpose.
    pub(crate) notes: Vec<Note>,
    pub(crate) edits: Vec<(String, Edit)>,
    /// A removed file.
    pub(crate) removed: Option<String>,
}

/// The results of several units.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    pub(crate) done: Vec<Unit>,
    /// Units that cannot be applied, with the reason.
    pub(crate) refused: Vec<(Unit, String)>,
}

/// Applies all units together or, if that fails, one half after the other, down to those that cannot be applied. The
/// description is loaded again for each attempt: few times if little is rejected.
pub(crate) fn apply_valid(texts: &mut Texts, units: Vec<Unit>) -> Applied {
    let mut applied = Applied::default();
    let mut open: Vec<_> =
        Some(units).filter(|units| !units.is_empty()).into_iter().collect();
    while let Some(mut units) = open.pop() {
        let mut tried = texts.clone();
        match apply_all(&mut tried, &units).and_then(|()| validate(&tried)) {
            Ok(()) => {
                *texts = tried;
                applied.done.extend(units);
            }
            Err(reason) if units.len() == 1 => {
                applied.refused.extend(units.pop().map(|unit| (unit, reason)));
            }
            Err(_) => {
                let rest = units.split_off(units.len() / 2);
                open.extend([rest, units]);
            }
        }
    }
    applied
}

/// Applies the edits, grouped by file.
fn apply_all(texts: &mut Texts, units: &[Unit]) -> Result<(), String> {
    let mut by_file: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    for (file, edit) in units.iter().flat_map(|unit| &unit.edits) {
        by_file.entry(file).or_default().push(edit.clone());
    }
    for (file, edits) in by_file {
        let text = texts.get_mut(file).ok_or("its file is not there")?;
        *text = apply(text, &edits).map_err(|impossible| impossible.message)?;
    }
    for file in units.iter().filter_map(|unit| unit.removed.as_ref()) {
        texts.remove(file);
    }
    Ok(())
}

/// Checks that files are a description without errors.
fn validate(texts: &Texts) -> Result<(), String> {
    let (errors, _) = errors(texts);
    errors.first().map_or(Ok(()), |error| {
        Err(format!("the description would have an error: {}", error.message))
    })
}

/// Returns the errors of a description.
pub(crate) fn errors(texts: &Texts) -> (Vec<Diagnostic>, SourceMap) {
    let loaded = load_files(texts.clone());
    let errors = loaded.diagnostics.into_iter();
    (errors.filter(|it| it.severity == Severity::Error).collect(), loaded.sources)
}
