//! Filters built from fields instead of strings: they match exactly with any values.

use std::time::Duration;

use ngrok_client::Timestamp;
use ngrok_client::types::{
    EndpointBinding, EndpointCreate, EndpointCreateRequired, EndpointType,
    IpPolicyCreate, IpPolicyRuleCreate, IpPolicyRuleCreateRequired, PolicyAction,
    SshCredentialCreate,
};
use serde_json::json;

use crate::clients::{All, Run, both};

const DAY: Duration = Duration::from_secs(86_400);

/// Strings with a meaning in filters, if they were not escaped.
const ODD: [&str; 9] = [
    r#"a "quoted" text"#,
    "a 'quoted' text",
    r"C:\new\table\",
    "two\nlines\r\nand\ta tab",
    "🦀 crab, ü, 日本",
    "nul \u{0} and \u{1b} and \u{7f}",
    r#"" || true || ""#,
    r#"\" || true"#,
    "{}[]()&&||!%",
];

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHpBbVpBbVpBbVpBbVpBbVpBbVpBbVpBbVpBbVpBbVpB me";

/// Returns one field of the items that a condition matches, newest first.
macro_rules! found {
    ($client:ident.$list:ident, $field:ident, |$it:ident| $condition:expr) => {{
        let found = $client.$list().list().filter(|$it| $condition).all()?;
        found.into_iter().map(|found| found.$field).collect::<Vec<_>>()
    }};
}

