//! The corpus of mutations: the files of the description, each with only those that it needs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ngrok_codegen::diagnostic::Diagnostics;
use ngrok_codegen::lower::lower;
use ngrok_codegen::spec::{self, Loaded};

/// Paths and texts.
pub(crate) type Files = Vec<(String, String)>;

const API: &str = "api.yaml";
const ERRORS: &str = "errors.yaml";

/// The description of this repository.
pub(crate) struct Corpus {
    files: BTreeMap<String, String>,
    /// For each file, those that define what it refers to.
    mentioned: BTreeMap<String, BTreeSet<String>>,
}

impl Corpus {
    pub(crate) fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec");
        let loaded = spec::load(&folder);
        let files = loaded.sources.files();
        let mut files: BTreeMap<_, _> =
            files.map(|(_, path, text)| (path.to_owned(), text.to_owned())).collect();
        // The codes are alike, and any number may be used: a few are enough.
        if let Some(errors) = files.get_mut(ERRORS) {
            let kept = errors.split_inclusive("\n  2").take(5).collect::<String>();
            *errors = kept.trim_end_matches("\n  2").to_owned() + "\n";
        }
        let mut declared = BTreeMap::new();
        for file in loaded.spec.iter().flat_map(|spec| &spec.resources) {
            let (path, resource) = (path(&file.accessor), &file.resource);
            if !resource.fields.is_empty() {
                declared.insert(resource.resource.to_string(), path.clone());
            }
            let names = resource.types.keys().chain(resource.enums.keys());
            declared.extend(names.map(|name| (name.to_string(), path.clone())));
            declared.insert(file.accessor.join("."), path);
        }
        let mentioned = files.iter().map(|(path, text)| {
            let found = mentioned(text, &declared).map(str::to_owned);
            (path.clone(), found.collect())
        });
        Self { mentioned: mentioned.collect(), files }
    }

    /// Iterates over the files to mutate.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(crate) fn text(&self, path: &str) -> &str {
        &self.files[path]
    }

    /// Returns a description with a file and everything that it needs, without errors.
    pub(crate) fn around(&self, path: &str) -> Files {
        let some = "resources/event_destinations.yaml";
        let mut needed = BTreeSet::from([path, API, ERRORS]);
        let mut open =
            if path.starts_with("resources") { vec![path] } else { vec![some] };
        while let Some(next) = open.pop() {
            needed.insert(next);
            let mentioned = self.mentioned[next].iter().map(String::as_str);
            open.extend(mentioned.filter(|path| !needed.contains(path)));
        }
        let text = |path: &str| self.restricted(path, &needed);
        needed.iter().map(|path| ((*path).to_owned(), text(path))).collect()
    }

    /// Returns a text, without the exceptions of `api.yaml` that none of these files needs.
    fn restricted(&self, path: &str, needed: &BTreeSet<&str>) -> String {
        let text = self.text(path);
        let Some((before, rest)) =
            text.split_once("  keywords: [").filter(|_| path == API)
        else {
            return text.to_owned();
        };
        let (words, after) = rest.split_once("]\n").unwrap_or_default();
        let is_key = |word: &str| {
            let keys = [format!("\n  {word}:"), format!("\n      {word}:")];
            needed.iter().any(|path| {
                let (_, fields) =
                    self.text(path).split_once("\nfields:").unwrap_or_default();
                keys.iter().any(|key| fields.contains(key))
            })
        };
        let words: Vec<_> = words.split(", ").filter(|word| is_key(word)).collect();
        format!("{before}  keywords: [{}]\n{after}", words.join(", "))
    }
}

/// Iterates over the files that define what a text refers to, by the names that files declare.
fn mentioned<'d>(
    text: &str,
    declared: &'d BTreeMap<String, String>,
) -> impl Iterator<Item = &'d str> {
    let inside = |c: char| c.is_alphanumeric() || "_.".contains(c);
    let words = text.split(move |c| !inside(c));
    words.flat_map(|word| {
        let service = word.rsplit_once('.').map(|(service, _)| service);
        let names = [Some(word), service].into_iter().flatten();
        names.filter_map(|name| declared.get(name)).map(String::as_str)
    })
}

fn path(accessor: &[String]) -> String {
    format!("resources/{}.yaml", accessor.join("/"))
}

/// Returns the problems of a description.
pub(crate) fn problems(loaded: &Loaded) -> Diagnostics {
    let mut problems = loaded.diagnostics.clone();
    if let Some(spec) = &loaded.spec {
        problems.extend(lower(spec).1);
    }
    problems.sorted()
}
