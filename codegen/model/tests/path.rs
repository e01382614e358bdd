//! Paths with parameters: taken apart, printed, filled and matched.

use ngrok_api_model::{PathTemplate, Piece, Routes};

fn parts(path: &str) -> impl Iterator<Item = &str> + Clone {
    path.split('/').skip(1)
}

#[test]
fn paths_are_taken_apart_and_printed_as_they_were() {
    let text = |text: &str| Piece::Text(text.to_owned());
    let parameter = |name: &str| Piece::Parameter(name.to_owned());
    for (path, expected) in [
        ("/", vec![vec![]]),
        ("/a/{id}", vec![vec![text("a")], vec![parameter("id")]]),
        ("/a/", vec![vec![text("a")], vec![]]),
        ("/{a}{b}", vec![vec![parameter("a"), parameter("b")]]),
        (
            "/{a}...{b}.json",
            vec![vec![parameter("a"), text("..."), parameter("b"), text(".json")]],
        ),
        ("/a/{b", vec![vec![text("a")], vec![text("{b")]]),
        ("/a}/{b/{c}", vec![vec![text("a}")], vec![text("{b")], vec![parameter("c")]]),
    ] {
        let template = PathTemplate::new(path);
        let segments = template.segments().iter().map(|it| it.pieces().to_vec());
        assert_eq!(segments.collect::<Vec<_>>(), expected, "{path}");
        assert_eq!(template.to_string(), path);
        assert_eq!(template.fill(|name| format!("{{{name}}}")), path);
        let json = serde_json::to_value(&template).expect("a path is a string");
        assert_eq!(json, path);
        assert_eq!(serde_json::from_value::<PathTemplate>(json).ok(), Some(template));
    }
    let path = PathTemplate::new("/a/{b}/{c}.json");
    assert_eq!(path.parameters().collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(path.pattern(), "/a/{}/{}.json");
}

#[test]
fn a_path_matches_part_by_part() {
    for (template, path, expected) in [
        ("/edges/{a}/routes/{b}", "/edges/x%2Fy/routes/z", Some(vec!["x%2Fy", "z"])),
        ("/edges/{a}/routes/{b}", "/edges/x/routes", None),
        ("/edges/{a}/routes/{b}", "/edges/x/routes/", None),
        ("/edges/{a}/routes/{b}", "/edges//routes/z", None),
        ("/edges/{a}", "/edges/x/y", None),
        ("/edges/{a}", "/", None),
        ("/edges/{a}", "", None),
        ("/", "/", Some(vec![])),
        ("/a/{b}", "/b/c", None),
        ("/{a}", "/{a}", Some(vec!["{a}"])),
        ("/{a}.json", "/é.json", Some(vec!["é"])),
        ("/{a}.json", "/.json", None),
        ("/{a}.json", "/x.xml", None),
        ("/{a}.json", "/x.json.json", Some(vec!["x.json"])),
        ("/{a}...{b}", "/v1...v2", Some(vec!["v1", "v2"])),
        ("/{a}{b}", "/xyz", Some(vec!["x", "yz"])),
    ] {
        let found = PathTemplate::new(template).arguments(parts(path));
        assert_eq!(found, expected, "{template} and {path}");
    }
}

#[test]
fn fixed_segments_take_precedence_and_names_of_parameters_do_not_matter() {
    let mut routes = Routes::default();
    for (path, name) in [
        ("/edges/{id}", "get"),
        ("/edges/https", "https"),
        ("/edges/{edge_id}", "delete"),
        ("/edges/{id}/{name}.json", "file"),
    ] {
        routes.add(&PathTemplate::new(path), name);
    }
    let found = |path| routes.find(&parts(path));
    assert_eq!(found("/edges/https"), Some((["https"].as_slice(), vec![])));
    assert_eq!(found("/edges/x"), Some((["get", "delete"].as_slice(), vec!["x"])));
    assert_eq!(found("/edges/x/y.json"), Some((["file"].as_slice(), vec!["x", "y"])));
    assert_eq!(found("/edges"), None);
    assert_eq!(routes.iter().count(), 4);
}
