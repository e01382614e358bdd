//! Every kind of problem that lowering can find has its trap.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{api, fields, names, operations, paths, types};

#[test]
fn each_code_of_the_source_has_its_trap() {
    let mut written = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lower"), &mut written);
    let traps = [
        api::CODES,
        fields::CODES,
        names::CODES,
        operations::CODES,
        paths::CODES,
        types::CODES,
    ];
    let covered: BTreeSet<String> =
        traps.iter().copied().flatten().map(|code| (*code).to_owned()).collect();
    assert_eq!(written, covered);
}

/// The codes in the source: texts that are nothing but words with dashes between them.
fn collect(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("it is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            collect(&path, codes);
            continue;
        }
        let source = fs::read_to_string(&path).expect("it is text");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        codes.extend(source.split('"').filter(|text| is_code(text)).map(str::to_owned));
    }
}

fn is_code(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    text.contains('-') && text.split('-').all(word)
}
