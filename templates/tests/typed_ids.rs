//! What must not compile: the id of one thing where that of another is asked for, and whatever else would lose a value
//! or ask for one that nobody has. Each case stands in a file, with what the compiler says beside it.

#[test]
fn what_does_not_fit_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