both! {
    fn special_strings_match_whole_and_in_part(_server, client) {
        for text in ODD {
            client.ip_policies().create(&IpPolicyCreate::new().description(text)).run()?;
        }
        client.ip_policies().create(&IpPolicyCreate::new()).run()?;
        macro_rules! texts {
            (|$it:ident| $condition:expr) => {{
                let found = found!(client.ip_policies, description, |$it| $condition);
                found.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>()
            }};
        }
        for text in ODD {
            let middle: String = text.chars().skip(2).take(6).collect();
            let (start, end) = text.split_at(text.char_indices().nth(3).unwrap().0);
            assert_eq!(texts!(|it| it.description().eq(text)), [text]);
            assert_eq!(texts!(|it| it.description().one_of([text, "other"])), [text]);
            assert_eq!(texts!(|it| it.description().contains(text)), [text]);
            assert_eq!(
                texts!(|it| it.description().contains(middle) & !it.description().ne(text)),
                [text]
            );
            assert_eq!(
                texts!(|it| it.description().starts_with(start)
                    & it.description().ends_with(end)),
                [text]
            );
            let others: Vec<_> = ODD.iter().rev().copied().filter(|it| *it != text).collect();
            let found =
                texts!(|it| it.description().ne(text) & !it.description().is_empty());
            assert_eq!(found, others, "{text}");
        }
        assert_eq!(texts!(|it| it.description().is_empty()), [""]);
        assert_eq!(texts!(|it| it.description().contains("")).len(), ODD.len() + 1);
        assert!(texts!(|it| it.description().one_of([""; 0])).is_empty());
        Ok(())
    }

    fn times_are_compared(server, client) {
        let now = Timestamp::now();
        for days in [1, 3, 10] {
            let created = now.checked_sub(DAY * days).unwrap();
            let metadata = days.to_string();
            let policy = json!({ "created_at": created.to_string(), "metadata": metadata });
            server.add("/ip_policies", policy)?;
        }
        macro_rules! days {
            (|$it:ident| $condition:expr) => {{
                let found = found!(client.ip_policies, metadata, |$it| $condition);
                found.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>()
            }};
        }
        assert_eq!(days!(|it| it.created_at().within(DAY * 2)), ["1"]);
        assert_eq!(days!(|it| it.created_at().within(DAY * 4)), ["3", "1"]);
        assert_eq!(days!(|it| it.created_at().older_than(DAY * 2)), ["10", "3"]);
        assert_eq!(days!(|it| !it.created_at().older_than(DAY * 2)), ["1"]);
        let between = days!(|it| it.created_at().older_than(DAY * 2) & it.created_at().within(DAY * 5));
        assert_eq!(between, ["3"]);
        assert!(days!(|it| it.created_at().within_next(DAY)).is_empty());
        let moment = now.checked_sub(DAY * 5).unwrap();
        let either = days!(|it| it.created_at().before(moment) | it.created_at().after(now));
        assert_eq!(either, ["10"]);
        let both = days!(|it| it.created_at().ge(moment) & it.created_at().le(now));
        assert_eq!(both, ["3", "1"]);
        assert_eq!(days!(|it| it.created_at().after(Timestamp::ZERO)).len(), 3);
        Ok(())
    }

    fn resources_are_found_by_their_owner(_server, client) {
        let policies: Vec<_> = (0..2)
            .map(|_| client.ip_policies().create(&IpPolicyCreate::new()).run())
            .collect::<Result<_, _>>()?;
        let [first, second] = &policies[..] else { unreachable!() };
        for (policy, cidr, action) in [
            (first, "10.0.0.0/8", PolicyAction::Allow),
            (first, "192.168.0.0/16", PolicyAction::Deny),
            (second, "10.1.0.0/16", PolicyAction::Deny),
        ] {
            let body = IpPolicyRuleCreate::new(IpPolicyRuleCreateRequired { cidr, ip_policy_id: policy, action });
            client.ip_policy_rules().create(&body).run()?;
        }
        macro_rules! cidrs {
            (|$it:ident| $condition:expr) => {
                found!(client.ip_policy_rules, cidr, |$it| $condition)
            };
        }
        assert_eq!(cidrs!(|it| it.ip_policy().id().eq(first)), ["192.168.0.0/16", "10.0.0.0/8"]);
        assert_eq!(cidrs!(|it| it.ip_policy().id().one_of([second])), ["10.1.0.0/16"]);
        let denied = cidrs!(|it| it.ip_policy().id().eq(first) & it.action().eq(PolicyAction::Deny));
        assert_eq!(denied, ["192.168.0.0/16"]);
        let other = cidrs!(|it| it.cidr().starts_with("10.") & !it.ip_policy().id().eq(first));
        assert_eq!(other, ["10.1.0.0/16"]);
        let known = cidrs!(|it| it.action().one_of([PolicyAction::Allow, "new".into()]));
        assert_eq!(known, ["10.0.0.0/8"]);
        Ok(())
    }

    fn lists_are_filtered_by_their_elements(_server, client) {
        for hosts in [&[][..], &["bind:a.test"], &["bind:a.test", "bind:b.test"]] {
            let body = SshCredentialCreate::new(KEY).acl(hosts.iter().copied());
            client.ssh_credentials().create(&body).run()?;
        }
        macro_rules! sizes {
            (|$it:ident| $condition:expr) => {{
                let found = found!(client.ssh_credentials, acl, |$it| $condition);
                found.into_iter().map(|acl| acl.len()).collect::<Vec<_>>()
            }};
        }
        assert_eq!(sizes!(|it| it.acl().has("bind:a.test")), [2, 1]);
        assert_eq!(sizes!(|it| !it.acl().has("bind:b.test")), [1, 0]);
        assert_eq!(sizes!(|it| it.acl().is_empty()), [0]);
        assert_eq!(sizes!(|it| it.acl().size().ge(1) & it.acl().size().lt(2)), [1]);
        Ok(())
    }

    fn a_bool_is_a_condition(_server, client) {
        for (name, binding) in [("a", EndpointBinding::Public), ("b", EndpointBinding::Internal)] {
            let url = format!("https://{name}.test");
            let body = EndpointCreate::new(EndpointCreateRequired { type_: EndpointType::Cloud, url, traffic_policy: "{}" });
            let body = body.bindings([binding]).pooling_enabled(name == "a");
            client.endpoints().create(&body).run()?;
        }
        macro_rules! urls {
            (|$it:ident| $condition:expr) => {{
                let found = found!(client.endpoints, url, |$it| $condition);
                found.into_iter().flatten().collect::<Vec<_>>()
            }};
        }
        assert_eq!(urls!(|it| it.pooling_enabled()), ["https://a.test"]);
        assert_eq!(urls!(|it| !it.pooling_enabled()), ["https://b.test"]);
        assert_eq!(urls!(|it| it.pooling_enabled() | it.url().contains("b.")).len(), 2);
        assert_eq!(urls!(|it| it.binding().eq(EndpointBinding::Internal)), ["https://b.test"]);
        assert!(urls!(|it| it.pooling_enabled() & it.url().ends_with("b.test")).is_empty());
        Ok(())
    }
}
