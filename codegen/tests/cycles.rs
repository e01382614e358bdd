//! No module imports one that imports it in turn.
//!
//! A module and those it contains may use each other; all other imports lead one way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

/// A module: the names that lead to it from the root of its crate.
type Module = Vec<String>;
type Imports = BTreeMap<Module, BTreeSet<Module>>;

#[test]
fn the_generator_has_no_import_cycles() {
    let imports = imports("src");
    assert!(imports.values().any(|used| !used.is_empty()), "imports were found");
    assert_eq!(cycles(&imports), Vec::<Vec<Module>>::new());
}

#[test]
fn the_model_has_no_import_cycles() {
    assert_eq!(cycles(&imports("model/src")), Vec::<Vec<Module>>::new());
}

#[test]
fn a_cycle_is_found() {
    let sources = [
        (vec!["a"], "use super::b::{self, c::Deep}; mod d;"),
        (vec!["a", "d"], "use super::Parent;"),
        (vec!["b"], "mod c; fn f() { c::g() }"),
        (vec!["b", "c"], "fn g() -> T { crate::a::h() }"),
        (vec!["e"], "use super::a; #[cfg(test)] mod tests { use super::super::b; }"),
    ];
    let name = |module: Vec<&str>| module.into_iter().map(str::to_owned).collect();
    let sources = sources.map(|(module, text)| (name(module), text.to_owned()));
    let found = cycles(&resolve(sources.into_iter().collect()));
    assert_eq!(found, [[name(vec!["a"]), name(vec!["b", "c"])]]);
}

/// The imports of each module below a folder of this crate.
fn imports(folder: &str) -> Imports {
    let mut sources = BTreeMap::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &[], &mut sources);
    resolve(sources)
}

fn collect(folder: &Path, module: &[String], sources: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("the folder can be read").path();
        let name =
            path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let mut inner = module.to_vec();
        if !matches!(name.as_str(), "lib" | "mod") {
            inner.push(name);
        }
        if path.is_dir() {
            collect(&path, &inner, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            sources.insert(inner, fs::read_to_string(&path).expect("it is UTF-8"));
        }
    }
}

fn resolve(sources: BTreeMap<Module, String>) -> Imports {
    let known: BTreeSet<Module> = sources.keys().cloned().collect();
    let imports = sources.into_iter().map(|(module, source)| {
        let tokens: TokenStream = source.parse().expect("it is Rust");
        let mut paths = Vec::new();
        paths_of(tokens, &mut Vec::new(), &mut paths);
        let used = paths.iter().filter_map(|path| target(path, &module, &known));
        let used =
            used.filter(|used| !used.starts_with(&module) && !module.starts_with(used));
        let used = used.collect();
        (module, used)
    });
    imports.collect()
}

/// All paths in tokens, groups of imports written out, without the modules of tests.
fn paths_of(tokens: TokenStream, prefix: &mut Module, paths: &mut Vec<Module>) {
    let mut path = prefix.clone();
    let mut after_test = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) => path.push(name.to_string()),
            TokenTree::Group(group) => {
                if after_test && group.delimiter() == proc_macro2::Delimiter::Brace {
                    after_test = false;
                    path.clone_from(prefix);
                    continue;
                }
                after_test |= group.to_string().replace(' ', "") == "[cfg(test)]";
                let continues = path.len() > prefix.len()
                    && path.last().is_some_and(String::is_empty);
                if continues {
                    path.pop();
                }
                let mut outer = if continues { path.clone() } else { Vec::new() };
                paths_of(group.stream(), &mut outer, paths);
                path.clone_from(prefix);
            }
            TokenTree::Punct(colon) if colon.as_char() == ':' => {
                let double = tokens.next_if(|next| next.to_string() == ":").is_some();
                let group = matches!(tokens.peek(), Some(TokenTree::Group(_)));
                if !double {
                    path.clone_from(prefix);
                } else if group {
                    path.push(String::new());
                }
                continue;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {
                after_test &= token.to_string() != ";";
                path.clone_from(prefix);
            }
        }
        let goes_on = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
        if path.len() > prefix.len() && !goes_on {
            paths.push(path.clone());
            path.clone_from(prefix);
        }
    }
}

/// The module that a path leads to.
fn target(path: &[String], from: &[String], known: &BTreeSet<Module>) -> Option<Module> {
    let (first, rest) = path.split_first()?;
    let mut module = match first.as_str() {
        "crate" => rest.to_vec(),
        "super" => {
            let ups = path.iter().take_while(|step| *step == "super").count();
            let base = &from[..from.len().checked_sub(ups)?];
            base.iter().chain(&path[ups..]).cloned().collect()
        }
        _ => return None,
    };
    while !known.contains(&module) {
        module.pop()?;
    }
    Some(module)
}

/// The groups of modules that import each other, however indirectly.
fn cycles(imports: &Imports) -> Vec<Vec<Module>> {
    let reached: BTreeMap<&Module, BTreeSet<&Module>> =
        imports.keys().map(|module| (module, reachable(module, imports))).collect();
    let mut groups = BTreeSet::new();
    for (module, others) in &reached {
        let group = others.iter().filter(|other| reached[*other].contains(module));
        let group: Vec<Module> = group.map(|other| (*other).clone()).collect();
        if !group.is_empty() {
            groups.insert(group);
        }
    }
    groups.into_iter().collect()
}

fn reachable<'i>(from: &'i Module, imports: &'i Imports) -> BTreeSet<&'i Module> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&Module> = imports[from].iter().collect();
    while let Some(module) = open.pop() {
        if seen.insert(module) {
            open.extend(&imports[module]);
        }
    }
    seen
}
