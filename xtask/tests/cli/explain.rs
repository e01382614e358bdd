//! `explain`: output and exit codes.

use super::{fixture, xtask};

#[test]
fn a_name_is_explained() {
    let ran = xtask(&["explain", "ip_policies.update"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(
        ran.out.contains("Spec  api-spec/resources/ip_policies.yaml:"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("curl --request PATCH"), "{}", ran.out);
}

#[test]
fn an_unknown_name_gets_a_suggestion() {
    let ran = xtask(&["explain", "ip_policys.update"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    let said = "unknown name `ip_policys.update`; did you mean `ip_policies.update`?";
    assert_eq!(ran.err, format!("error: {said}\n"));
}

#[test]
fn all_names_are_listed() {
    let ran = xtask(&["explain"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for name in
        ["ip_policies", "ip_policies.update", "IpPolicyRule.cidr", "ERR_NGROK_226"]
    {
        assert!(ran.out.lines().any(|line| line == name), "{name}");
    }
    let ran = xtask(&["explain", "ERR_NGROK_99999"]);
    let said = "unknown name `ERR_NGROK_99999`; `cargo xtask explain` lists all names";
    assert_eq!((ran.code, ran.err), (Some(1), format!("error: {said}\n")));
}

#[test]
fn a_description_with_errors_is_not_explained() {
    let ran = xtask(&["explain", "a", "--spec", &fixture("unreadable-and-wrong")]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("error["), "{}", ran.err);
}
