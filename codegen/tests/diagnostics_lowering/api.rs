//! `api.yaml` and `errors.yaml`.

crate::traps! {
    no_address: "malformed-address", [("api.yaml", "https://api.example.com", "api.example.com/")];
    an_address_with_a_query: "malformed-address", [("api.yaml", "https://api.example.com", "https://api.example.com/?a=b")];
    an_address_that_would_break_a_link: "malformed-address", [("api.yaml", "https://example.com/docs", "https://example.com/docs (new)")];
    no_address_of_errors: "malformed-address", [("errors.yaml", "https://example.com/errors/{number}", "example.com/{number}")];
    no_header: "malformed-name", [("api.yaml", "header: authorization", "header: \"authorization:\"")];
    no_name_of_an_api: "malformed-name", [("api.yaml", "name: example", "name: \"example \\\"API\\\"\"")];
    no_name_of_a_crate: "malformed-name", [("api.yaml", "crate: example-client", "crate: Example Client")];
    no_environment_variable: "malformed-name", [("api.yaml", "api_key: EXAMPLE_KEY", "api_key: example-key")];
    a_default_beyond_the_limit: "page-limit", [("api.yaml", "default: 100, min: 1, max: 100", "default: 200, min: 1, max: 100")];
    an_error_without_a_number: "error-number", [("errors.yaml", "  200:", "  two:")];
    a_number_with_a_zero_before_it: "error-number", [("errors.yaml", "  201:", "  0200:")];
    no_place_for_the_number: "missing-number", [("errors.yaml", "ERR_{number}", "ERR_{code}")];
    two_errors_of_one_name: "name-collision", [("errors.yaml", "KeyWrong", "key_missing")];
}
