//! Event destinations of every type, and subscriptions with their sources.

use std::slice::from_ref;

use ngrok_client::ErrorCode;
use ngrok_client::types::{
    AwsAuth, AwsCredentials, AwsCredentialsRequired, AwsRole, EventDestinationCreate,
    EventDestinationUpdate, EventFormat, EventSourceCreate, EventSourceReplace,
    EventSourceType, EventSubscriptionCreate, EventSubscriptionUpdate, EventTarget,
    EventTargetAzureLogsIngestion, EventTargetAzureLogsIngestionRequired,
    EventTargetCloudwatchLogs, EventTargetDatadog, EventTargetFirehose,
    EventTargetKinesis,
};

use crate::clients::{All, Run, both};
use crate::raw::{request, send};

fn role() -> AwsRole {
    AwsRole::new("arn:aws:iam::1:role/ngrok")
}

/// Returns a target of each type that is returned as it was sent.
fn open_targets() -> Vec<EventTarget> {
    vec![
        EventTargetFirehose::new()
            .auth(role())
            .delivery_stream_arn("arn:aws:x:eu:1:f")
            .into(),
        EventTargetKinesis::new().auth(role()).stream_arn("arn:aws:x:eu:1:k").into(),
        EventTargetCloudwatchLogs::new()
            .auth(role())
            .log_group_arn("arn:aws:x:eu:1:c")
            .into(),
        EventTargetDatadog::new()
            .ddtags("env:test")
            .service("ngrok")
            .ddsite("datadoghq.eu")
            .into(),
    ]
}

both! {
    fn a_destination_has_any_kind_of_target(_server, client) {
        for target in open_targets() {
            let body = EventDestinationCreate::new(EventFormat::Json, &target);
            let made = client.event_destinations().create(&body).run()?;
            assert_eq!((&made.target, &made.format), (&target, &EventFormat::Json));
            assert_eq!(client.event_destinations().get(&made).run()?, made);
        }
        assert_eq!(client.event_destinations().list().limit(2).all()?.len(), 4);
        Ok(())
    }

    fn secrets_of_a_target_stay_hidden(server, client) {
        let credentials = AwsCredentials::new(AwsCredentialsRequired { aws_access_key_id: "AKIA1", aws_secret_access_key: "hidden-secret" });
        let kinesis = EventTargetKinesis::new().auth(credentials).stream_arn("arn:aws:x:eu:1:k");
        let azure = EventTargetAzureLogsIngestion::new(EventTargetAzureLogsIngestionRequired {
            tenant_id: "tenant",
            client_id: "client",
            client_secret: "hidden-secret",
            logs_ingestion_uri: "https://azure.test",
            data_collection_rule_id: "rule",
            data_collection_stream_name: "stream",
        });
        let datadog = EventTargetDatadog::new().api_key("hidden-secret").service("ngrok");
        for target in [EventTarget::from(kinesis), azure.into(), datadog.into()] {
            let body = EventDestinationCreate::new(EventFormat::Json, target);
            let made = client.event_destinations().create(&body).run()?;
            let path = format!("/event_destinations/{}", made.id);
            let shown = send(request(server, "GET", &path)).body.to_string();
            assert!(!shown.contains("hidden"), "{shown}");
            match &made.target {
                EventTarget::Kinesis(kinesis) => {
                    let Some(AwsAuth::Creds(creds)) = &kinesis.auth else { panic!("{made:?}") };
                    assert_eq!(creds.aws_access_key_id, "AKIA1");
                }
                EventTarget::AzureLogsIngestion(azure) => assert_eq!(azure.tenant_id, "tenant"),
                EventTarget::Datadog(datadog) => {
                    assert_eq!((&datadog.api_key, datadog.service.as_deref()), (&None, Some("ngrok")));
                }
                other => panic!("{other:?}"),
            }
        }
        Ok(())
    }

    fn a_target_changes_but_not_its_kind(_server, client) {
        let destinations = client.event_destinations();
        let target = EventTargetKinesis::new().auth(role()).stream_arn("arn:aws:x:eu:1:old");
        let made = destinations.create(&EventDestinationCreate::new(EventFormat::Json, target)).run()?;
        let target = EventTargetKinesis::new().auth(role()).stream_arn("arn:aws:x:eu:1:new");
        let update = EventDestinationUpdate::new().target(target.clone());
        assert_eq!(destinations.update(&made, &update).run()?.target, target.into());
        let update = EventDestinationUpdate::new().target(EventTargetDatadog::new());
        let error = destinations.update(&made, &update).run().unwrap_err();
        assert_eq!(error.message(), "The kind of target cannot be changed.");
        assert!(error.is_code(ErrorCode::PARAMETER_INVALID));
        Ok(())
    }

    fn a_subscription_has_sources_and_destinations(server, client) {
        let target = EventTargetDatadog::new();
        let destination = EventDestinationCreate::new(EventFormat::Json, target);
        let destination = client.event_destinations().create(&destination).run()?;
        let source = |kind: EventSourceType| EventSourceReplace::new().type_(kind);
        let body = EventSubscriptionCreate::new()
            .sources([source(EventSourceType::IpPolicyCreatedV0)])
            .destination_ids([&destination]);
        let made = client.event_subscriptions().create(&body).run()?;
        assert_eq!(made.destinations[0].get(client).run()?, destination);
        let uri = format!("{}/sources/ip_policy_created.v0", made.uri);
        assert_eq!(made.sources[0].uri, uri);
        assert!(uri.starts_with(server.url()));

        let update = EventSubscriptionUpdate::new()
            .sources([source(EventSourceType::VaultCreatedV0), source(EventSourceType::VaultDeletedV0)]);
        let changed = client.event_subscriptions().update(&made, &update).run()?;
        let kinds: Vec<_> = changed.sources.iter().map(|source| source.type_.as_str()).collect();
        assert_eq!(kinds, ["vault_created.v0", "vault_deleted.v0"]);
        assert_eq!(changed.destinations, made.destinations);
        Ok(())
    }

    fn sources_are_part_of_their_subscription(_server, client) {
        let made = client.event_subscriptions().create(&EventSubscriptionCreate::new()).run()?;
        let sources = client.event_sources();
        let kind = EventSourceType::VaultCreatedV0;
        let body = EventSourceCreate::new().type_(&kind);
        let source = sources.create(&made, &body).run()?;
        assert_eq!(source.uri, format!("{}/sources/vault_created.v0", made.uri));
        assert_eq!(sources.get(&made, &kind).run()?, source);
        assert_eq!(sources.update(&made, "vault_created.v0").run()?, source);
        assert_eq!(sources.list(&made).all()?, from_ref(&source));
        assert_eq!(client.event_subscriptions().get(&made).run()?.sources, [source]);
        let again = sources.create(&made, &body).run().unwrap_err();
        assert_eq!(again.status().map(|status| status.as_u16()), Some(409));

        sources.delete(&made, &kind).run()?;
        assert!(sources.get(&made, &kind).run().unwrap_err().is_not_found());
        assert!(client.event_subscriptions().get(&made).run()?.sources.is_empty());
        made.delete(client).run()?;
        assert!(sources.list(&made).all().unwrap_err().is_not_found());
        assert!(sources.create(&made, &body).run().unwrap_err().is_not_found());
        Ok(())
    }
}
