//! Programs that would lose a value, name another resource or use a filter that the API does not have. The output of the
//! compiler is beside each; `TRYBUILD=overwrite` updates it.

#[test]
fn cases_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/cases/*.rs");
}
