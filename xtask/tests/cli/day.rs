//! Runs the section "A day with the description" of CONTRIBUTING.md: applies its edits, runs its commands, and compares their output.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::folder::Folder;
use super::{root, xtask};

/// The heading of the section.
const DAY: &str = "\n## A day with the description\n";

/// A subsection: a heading, the edits, and the commands with their output.
struct Hour<'a> {
    title: &'a str,
    edits: Vec<&'a str>,
    commands: Vec<(&'a str, Vec<&'a str>)>,
}

#[test]
fn the_section_matches_the_commands() {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).expect("it is there");
    let (_, day) = text.split_once(DAY).expect("it has a day");
    let day = day.split_once("\n## ").map_or(day, |(day, _)| day);
    let hours: Vec<_> = day.split("\n### ").skip(1).map(Hour::read).collect();
    assert_eq!(hours.len(), 5);
    for (index, hour) in hours.iter().enumerate() {
        hour.live(&Folder::new(&format!("day-{index}")));
    }
}

impl<'a> Hour<'a> {
    fn read(text: &'a str) -> Self {
        let title = text.lines().next().unwrap_or_default();
        let mut hour = Self { title, edits: Vec::new(), commands: Vec::new() };
        // Every other part is inside a code block.
        for block in text.split("\n```").skip(1).step_by(2) {
            let (language, block) = block.split_once('\n').unwrap_or_default();
            match language {
                "diff" => hour.edits.push(block),
                "console" => hour.read_commands(block),
                other => panic!("{title}: unknown block `{other}`"),
            }
        }
        hour
    }

    fn read_commands(&mut self, block: &'a str) {
        for line in block.lines() {
            match line.strip_prefix("$ cargo xtask ") {
                Some(command) => self.commands.push((command, Vec::new())),
                None => self.commands.last_mut().expect("a command").1.push(line),
            }
        }
    }

    fn live(&self, folder: &Folder) {
        let spec = folder.copy_of_description();
        let client = folder.path("generated-client");
        let generates = self.commands.iter().any(|(command, _)| *command == "generate");
        if generates {
            assert_eq!(xtask(&["generate", "--out", &client]).code, Some(0));
        }
        if self.title.contains("renamed") {
            folder.write("openapi.json", &renamed(folder));
        }
        for edit in &self.edits {
            apply(edit, folder);
        }
        for (command, expected) in &self.commands {
            let document = folder.path("openapi.json");
            let mut arguments: Vec<&str> = command.split(' ').collect();
            for argument in &mut arguments {
                match *argument {
                    "HEAD" => *argument = "api-spec",
                    "openapi.json" => *argument = &document,
                    _ => {}
                }
            }
            match arguments[0] {
                "diff" => arguments.push(&spec),
                _ => arguments.extend(["--spec", &spec]),
            }
            if arguments[0] == "generate" {
                arguments.extend(["--out", &client]);
            }
            let ran = xtask(&arguments);
            let printed = (ran.err + &ran.out).replace(&folder.path(""), "");
            let lines: Vec<_> = printed.lines().collect();
            assert!(
                prints(&lines, expected),
                "{}: `{command}` prints\n{printed}",
                self.title
            );
        }
    }
}

/// Returns the published document with a renamed field.
fn renamed(folder: &Folder) -> String {
    let file = folder.path("exported.json");
    let ran = xtask(&["export", "--format", "json", "--out", &file]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let mut document: Value =
        serde_json::from_str(&folder.read("exported.json")).expect("JSON");
    publish(&mut document);
    let vault = &mut document["components"]["schemas"]["Vault"];
    let text = vault.to_string().replace("last_updated_by", "changed_by");
    *vault = serde_json::from_str(&text).expect("JSON");
    serde_json::to_string_pretty(&document).expect("JSON")
}

/// Removes the extensions of our own documents.
fn publish(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("x-spec");
            object.values_mut().for_each(publish);
        }
        Value::Array(items) => items.iter_mut().for_each(publish),
        _ => {}
    }
}

fn apply(edit: &str, folder: &Folder) {
    let mut git = Command::new("git")
        .args(["apply", "-"])
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .spawn()
        .expect("git can be run");
    let mut input = git.stdin.take().expect("a pipe");
    input.write_all(format!("{edit}\n").as_bytes()).expect("git reads");
    drop(input);
    assert!(git.wait().expect("it ends").success(), "{edit}");
}

/// Compares lines with the expected ones. A line `…` matches any lines, and `…` within a line any text.
fn prints(lines: &[&str], expected: &[&str]) -> bool {
    match (lines, expected) {
        ([], []) => true,
        (_, ["…", rest @ ..]) => {
            (0..=lines.len()).any(|skipped| prints(&lines[skipped..], rest))
        }
        ([line, lines @ ..], [wanted, rest @ ..]) => {
            is_like(line, wanted) && prints(lines, rest)
        }
        _ => false,
    }
}

fn is_like(line: &str, wanted: &str) -> bool {
    match wanted.split_once('…') {
        None => line == wanted,
        Some((start, end)) => line.starts_with(start) && line.ends_with(end),
    }
}
