//! IP policies, their rules, and references to them.

use ngrok_client::types::{
    IpPolicyCreate, IpPolicyRuleCreate, IpPolicyRuleCreateRequired, IpPolicyRuleUpdate,
    IpPolicyUpdate, IpRestrictionCreate, IpRestrictionType, IpRestrictionUpdate,
    PolicyAction,
};
use ngrok_client::{ErrorCode, Null};

use serde_json::json;

use crate::clients::{All, Run, both};

both! {
    fn a_policy_has_a_full_life_cycle(server, client) {
        let body = IpPolicyCreate::new().description("office").metadata("{\"site\":1}");
        let policy = client.ip_policies().create(&body).run()?;
        assert!(policy.id.as_str().starts_with("ipp_") && policy.id.as_str().len() == 31);
        assert_eq!(policy.uri, format!("{}/ip_policies/{}", server.url(), policy.id));
        assert!(!policy.created_at.is_zero());
        assert_eq!(policy.description.as_deref(), Some("office"));
        assert_eq!(policy.metadata.as_deref(), Some("{\"site\":1}"));
        assert_eq!(client.ip_policies().get(&policy).run()?, policy);

        let changed = policy.update(client, &IpPolicyUpdate::new().description("home")).run()?;
        assert_eq!(changed.description.as_deref(), Some("home"));
        assert_eq!(changed.metadata, policy.metadata);
        assert_eq!((changed.id, changed.created_at), (policy.id.clone(), policy.created_at));

        policy.delete(client).run()?;
        assert!(client.ip_policies().get(&policy).run().unwrap_err().is_not_found());
        assert!(policy.delete(client).run().unwrap_err().is_not_found());
        let update = IpPolicyUpdate::new().description("gone");
        assert!(policy.update(client, &update).run().unwrap_err().is_not_found());
        Ok(())
    }

    fn an_update_keeps_fields_that_are_not_given(_server, client) {
        let policy = client.ip_policies().create(&IpPolicyCreate::new().description("kept")).run()?;
        assert_eq!(policy.update(client, &IpPolicyUpdate::new()).run()?, policy);
        let null = IpPolicyUpdate::new().description(Null);
        assert_eq!(policy.update(client, &null).run()?.description.as_deref(), Some("kept"));
        let empty = IpPolicyUpdate::new().description("");
        assert_eq!(policy.update(client, &empty).run()?.description, None);
        Ok(())
    }

    fn rules_refer_to_their_policy(_server, client) {
        let policy = client.ip_policies().create(&IpPolicyCreate::new()).run()?;
        let rules = client.ip_policy_rules();
        for cidr in ["24.0.0.0/8", "12.0.0.0/8"] {
            rules.create(&IpPolicyRuleCreate::new(IpPolicyRuleCreateRequired { cidr, ip_policy_id: &policy, action: PolicyAction::Allow })).run()?;
        }
        let all = rules.list().all()?;
        let cidrs: Vec<_> = all.iter().map(|rule| rule.cidr.as_str()).collect();
        assert_eq!(cidrs, ["12.0.0.0/8", "24.0.0.0/8"]);
        let rule = all.first().unwrap();
        assert_eq!(rule.action, PolicyAction::Allow);
        assert_eq!((&rule.ip_policy.id, &rule.ip_policy.uri), (&policy.id, &policy.uri));
        assert_eq!(rule.ip_policy.get(client).run()?, policy);

        let update = IpPolicyRuleUpdate::new().cidr("10.0.0.0/8");
        let changed = rule.update(client, &update).run()?;
        assert_eq!((changed.cidr.as_str(), changed.action), ("10.0.0.0/8", PolicyAction::Allow));
        rule.delete(client).run()?;
        assert!(rules.get(rule).run().unwrap_err().is_not_found());
        assert_eq!(rules.list().all()?.len(), 1);
        Ok(())
    }

    fn an_unknown_action_is_decoded_but_rejected_in_requests(server, client) {
        let fields = json!({ "cidr": "10.0.0.0/8", "action": "quarantine" });
        let id = server.add("/ip_policy_rules", fields)?;
        let rule = client.ip_policy_rules().get(id.as_str()).run()?;
        assert_eq!(rule.action, PolicyAction::Unknown("quarantine".to_owned()));

        let policy = client.ip_policies().create(&IpPolicyCreate::new()).run()?;
        let body = IpPolicyRuleCreate::new(IpPolicyRuleCreateRequired { cidr: "10.0.0.0/8", ip_policy_id: &policy, action: "quarantine" });
        let error = client.ip_policy_rules().create(&body).run().unwrap_err();
        assert!(error.is_code(ErrorCode::RULE_ACTION_INVALID), "{error}");
        Ok(())
    }

    fn a_list_of_ids_is_returned_as_references(_server, client) {
        let one = client.ip_policies().create(&IpPolicyCreate::new()).run()?;
        let two = client.ip_policies().create(&IpPolicyCreate::new()).run()?;
        let restrictions = client.ip_restrictions();
        let body = IpRestrictionCreate::new(IpRestrictionType::Agent, [&one, &two]).enforced(true);
        let made = restrictions.create(&body).run()?;
        assert!(made.enforced);
        let ids: Vec<_> = made.ip_policies.iter().map(|policy| &policy.id).collect();
        assert_eq!(ids, [&one.id, &two.id]);
        assert_eq!(made.ip_policies[1].get(client).run()?, two);

        let update = IpRestrictionUpdate::new().ip_policy_ids([&two]);
        let changed = restrictions.update(&made, &update).run()?;
        assert_eq!(changed.ip_policies, made.ip_policies[1..]);
        assert!(changed.enforced);
        Ok(())
    }
}
