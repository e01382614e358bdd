//! `api.yaml` and `errors.yaml`.

crate::traps! {
    no_address: "malformed-address", [("api.yaml", "https://api.example.com", "api.example.com/")];
    an_address_with_a_query: "malformed-address", [("api.yaml", "https://api.example.com", "https://api.example.com/?a=b")];
    an_address_that_would_break_a_link: "malformed-address", [("api.yaml", "https://example.com/docs", "https://example.com/docs (new)")];
    no_address_of_errors: "malformed-address", [("errors.yaml", "https://example.com/errors/{number}", "example.com/{number}")];
    an_address_with_a_user: "malformed-address", [("api.yaml", "https://api.example.com", "https://u:p@api.example.com")];
    an_address_with_a_port_beyond_all: "malformed-address", [("api.yaml", "https://api.example.com", "https://api.example.com:99999")];
    an_address_with_dots: "malformed-address", [("api.yaml", "https://api.example.com", "https://api.example.com/../v1")];
    a_page_with_a_user: "malformed-address", [("api.yaml", "https://example.com/docs", "https://u:p@example.com/docs")];
    a_page_without_a_host: "malformed-address", [("api.yaml", "https://example.com/docs", "https:///docs")];
    a_version_with_a_line_end: "malformed-name", [("api.yaml", "value: \"1\"", "value: \"1\\r\\nx-evil: 1\"")];
    a_version_of_nothing: "malformed-name", [("api.yaml", "value: \"1\"", "value: \" \"")];
    a_scheme_of_two_lines: "malformed-name", [("api.yaml", "scheme: Bearer", "scheme: \"Bearer\\n\"")];
    a_header_of_the_body: "malformed-name", [("api.yaml", "header: example-version", "header: Content-Length")];
    one_header_for_key_and_version: "malformed-name", [("api.yaml", "header: example-version", "header: Authorization")];
    a_parameter_that_needs_escapes: "malformed-name", [("api.yaml", "parameter: before_id", "parameter: \"a&b\"")];
    a_query_parameter_that_needs_escapes: "malformed-name", [("api.yaml", "parameter: filter", "parameter: \"a=b\"")];
    a_list_parameter_that_needs_escapes: "malformed-name", [("things.yaml", "query: { size:", "query: { \"size of\":")];
    a_key_with_quotes: "malformed-name", [("api.yaml", "code: error_code", "code: 'error\"code'")];
    a_name_in_filters_with_quotes: "malformed-name", [("api.yaml", "object: obj", "object: 'o\"bj'")];
    a_prefix_with_quotes: "malformed-name", [("boxes.yaml", "prefix: bx", "prefix: 'b\"x'")];
    an_external_prefix_with_a_slash: "malformed-name", [("api.yaml", "prefix: usr", "prefix: u/sr")];
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
