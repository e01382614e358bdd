//! Resources that the API returns and controls but cannot create.

use ngrok_client::types::{
    EndpointCreate, EndpointCreateRequired, EndpointType,
    KubernetesOperatorBindingCreate, KubernetesOperatorCreate,
    KubernetesOperatorDeployment, KubernetesOperatorDeploymentUpdate,
    KubernetesOperatorFeature, KubernetesOperatorUpdate, TunnelSessionUpdate,
    TunnelTransport,
};
use ngrok_test_server::Server;
use serde_json::json;

use crate::clients::{All, Outcome, Run, both};

both! {
    fn callers_are_told_who_they_are(server, client) {
        let root = client.root();
        root.get().run()?;
        let caller = root.self_().run()?;
        assert!(caller.account.id.as_str().starts_with("ac_"), "{caller:?}");
        assert!(caller.user.contains('@'), "{caller:?}");
        assert_eq!(caller.api_key.uri, format!("{}/api_keys/{}", server.url(), caller.api_key.id));
        assert_eq!(caller.api_key.token, None);
        assert_eq!(root.self_().run()?.account.created_at, caller.account.created_at);
        Ok(())
    }
}

both! {
    fn agents_receive_commands(server, client) {
        let fields = json!({ "region": "eu", "transport": "ngrok/v2", "os": "linux" });
        let id = server.add("/tunnel_sessions", fields)?;
        let sessions = client.tunnel_sessions();
        let session = sessions.get(&id).run()?;
        assert_eq!((session.region.as_str(), session.transport), ("eu", TunnelTransport::NgrokV2));
        assert_eq!(session.uri, format!("{}/tunnel_sessions/{id}", server.url()));
        sessions.restart(&id).run()?;
        sessions.stop(&id).run()?;
        sessions.update(&id, &TunnelSessionUpdate::new().version("3.20.0")).run()?;
        assert!(sessions.stop("ts_nobody").run().unwrap_err().is_not_found());
        assert_eq!(sessions.list().all()?.len(), 1);
        Ok(())
    }

    fn an_updated_part_keeps_its_other_fields(_server, client) {
        let deployment = KubernetesOperatorDeployment::new().name("op").namespace("ngrok").version("1");
        let binding = KubernetesOperatorBindingCreate::new().endpoint_selectors(["true"]).csr("-----BEGIN CERTIFICATE REQUEST-----");
        let body = KubernetesOperatorCreate::new()
            .enabled_features([KubernetesOperatorFeature::Bindings])
            .deployment(deployment)
            .binding(binding);
        let operators = client.kubernetes_operators();
        let made = operators.create(&body).run()?;
        assert_eq!(made.region, "");
        assert_eq!(made.binding.as_ref().unwrap().endpoint_selectors, ["true"]);
        let change = KubernetesOperatorDeploymentUpdate::new().version("2");
        let update = KubernetesOperatorUpdate::new().deployment(change);
        let changed = operators.update(&made, &update).run()?.deployment;
        assert_eq!(changed.version.as_deref(), Some("2"));
        assert_eq!((changed.name.as_deref(), changed.namespace.as_deref()), (Some("op"), Some("ngrok")));

        let endpoint = EndpointCreate::new(EndpointCreateRequired { type_: EndpointType::Cloud, url: "https://a.test", traffic_policy: "{}" });
        client.endpoints().create(&endpoint).run()?;
        assert!(operators.get_bound_endpoints(&made).all()?.is_empty());
        Ok(())
    }
}

#[test]
fn only_items_of_lists_can_be_added() -> Outcome {
    let server = Server::start()?;
    assert!(server.add("/nowhere", json!({})).is_err());
    assert!(server.add("/tunnels", json!([])).is_err());
    assert!(server.add("/tunnels", json!({}))?.starts_with("tn_"));
    Ok(())
}
