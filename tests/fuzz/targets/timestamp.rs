//! Timestamps: one that is read is read again from what it prints.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ngrok_client::Timestamp;

fuzz_target!(|text: &str| {
    if let Ok(time) = text.parse::<Timestamp>() {
        assert_eq!(time.to_string().parse::<Timestamp>().ok(), Some(time));
    }
});
