//! What fuzz targets share.

/// Declares what a target does with an input: a closure with the type of its parameter.
///
/// The fuzzer runs it with inputs of its own; other builds only compile it, without the fuzzer, which is written in C++.
#[macro_export]
macro_rules! target {
    ($($closure:tt)*) => {
        #[cfg(fuzzing)]
        ::libfuzzer_sys::fuzz_target!($($closure)*);

        #[cfg(not(fuzzing))]
        fn main() {
            let _ = $($closure)*;
            eprintln!("run it with `cargo xtask ci fuzz`");
        }
    };
}
