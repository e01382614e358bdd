//! Enums: the known values have their names in every form, and others are kept.

use ngrok_conformance::example::UNKNOWN;
use ngrok_conformance::types;
use serde_json::Value;

use super::support::enums;

#[test]
fn the_known_values_are_those_of_the_model() {
    let mut seen = 0;
    let names: Vec<_> = types::enums().iter().map(|ty| ty.name).collect();
    assert_eq!(names, enums().map(|one| one.name.as_str()).collect::<Vec<_>>());
    for (enumeration, ty) in enums().zip(types::enums()) {
        let wires: Vec<_> =
            enumeration.variants.iter().map(|variant| &*variant.wire).collect();
        assert_eq!((ty.known)(), wires, "{}", ty.name);
        assert_eq!(ty.values.iter().map(|value| value.wire).collect::<Vec<_>>(), wires);
        for value in ty.values {
            assert!((value.is_same)(), "{}: {}", ty.name, value.wire);
            assert!(!(ty.is_unknown)(value.wire), "{}: {}", ty.name, value.wire);
            seen += 1;
        }
    }
    assert!(seen > 0, "no values were checked");
}

#[test]
fn other_values_are_kept() {
    for ty in types::enums() {
        let shouted = (ty.known)().into_iter().map(|name| format!("{name}!"));
        for name in [String::new(), UNKNOWN.to_owned(), "Ünknown \"1\"".to_owned()]
            .into_iter()
            .chain(shouted)
        {
            let json = Value::from(name.as_str());
            assert!((ty.is_unknown)(&name), "{}: {name}", ty.name);
            assert_eq!((ty.again)(json.to_string().as_bytes()), Ok(json));
        }
    }
}
