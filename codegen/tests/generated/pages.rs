//! The page of each service: a description, a link to the API's documentation, and a life cycle in two programs.

use ngrok_codegen::file_tree::FileTree;
use ngrok_codegen::model::Service;

use super::{description, read, tree};

/// Maximum length of a program.
const LINES: usize = 36;

#[test]
fn every_page_has_a_description_links_and_a_life_cycle() {
    let model = read(&description());
    let tree = tree(&model);
    for service in &model.services {
        let page = page(service, &tree);
        let explained = page.iter().take_while(|line| !line.starts_with("//! See"));
        assert!(explained.count() > 0, "{}: no description", service.name);
        let link = "//! See the [documentation of the API](https://";
        assert!(page.iter().any(|line| line.starts_with(link)), "{}", service.name);
        let programs = programs(service, &tree);
        assert_eq!(programs.len(), 2, "{}", service.name);
        for program in programs {
            let calls = program.iter().filter(|line| line.contains("client")).count();
            assert!(calls >= 2, "{}: no call in {program:?}", service.name);
            assert!(program.len() <= LINES, "{}: {program:?}", service.name);
        }
    }
}

/// Returns the documentation of the module.
fn page<'t>(service: &Service, tree: &'t FileTree) -> Vec<&'t str> {
    let path = format!("src/resources/{}.rs", service.accessor.join("/"));
    let text = tree.get(&path).expect("it is generated");
    let lines = text.lines().skip(1);
    lines.take_while(|line| line.starts_with("//!")).collect()
}

/// Returns the programs that its documentation includes, as they are displayed.
fn programs<'t>(service: &Service, tree: &'t FileTree) -> Vec<Vec<&'t str>> {
    let path = format!("src/resources/{}", service.accessor.join("/"));
    let module = tree.get(&format!("{path}.rs")).expect("it is generated");
    let last = service.accessor.last().expect("it has a name");
    let taken_in = format!("#![doc = include_str!(\"{last}/life-cycle.md\")]");
    assert!(module.contains(&taken_in), "{}: no life", service.name);
    let text = tree.get(&format!("{path}/life-cycle.md")).expect("it is generated");
    let blocks = text.split("```no_run\n").skip(1);
    let blocks = blocks.map(|rest| rest.split("```").next().unwrap_or_default());
    let shown = |block: &'t str| {
        block.lines().filter(|line| !line.starts_with("# ")).collect::<Vec<_>>()
    };
    blocks.map(shown).collect()
}
