//! Names that suggest secrets.

/// Parts of such names, in lower case and without separators.
const WORDS: &[&str] = &[
    "accesskey",
    "apikey",
    "assertion",
    "authkey",
    "authorization",
    "authtoken",
    "bearer",
    "cookie",
    "credential",
    "encryptionkey",
    "jwt",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "secret",
    "sessionid",
    "sessionkey",
    "signature",
    "signingkey",
    "token",
];

/// Names that are too short to be searched for inside of others.
const NAMES: &[&str] = &["auth", "key", "otp", "pass", "pin", "sid", "sig"];

/// Returns true if a name suggests a secret.
pub(in crate::traffic) fn sounds_secret(name: &str) -> bool {
    let plain: String =
        name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    NAMES.contains(&plain.as_str()) || WORDS.iter().any(|word| plain.contains(word))
}

/// Returns true if a text assigns a value to a suspicious name: `password=...`, `"token": ...`.
pub(super) fn tells_a_secret(text: &str) -> bool {
    let parts: Vec<&str> = text.split([':', '=']).collect();
    let names = parts.iter().take(parts.len().saturating_sub(1));
    let sounds = |part: &&str| {
        let name = part.trim_end_matches(['"', '\'', '\\', ' ']);
        let start = name
            .rfind(|c: char| !is_of_name(c))
            .map_or(0, |at| at + name[at..].chars().next().map_or(1, char::len_utf8));
        sounds_secret(&name[start..])
    };
    names.into_iter().any(sounds) || text.to_lowercase().contains("bearer ")
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in
            ["token", "X-Api-Key", "clientSecret", "Set-Cookie", "auth", "PRIVATE_KEY"]
        {
            assert!(sounds_secret(name), "{name}");
        }
        for name in ["author", "key_size", "metadata", "oauth", "pinned", ""] {
            assert!(!sounds_secret(name), "{name}");
        }
    }

    #[test]
    fn texts() {
        for text in [
            "password=hunter2",
            r#"{"api_key": "x"}"#,
            "a: 1\ntoken: b",
            "Bearer x",
            "ä token='x'",
        ] {
            assert!(tells_a_secret(text), "{text}");
        }
        for text in ["the token is gone", "name: web", "a=b", "", "token", "=:="] {
            assert!(!tells_a_secret(text), "{text}");
        }
    }
}
