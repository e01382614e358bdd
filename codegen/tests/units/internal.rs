//! Modules of the generator that are not public and use no other one. They are compiled here once more, which takes less time
//! than the whole generator with tests in it.
#![allow(dead_code, reason = "the generator uses all of it")]

#[path = "../../src/diff/pairs.rs"]
mod pairs;
#[path = "../../src/parallel.rs"]
mod parallel;
#[path = "../../src/spec/place.rs"]
mod place;

use pairs::Pairs;
use place::Marked;

#[test]
fn marks_are_written_as_they_are_read() {
    for text in ["response", "create!", "update~", "create!~", "response~-"] {
        assert_eq!(Marked::parse(text).map(Marked::text).as_deref(), Some(text));
    }
    assert_eq!(Marked::parse("reply"), None);
}

#[test]
fn results_have_the_order_of_the_items() {
    let items: Vec<u64> = (0..1000).collect();
    let doubled: Vec<u64> = items.iter().map(|item| item * 2).collect();
    assert_eq!(parallel::map(&items, |item| item * 2), doubled);
    assert!(parallel::map(&[], |item: &u64| *item).is_empty());
}

#[test]
fn lists_are_matched_by_key() {
    let (old, new) = (["a1", "b2", "c3"], ["c0", "a1", "d2"]);
    let pairs = Pairs::new(&old, &new, |word| word.chars().next());
    assert_eq!(pairs.kept, [(&"c3", &"c0"), (&"a1", &"a1")]);
    assert!(pairs.reordered);
    assert_eq!((&pairs.removed, &pairs.added), (&vec![&"b2"], &vec![&"d2"]));
}
