//! Limits of values: each has a direction.

use ngrok_codegen::diff::diff;
use ngrok_codegen::model::{Model, Rule, Rules, Type};

use super::folder;

use Rule::{Max, MaxBytes, MaxLen, Min, MinItems, OneOf};

/// Returns the library with these rules for the title of a new book.
fn with(library: &Model, rules: Rules) -> Model {
    let mut model = library.clone();
    let Some(Type::Record(book)) = model.types.get_mut("BookCreate") else {
        unreachable!("it is a record")
    };
    let title = book.fields.iter_mut().find(|field| field.wire == "title");
    title.expect("a title").rules = rules;
    model
}

#[test]
fn every_bound_has_a_direction() {
    let library = folder("tests/library");
    let none = || Rules::default();
    let one = |rule| Rules::from_iter([rule]);
    for (less, more) in [
        (one(MaxBytes(1)), one(MaxBytes(2))),
        (one(MaxLen(1)), none()),
        (one(Max(1.0)), none()),
        (one(Min(2.0)), one(Min(1.0))),
        (one(MinItems(1)), none()),
        (one(OneOf(vec![1])), one(OneOf(vec![1, 2]))),
        (one(OneOf(vec![1])), none()),
    ] {
        let (less, more) = (with(&library, less), with(&library, more));
        let rules = |old, new| -> Vec<_> {
            diff(old, new).changes.iter().map(|change| change.rule.id).collect()
        };
        assert_eq!(rules(&more, &less), ["limit-tightened"]);
        assert_eq!(rules(&less, &more), ["limit-loosened"]);
        assert_eq!(rules(&less, &less), [""; 0]);
    }
    let old = with(&library, one(OneOf(vec![1, 2])));
    let new = with(&library, one(OneOf(vec![2, 3])));
    assert_eq!(diff(&old, &new).changes[0].rule.id, "limit-tightened");
}
