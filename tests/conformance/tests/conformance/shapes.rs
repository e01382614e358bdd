//! Each field of the client has the type that its wire shape in the description asks for.

use ngrok_conformance::{shape, types};

use super::support::records;

#[test]
fn fields_have_the_types_of_their_wire_shapes() {
    let mut seen = 0;
    for (record, ty) in records().zip(types::records()) {
        assert_eq!(record.name, ty.name);
        let expected = record.fields.iter();
        let expected = expected.map(|it| (&*it.wire, shape::expected(record, it)));
        assert_eq!((ty.shapes)(), expected.collect::<Vec<_>>(), "{}", record.name);
        seen += record.fields.len();
    }
    assert!(seen > 0, "no fields were checked");
}
