//! Cursors: one that is read prints as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ngrok_client::PageCursor;

fuzz_target!(|text: &str| {
    if let Ok(cursor) = text.parse::<PageCursor>() {
        let printed = cursor.to_string();
        assert_eq!(printed.parse::<PageCursor>().map(|it| it.to_string()), Ok(printed));
    }
});
