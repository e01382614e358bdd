//! Strings that look like keys, tokens or hashes: long words with an unusual mix of letters and digits.

use std::net::IpAddr;

use chrono::DateTime;

use super::sound::tells_a_secret;
use crate::traffic::ids::Ids;

/// Minimum length of a token.
const SHORTEST: usize = 12;

/// Returns true if a string, or a word in it, looks like a secret.
pub(super) fn looks_secret(text: &str, ids: &Ids) -> bool {
    let ends = |c: char| c.is_whitespace() || "\"'`,;()<>[]{}|&?=".contains(c);
    tells_a_secret(text)
        || text.contains("PRIVATE KEY")
        || text.split(ends).any(|word| is_token(word, ids))
}

fn is_token(word: &str, ids: &Ids) -> bool {
    if let Some((_, rest)) = word.split_once("://") {
        // A user name and a password may precede the host.
        return rest.contains('@') || rest.split('/').any(|part| is_token(part, ids));
    }
    if word.len() < SHORTEST || ids.kind(word).is_some() || is_plain_fact(word) {
        return false;
    }
    word.split(['-', '_', '.', '/', ':', '@', '+', '~', '%', '*', '$'])
        .any(|part| !part.is_empty() && !is_readable(part))
}

/// Returns true for times and IP addresses.
fn is_plain_fact(word: &str) -> bool {
    let address = word.split_once('/').map_or(word, |(address, _)| address);
    DateTime::parse_from_rfc3339(word).is_ok() || address.parse::<IpAddr>().is_ok()
}

/// Returns true if a part of a word is a word, a number, or a word with a small number: `policy`, `443`, `v2`, `us1`.
fn is_readable(part: &str) -> bool {
    let name = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = part.len() - name.len();
    let word = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let leading = name.len() - word.len();
    if word.is_empty() {
        return part.len() <= 12;
    }
    digits <= 4 && leading <= 4 && word.chars().all(char::is_alphabetic) && is_word(word)
}

/// Returns true for usual words: not too long, and without random capitals.
fn is_word(letters: &str) -> bool {
    let count = letters.chars().count();
    let chars = letters.chars().zip(letters.chars().skip(1));
    let humps = chars.filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count();
    count <= 24 && humps <= count / 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::testing::model;

    #[test]
    fn tokens_are_seen() {
        let ids = Ids::new(&model());
        for text in [
            "2abcDEfGhIjKlMnOpQrStUvWxYz_4AbCdEfGhIjKlMnOpQrSt",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln",
            "use ghp_16C7e42F292c6912E7710c838347Ae178B4a now",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "AKIAIOSFODNN7EXAMPLE",
            "550e8400-e29b-41d4-a716-446655440000",
            "d41d8cd98f00b204e9800998ecf8427e",
            "https://user:pw@example.com/",
            "https://example.com/?x=9f8e7d6c5b4a3f2e",
            "-----BEGIN RSA PRIVATE KEY-----",
            "s3cr3t-canary-value",
        ] {
            assert!(looks_secret(text, &ids), "{text}");
        }
    }

    #[test]
    fn plain_text_is_shown() {
        let ids = Ids::new(&model());
        for text in [
            "",
            "office network, second floor",
            "ip_policy_rule_created.v0",
            "https://api.ngrok.com/ip_policies?limit=100",
            "ipp_2abcDEfGhIjKlMnOpQrStUvWxYz",
            "2025-01-31T12:00:00.123456789Z",
            "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
            "10.0.0.0/8",
            "1.tcp.eu.ngrok.io:12345",
            "us-cal-1",
            "kubernetes",
            "john.smith@example.com",
            "application/json; charset=utf-8",
            "ERR_NGROK_99999",
        ] {
            assert!(!looks_secret(text, &ids), "{text}");
        }
    }
}
