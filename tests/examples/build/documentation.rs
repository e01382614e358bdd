//! The programs in the Markdown beside the modules of the client.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// Returns a module for each program below a folder, and a list of their functions.
pub(crate) fn programs(folder: &Path) -> io::Result<String> {
    let mut found = Vec::new();
    read_folder(folder, folder, &mut found)?;
    found.sort();
    let mut modules = String::new();
    let mut list = String::from(
        "pub const EXAMPLES: &[(&str, fn() -> ngrok_client::Result<()>)] = &[\n",
    );
    for (number, (name, program)) in found.iter().enumerate() {
        let _ = writeln!(modules, "mod example_{number} {{\n{program}}}\n");
        let main = format!("example_{number}::main");
        let run = if program.contains("async fn main()") {
            format!("|| super::wait(Box::pin({main}()))")
        } else {
            main
        };
        let _ = writeln!(list, "    ({name:?}, {run}),");
    }
    Ok(modules + &list + "];\n")
}

fn read_folder(
    folder: &Path,
    root: &Path,
    found: &mut Vec<(String, String)>,
) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(&path, root, found)?;
        } else if path.extension().is_some_and(|it| it == "md") {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            for (number, program) in (1..).zip(blocks(&fs::read_to_string(&path)?)) {
                found.push((format!("{name}, example {number}"), program));
            }
        }
    }
    Ok(())
}

/// Returns the programs of a page: its code blocks with a `main` function, which documentation does not show.
fn blocks(page: &str) -> Vec<String> {
    let blocks = page.split("```").skip(1).step_by(2);
    blocks.filter(|it| it.contains("fn main() ->")).map(program).collect()
}

/// Attributes that only documentation needs, and that of async programs: they share a runtime, which is compiled once.
const LEFT_OUT: [&str; 3] = ["#[cfg(feature", "#[allow", "#[tokio::main"];

/// Returns a code block as a module: with its hidden lines, without attributes that only
/// documentation needs.
fn program(block: &str) -> String {
    let mut program = String::new();
    let mut lines = block.lines().skip(1);
    while let Some(line) = lines.next() {
        let line = line.strip_prefix("# ").unwrap_or(line);
        if line.starts_with("#[cfg(not(feature") {
            // What follows takes the place of the program.
            lines.next();
        } else if !LEFT_OUT.iter().any(|attribute| line.starts_with(attribute)) {
            let is_main =
                line.starts_with("fn main()") || line.starts_with("async fn main()");
            program.push_str(if is_main { "pub " } else { "" });
            program.push_str(line);
            program.push('\n');
        }
    }
    program
}
