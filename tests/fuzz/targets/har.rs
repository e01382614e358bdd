//! Recordings: what is read as a script, and what `cargo xtask traffic` reads.
#![cfg_attr(fuzzing, no_main)]

use ngrok_client::testing::{Recording, Script};
use ngrok_codegen::traffic::Har;

ngrok_fuzz::target!(|text: &str| {
    if let Ok(recording) = Recording::from_har(text) {
        let _ = Script::replay(&recording);
        let again =
            Recording::from_har(&recording.to_har()).expect("what is written is read");
        assert_eq!(again.len(), recording.len());
    }
    let _ = Har::read(text.as_bytes());
});
