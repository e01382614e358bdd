//! Edits of description files.

use ngrok_codegen::yaml::edit::{Change, Edit, apply};
use ngrok_codegen::yaml::{Map, Tree};

const FILE: &str = "\
# top
noun: thing
doc: |
  A thing.

  More about it.

operations:
  create: Makes one.
  list: { doc: \"Lists them, all.\", filter: [id] }

fields:
  id: { prefix: th }
  uri:
  # about name
  name: { type: string, in: [response, create!] } # the name
  action:
    type: Action
    in: [response, create]
    doc: >-
      What is done, said at
      some length.

enums:
  Action:
    doc: What is done.
    values:
      allow: Lets it.
";

fn set(path: &[&str], key: &str, value: impl Into<Tree>, after: Option<&str>) -> Edit {
    let change = Change::Set {
        key: key.to_owned(),
        value: value.into(),
        after: after.into_iter().map(str::to_owned).collect(),
    };
    Edit::new(path.iter().copied(), change)
}

/// Returns the differences after the edits, line by line.
fn diff(edits: &[Edit]) -> String {
    let edited = apply(FILE, edits).expect("an edit that fits");
    assert_eq!(
        apply(&edited, &[]).expect("no edit"),
        edited,
        "an edited file is left alone"
    );
    let (old, new): (Vec<_>, Vec<_>) =
        (FILE.lines().collect(), edited.lines().collect());
    let same_start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same_start;
    let same_end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    let gone =
        old[same_start..old.len() - same_end].iter().map(|line| format!("-{line}\n"));
    let come =
        new[same_start..new.len() - same_end].iter().map(|line| format!("+{line}\n"));
    gone.chain(come).collect()
}

#[test]
fn edits_together_have_the_effects_of_each_in_turn() {
    let remove = |path: &[&str], key: &str| {
        Edit::new(path.iter().copied(), Change::Remove { key: key.to_owned() })
    };
    let edits = [
        set(&["fields", "name"], "doc", "Its name.", None),
        set(&["fields"], "size", Map::new().with("type", "int32"), Some("uri")),
        set(&["enums", "Action", "values"], "deny", "Stops it.", None),
        set(&["fields", "size"], "doc", "Its size.", None),
        remove(&["fields", "action"], "in"),
        set(&["fields", "action"], "nullable", true, Some("type")),
        set(&["fields", "uri"], "doc", "Its address.", None),
        remove(&["fields"], "id"),
        set(&["fields", "name"], "min_items", 1_u32, None),
        set(&["operations", "create"], "status", 202_u32, None),
    ];
    for start in 0..edits.len() {
        let edits: Vec<_> = edits.iter().cycle().skip(start).take(edits.len()).collect();
        let together: Vec<_> = edits.iter().copied().cloned().collect();
        let in_turn = edits.iter().fold(FILE.to_owned(), |text, edit| {
            apply(&text, &[(*edit).clone()]).expect("an edit that fits")
        });
        assert_eq!(apply(FILE, &together).expect("edits that fit"), in_turn);
    }
}

#[test]
fn nothing_changes_without_edits() {
    assert_eq!(apply(FILE, &[]).unwrap(), FILE);
}

#[test]
fn fields_are_added_in_the_style_of_the_file() {
    let short = Map::new().with("type", "string").with("doc", "A, b.");
    let long = Map::new()
        .with("type", "string")
        .with("in", vec!["response"])
        .with("doc", "word ".repeat(24).trim());
    insta::assert_snapshot!(diff(&[
        set(&["fields"], "short", short.clone(), Some("action")),
        set(&["fields"], "long", long, Some("short")),
        set(&["fields"], "last", short, None),
    ]), @r#"
    +  short: { type: string, doc: "A, b." }
    +  long:
    +    type: string
    +    in: [response]
    +    doc: >-
    +      word word word word word word word word word word word word word word word word word word word word word word
    +      word word
    +  last: { type: string, doc: "A, b." }
    "#);
}

#[test]
fn places_are_added_to_lists_in_one_line_and_in_blocks() {
    let add = |field: &str| {
        Edit::new(["fields", field, "in"], Change::Add { item: "update".to_owned() })
    };
    insta::assert_snapshot!(diff(&[add("name")]), @r"
    -  name: { type: string, in: [response, create!] } # the name
    +  name: { type: string, in: [response, create!, update] } # the name
    ");
    insta::assert_snapshot!(diff(&[add("action")]), @r"
    -    in: [response, create]
    +    in: [response, create, update]
    ");
}

#[test]
fn what_no_longer_fits_becomes_a_block() {
    let doc = "Why it is called what it is called, and by whom, in as many words as it takes to say so.";
    insta::assert_snapshot!(diff(&[set(&["fields", "name"], "doc", doc, None)]), @r"
    -  name: { type: string, in: [response, create!] } # the name
    +  name: # the name
    +    type: string
    +    in: [response, create!]
    +    doc: Why it is called what it is called, and by whom, in as many words as it takes to say so.
    ");
}

#[test]
fn values_that_are_left_out_or_short_become_maps() {
    insta::assert_snapshot!(diff(&[set(&["fields", "uri"], "in", vec!["response-"], None)]), @r"
    -  uri:
    +  uri: { in: [response-] }
    ");
    insta::assert_snapshot!(diff(&[set(&["operations", "create"], "openapi", false, None)]), @r"
    -  create: Makes one.
    +  create: { doc: Makes one., openapi: false }
    ");
}

#[test]
fn sections_are_made_with_a_line_between() {
    let record = Map::new()
        .with("doc", "Part.")
        .with("fields", Map::new().with("a", Tree::Null).section())
        .section();
    insta::assert_snapshot!(diff(&[set(&["types"], "Part", record, None)]), @r"
    +
    +types:
    +  Part:
    +    doc: Part.
    +    fields:
    +      a:
    ");
    let rule = Map::new().with("one_of", vec!["a", "b"]);
    insta::assert_snapshot!(diff(&[set(&[], "constraints", vec![rule], Some("fields"))]), @r"
    +constraints:
    +  - { one_of: [a, b] }
    +
    ");
}

#[test]
fn what_is_removed_leaves_no_trace() {
    let remove = |path: &[&str], key: &str| {
        Edit::new(path.iter().copied(), Change::Remove { key: key.to_owned() })
    };
    insta::assert_snapshot!(diff(&[remove(&["fields"], "action")]), @r"
    -  action:
    -    type: Action
    -    in: [response, create]
    -    doc: >-
    -      What is done, said at
    -      some length.
    ");
    insta::assert_snapshot!(diff(&[remove(&["fields"], "name")]), @r"
    -  # about name
    -  name: { type: string, in: [response, create!] } # the name
    ");
    insta::assert_snapshot!(diff(&[remove(&["enums"], "Action")]), @r"
    -
    -enums:
    -  Action:
    -    doc: What is done.
    -    values:
    -      allow: Lets it.
    ");
    let replace = Change::Replace { old: "create!".to_owned(), new: None };
    insta::assert_snapshot!(diff(&[Edit::new(["fields", "name", "in"], replace)]), @r"
    -  name: { type: string, in: [response, create!] } # the name
    +  name: { type: string, in: [response] } # the name
    ");
}

#[test]
fn lines_end_as_before() {
    let file = FILE.replace('\n', "\r\n");
    let add = set(&["fields"], "last", "string", None);
    let edited = apply(&file, std::slice::from_ref(&add)).unwrap();
    assert_eq!(edited.matches('\n').count(), edited.matches("\r\n").count());
    assert_eq!(edited.replace("\r\n", "\n"), apply(FILE, &[add]).unwrap());
}

#[test]
fn what_cannot_be_edited_is_refused() {
    let edit = set(&["fields", "name", "in", "b"], "c", 1_i64, None);
    assert!(apply(FILE, &[edit]).is_err());
    assert!(apply("- a\n- b\n", &[set(&[], "c", 1_i64, None)]).is_err());
    assert!(apply("a: [\n", &[set(&[], "c", 1_i64, None)]).is_err());
}
