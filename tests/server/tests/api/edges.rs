//! Edges, their routes, and the modules of both: nested resources.
#![allow(
    deprecated,
    reason = "edges are no longer served by ngrok, but are part of the API"
)]

use std::slice::from_ref;

use ngrok_client::Null;
use ngrok_client::types::{
    EndpointBackendMutate, EndpointCompression, EndpointOAuth, EndpointOAuthGoogle,
    EndpointOAuthProvider, EndpointTlsTerminationAtEdge, HttpsEdgeCreate,
    HttpsEdgeRouteCreate, HttpsEdgeRouteCreateRequired, HttpsEdgeRouteUpdate,
    HttpsEdgeUpdate, RouteMatchType, TunnelGroupBackendCreate,
};

use crate::clients::{All, Run, both};

both! {
    fn a_route_belongs_to_its_edge(_server, client) {
        let edges = client.edges();
        let edge = edges.https().create(&HttpsEdgeCreate::new().hostports(["a.test:443"])).run()?;
        assert!(edge.routes.is_empty());
        let routes = edges.https_routes();
        let body = HttpsEdgeRouteCreate::new(HttpsEdgeRouteCreateRequired { match_type: RouteMatchType::PathPrefix, match_: "/api" }).description("api");
        let route = routes.create(&edge, &body).run()?;
        assert!(route.id.as_str().starts_with("edghtsrt_"));
        assert_eq!(route.edge_id, edge.id);
        assert_eq!(route.uri, format!("{}/routes/{}", edge.uri, route.id));
        assert_eq!(edges.https().get(&edge).run()?.routes, from_ref(&route));
        assert_eq!(edges.https().list().all()?[0].routes, from_ref(&route));

        let update = HttpsEdgeRouteUpdate::new().match_("/v2");
        let changed = route.update(client, &update).run()?;
        assert_eq!((changed.match_.as_str(), changed.description.as_deref()), ("/v2", Some("api")));
        assert!(routes.get("edghts_other", &route).run().unwrap_err().is_not_found());
        route.delete(client).run()?;
        assert!(routes.get(&edge, &route).run().unwrap_err().is_not_found());
        assert!(edges.https().get(&edge).run()?.routes.is_empty());
        Ok(())
    }

    fn a_module_is_set_replaced_and_removed(_server, client) {
        let edge = client.edges().https().create(&HttpsEdgeCreate::new()).run()?;
        let body = HttpsEdgeRouteCreate::new(HttpsEdgeRouteCreateRequired { match_type: RouteMatchType::PathPrefix, match_: "/" });
        let route = client.edges().https_routes().create(&edge, &body).run()?;
        let modules = client.edge_modules().https_edge_route_oauth();
        assert!(modules.get(&edge, &route).run().unwrap_err().is_not_found());

        let google = EndpointOAuthGoogle::new().email_domains(["example.com"]);
        let provider = EndpointOAuthProvider::from(google);
        let module = EndpointOAuth::new().provider(&provider).maximum_duration(60_u32);
        let set = modules.replace(&edge, &route, &module).run()?;
        assert_eq!((set.enabled, set.maximum_duration), (Some(true), Some(60)));
        let read = client.edges().https_routes().get(&edge, &route).run()?;
        assert_eq!(read.oauth.as_ref(), Some(&set));

        let module = EndpointOAuth::new().enabled(false).provider(&provider);
        let replaced = modules.replace(&edge, &route, &module).run()?;
        assert_eq!((replaced.enabled, replaced.maximum_duration), (Some(false), Some(0)));
        modules.delete(&edge, &route).run()?;
        assert!(modules.get(&edge, &route).run().unwrap_err().is_not_found());
        assert!(modules.delete(&edge, &route).run().unwrap_err().is_not_found());
        assert_eq!(client.edges().https_routes().get(&edge, &route).run()?.oauth, None);
        Ok(())
    }

    fn a_module_names_a_backend_of_any_kind(_server, client) {
        let backend = TunnelGroupBackendCreate::new().labels([("app", "a")]);
        let backend = client.backends().tunnel_group().create(&backend).run()?;
        let edge = client.edges().https().create(&HttpsEdgeCreate::new()).run()?;
        let body = HttpsEdgeRouteCreate::new(HttpsEdgeRouteCreateRequired { match_type: RouteMatchType::ExactPath, match_: "/" })
            .backend(EndpointBackendMutate::new().backend_id(&backend))
            .compression(EndpointCompression::new());
        let route = client.edges().https_routes().create(&edge, &body).run()?;
        let module = route.backend.as_ref().unwrap();
        assert_eq!(module.enabled, Some(true));
        assert_eq!((module.backend.id.as_str(), &module.backend.uri), (backend.id.as_str(), &backend.uri));
        let modules = client.edge_modules().https_edge_route_backend();
        assert_eq!(modules.get(&edge, &route).run()?, *module);

        let update = HttpsEdgeRouteUpdate::new().compression(EndpointCompression::new().enabled(false));
        let changed = route.update(client, &update).run()?;
        assert_eq!(changed.compression.unwrap().enabled, Some(false));
        assert_eq!(changed.backend, route.backend);
        Ok(())
    }

    fn an_edge_has_modules_of_its_own(_server, client) {
        let edge = client.edges().https().create(&HttpsEdgeCreate::new()).run()?;
        let modules = client.edge_modules().https_edge_tls_termination();
        let body = EndpointTlsTerminationAtEdge::new().min_version("1.3");
        let module = modules.replace(&edge, &body).run()?;
        assert_eq!(module.min_version.as_deref(), Some("1.3"));
        let update = HttpsEdgeUpdate::new().tls_termination(Null).description("kept");
        assert_eq!(edge.update(client, &update).run()?.tls_termination, Some(module));
        modules.delete(&edge).run()?;
        assert_eq!(client.edges().https().get(&edge).run()?.tls_termination, None);
        edge.delete(client).run()?;
        assert!(modules.replace(&edge, &body).run().unwrap_err().is_not_found());
        Ok(())
    }
}
