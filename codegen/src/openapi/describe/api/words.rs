//! Names and addresses in the form of a description.

/// Returns a name in lower case with dashes, valid for a crate.
pub(super) fn kebab(name: &str) -> String {
    let plain =
        |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    let words: String = name.chars().map(plain).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join("-");
    if words.starts_with(|c: char| c.is_ascii_lowercase()) {
        words
    } else {
        format!("api-{words}")
    }
}

/// Returns an address in the form of a client: with a host, over TLS, without a trailing slash.
pub(super) fn address(url: &str) -> String {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\{}".contains(c);
    let url: String = url.chars().filter(|c| !odd(*c)).collect();
    let rest =
        ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let rest = match rest {
        Some(rest) => rest.to_owned(),
        None => format!("api.example.com/{}", url.trim_start_matches('/')),
    };
    let rest = rest.trim_matches('/');
    format!("https://{}", if rest.is_empty() { "api.example.com" } else { rest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_host() {
        for (given, wanted) in [
            ("https://api.x.y/v1/", "https://api.x.y/v1"),
            ("http://x.y", "https://x.y"),
            ("/v2", "https://api.example.com/v2"),
            ("", "https://api.example.com"),
            ("https://{host}/a?b", "https://host/ab"),
        ] {
            assert_eq!(address(given), wanted);
        }
    }

    #[test]
    fn crates_have_plain_names() {
        assert_eq!(kebab("Pet Store"), "pet-store");
        assert_eq!(kebab("2FA & more"), "api-2fa-more");
    }
}
