//! Rendering of diagnostics.

use ngrok_codegen::diagnostic::{Code, Color, Diagnostic, Diagnostics, SourceMap, Span};

use super::{THINGS, read, report_change, traps};

const TWO: &str = "noun: thing\nnoun: [ünïcödé, other]\nresouce: Thing\n";

traps! {
    records_for_tools: records(),
    in_colour: coloured(),
    several_files: two_files(),
    after_characters_of_several_bytes: report_change("{ type: Kind,", "{ doc: ünïcödé, ünïcödé: x,"),
}

fn records() -> String {
    let loaded = read(TWO);
    serde_json::to_string_pretty(&loaded.diagnostics.records(&loaded.sources))
        .unwrap_or_default()
}

fn coloured() -> String {
    let loaded = read(&THINGS.replacen("noun: thing", "nuon: thing", 1));
    let first = loaded
        .diagnostics
        .iter()
        .next()
        .map(|first| first.render(&loaded.sources, Color::Always));
    first.unwrap_or_default().replace('\u{1b}', "ESC")
}

fn two_files() -> String {
    let mut sources = SourceMap::new();
    sources.set_root("api-spec/");
    let a = sources.add("resources/a.yaml", "resource: Thing\n");
    let b = sources.add("resources/b.yaml", "resource: Thing\n");
    let problem = Diagnostic::error(
        Code::DuplicateType,
        Span::new(b, 10, 15),
        "two types are called `Thing`",
    )
    .label("this one")
    .related(Span::new(a, 10, 15), "and this one")
    .help("give one of them another name");
    let warning =
        Diagnostic::warning(Code::NoPlace, Span::NOWHERE, "a problem of the whole");
    Diagnostics::from_iter([warning, problem]).sorted().render(&sources, Color::Never)
}
