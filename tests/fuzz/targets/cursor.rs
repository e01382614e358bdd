//! Cursors: one that is read prints as it was.
#![cfg_attr(fuzzing, no_main)]

use ngrok_client::PageCursor;

ngrok_fuzz::target!(|text: &str| {
    if let Ok(cursor) = text.parse::<PageCursor>() {
        let printed = cursor.to_string();
        assert_eq!(printed.parse::<PageCursor>().map(|it| it.to_string()), Ok(printed));
    }
});
