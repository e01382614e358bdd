//! Recursive records.

use serde_json::json;

use super::{decode, encode};
use crate::runtime::{body, record};

body! {
    /// A node.
    #[derive(Clone, Default, PartialEq)]
    Node {
        /// Its name.
        name: Option<String>,
        /// The next node.
        next: Option<Box<Node>>,
    }
}

record! { Node { name, next } }

#[test]
fn a_recursive_record_round_trips() {
    let node: Node = decode(r#"{"name":"a","next":{"name":"b","next":null}}"#);
    let inner = node.next.as_deref().expect("it is there");
    assert_eq!(inner, &Node::default().name("b"));
    assert_eq!(encode(&node), json!({"name": "a", "next": {"name": "b"}}));
}

#[test]
fn it_is_set_without_a_box() {
    let inner = Node::default().name("b");
    let expected = json!({"next": {"name": "b"}});
    assert_eq!(encode(&Node::default().next(&inner)), expected);
    assert_eq!(encode(&Node::default().next(Box::new(inner.clone()))), expected);
    assert_eq!(encode(&Node::default().next(inner)), expected);
}
