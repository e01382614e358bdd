//! Pagination.

use http::Method;

use super::{config, draft};
use ngrok_client_core::Cursor;
use ngrok_client_core::ErrorKind;

fn cursor() -> Cursor {
    let mut draft = draft(Method::GET, "/things");
    draft.set_query("limit", "2".to_owned());
    draft.header("x-team", "a");
    Cursor::new(draft, config().base())
}

/// Returns the next address, or its error.
fn next(cursor: &mut Cursor) -> Option<Result<String, String>> {
    let built = cursor.take()?.build(&config());
    Some(built.map(|request| request.uri().to_string()).map_err(|error| {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        error.message().to_owned()
    }))
}

#[test]
fn the_cursor_follows_the_pages_to_the_end() {
    let config = config();
    let base = config.base();
    let mut cursor = cursor();
    assert_eq!(
        next(&mut cursor).unwrap().unwrap(),
        "https://api.example.com/things?limit=2"
    );
    cursor.advance(Some("https://api.example.com/things?before_id=t_2&limit=2"), base);
    let second = cursor.take().unwrap().build(&config).unwrap();
    assert_eq!(second.uri().query(), Some("before_id=t_2&limit=2"));
    assert_eq!(second.headers()["x-team"], "a");
    cursor.advance(Some("/things?before_id=t_1&limit=2"), base);
    assert!(next(&mut cursor).unwrap().unwrap().contains("before_id=t_1"));
    cursor.advance(None, base);
    assert_eq!(next(&mut cursor), None);
    assert_eq!(next(&mut cursor), None);
}

#[test]
fn the_cursor_ends_without_a_next_page() {
    let mut cursor = cursor();
    assert!(next(&mut cursor).is_some());
    assert_eq!(next(&mut cursor), None);
}

#[test]
fn an_address_on_another_origin_ends_the_iteration_unsent() {
    let mut cursor = cursor();
    next(&mut cursor);
    cursor.advance(Some("https://evil.example/things"), config().base());
    let what = next(&mut cursor).unwrap().unwrap_err();
    assert!(what.contains("for no other place"), "{what}");
    assert_eq!(next(&mut cursor), None);
}

#[test]
fn cycles_are_detected() {
    // To itself, to the first page, and around three others, in different spellings.
    let circles: [&[&str]; 4] = [
        &["/things?limit=2"],
        &["/things?b=1", "https://api.example.com:443/things?limit=2"],
        &["/things?b=1", "/things?b=2", "/things?b=3", "/things?b=1"],
        &["/things?b=1", "HTTPS://API.EXAMPLE.COM/things?b=1"],
    ];
    for circle in circles {
        let mut cursor = cursor();
        for (at, reference) in circle.iter().enumerate() {
            let page = next(&mut cursor).unwrap();
            assert!(page.is_ok(), "{circle:?} stopped before {at}");
            cursor.advance(Some(reference), config().base());
        }
        let what = next(&mut cursor).unwrap().unwrap_err();
        assert!(what.contains("form a cycle"), "{what}");
        assert_eq!(next(&mut cursor), None);
    }
}

#[test]
fn long_cycles_are_detected_eventually() {
    for (before, round) in [(0, 65), (1, 100), (200, 1000)] {
        let mut cursor = cursor();
        let ends = (0..4 * (before + round)).position(|step| {
            let page =
                if step < before { step } else { before + (step - before) % round };
            cursor.advance(Some(&format!("/things?page={page}")), config().base());
            next(&mut cursor).unwrap().is_err()
        });
        let ends = ends.expect("it went on and on");
        assert!(ends >= before + round, "it stopped at {ends}, before it was round");
    }
}

#[test]
fn a_long_list_is_not_a_cycle() {
    let mut cursor = cursor();
    for page in 0..10_000 {
        assert!(next(&mut cursor).unwrap().is_ok());
        cursor.advance(Some(&format!("/things?before_id=t_{page}")), config().base());
    }
}
