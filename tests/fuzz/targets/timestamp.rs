//! Timestamps: one that is read is read again from what it prints.
#![cfg_attr(fuzzing, no_main)]

use ngrok_client::Timestamp;

ngrok_fuzz::target!(|text: &str| {
    if let Ok(time) = text.parse::<Timestamp>() {
        assert_eq!(time.to_string().parse::<Timestamp>().ok(), Some(time));
    }
});
