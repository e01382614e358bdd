//! A resource that no code knows is served from its description.

use std::error::Error;
use std::fs;
use std::path::Path;

use ngrok_codegen::load_files;
use ngrok_codegen::model::Model;
use ngrok_test_server::Server;
use serde_json::{Value, json};

use crate::clients::Outcome;
use crate::raw::{request, send, with_body};

const TEAPOTS: &str = r"
noun: teapot
resource: Teapot
tag: Teapots
path: /teapots
doc: A pot for tea.
operations:
  create: Makes a teapot.
  get: Looks up a teapot.
  list: Lists the teapots.
  update: Changes a teapot.
  delete: Breaks a teapot.
fields:
  id: { prefix: tea }
  uri:
  created_at:
  litres: { type: float64, in: [response, create!, update~], doc: How much tea it holds. }
  lid: { type: ref Lid, in: [response~], written_as: lid_id, doc: What closes it. }
  lid_id: { type: id Lid, in: [create~, update~], doc: What is to close it. }
";

const LIDS: &str = r"
noun: lid
resource: Lid
tag: Lids
path: /lids
doc: What closes a teapot.
operations:
  create: Makes a lid.
  get: Looks up a lid.
  replace: { doc: Makes another lid of it., body: create }
fields:
  id: { prefix: lid }
  uri:
  colour: { type: string, in: [response-, create], doc: What it is painted with. }
  weight: { type: int32, in: [response, create], doc: What it weighs. }
";

const SPOUTS: &str = r"
noun: spout
resource: Spout
tag: Spouts
path: /teapots/{teapot_id}/spouts
doc: What tea comes out of.
params:
  teapot_id: { type: id Teapot, doc: The teapot. }
operations:
  create: Adds a spout.
  get: Looks up a spout.
  list: Lists the spouts of a teapot.
  delete: Removes a spout.
fields:
  id: { prefix: spt }
  uri:
  teapot_id: { type: id Teapot, in: [response], doc: The teapot. }
  width: { type: int32, in: [response, create], doc: How wide it is. }
";

fn model() -> Result<Model, Box<dyn Error>> {
    let description = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-spec");
    let text = |name: &str| fs::read_to_string(description.join(name));
    let loaded = load_files([
        ("api.yaml".to_owned(), text("api.yaml")?),
        ("errors.yaml".to_owned(), text("errors.yaml")?),
        ("resources/teapots.yaml".to_owned(), TEAPOTS.to_owned()),
        ("resources/lids.yaml".to_owned(), LIDS.to_owned()),
        ("resources/spouts.yaml".to_owned(), SPOUTS.to_owned()),
    ]);
    Ok(loaded.into_model()?)
}

fn post(server: &Server, path: &str, body: &Value) -> Value {
    let reply = send(with_body(server, "POST", path, body));
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.body
}

#[test]
fn it_has_a_full_life_cycle() -> Outcome {
    let server = Server::serving(model()?)?;
    let refused = send(with_body(&server, "POST", "/teapots", "{}"));
    assert_eq!(refused.refusal(400), Some("ERR_NGROK_1405"));
    let lid = post(&server, "/lids", &json!({}));
    let pot = post(&server, "/teapots", &json!({ "litres": 1.5, "lid_id": lid["id"] }));
    assert_eq!(pot["lid"], json!({ "id": lid["id"], "uri": lid["uri"] }));
    assert_eq!(pot["litres"], 1.5);
    let path = format!("/teapots/{}", pot["id"].as_str().unwrap());
    assert_eq!(pot["uri"], format!("{}{path}", server.url()));
    let changed =
        send(with_body(&server, "PATCH", &path, json!({ "litres": 2.0 }))).body;
    assert_eq!((&changed["litres"], &changed["lid"]), (&json!(2.0), &pot["lid"]));
    assert_eq!(
        send(request(&server, "GET", "/teapots")).body["teapots"],
        json!([changed])
    );
    assert_eq!(send(request(&server, "DELETE", &path)).status, 204);
    assert_eq!(send(request(&server, "GET", &path)).refusal(404), None);
    Ok(())
}

#[test]
fn a_replacement_keeps_its_identity() -> Outcome {
    let server = Server::serving(model()?)?;
    let lid = post(&server, "/lids", &json!({ "colour": "red", "weight": 2 }));
    let path = format!("/lids/{}", lid["id"].as_str().unwrap());
    let reply = send(with_body(&server, "PUT", &path, json!({ "weight": 3 })));
    let expected = json!({ "id": lid["id"], "uri": lid["uri"], "weight": 3 });
    assert_eq!((reply.status, reply.body), (200, expected.clone()));
    assert_eq!(send(request(&server, "GET", &path)).body, expected);
    let nobody = with_body(&server, "PUT", "/lids/lid_nobody", json!({}));
    assert_eq!(send(nobody).refusal(404), None);
    Ok(())
}

#[test]
fn nested_resources_are_served_below_it() -> Outcome {
    let server = Server::serving(model()?)?;
    let pot = post(&server, "/teapots", &json!({ "litres": 1 }));
    let path = format!("/teapots/{}/spouts", pot["id"].as_str().unwrap());
    let one = post(&server, &path, &json!({ "width": 1 }));
    let two = post(&server, &path, &json!({ "width": 2 }));
    assert_eq!((&one["teapot_id"], &one["width"]), (&pot["id"], &json!(1)));
    let own = format!("{path}/{}", one["id"].as_str().unwrap());
    assert_eq!(one["uri"], format!("{}{own}", server.url()));
    assert_eq!(send(request(&server, "GET", &path)).body["spouts"], json!([two, one]));
    assert_eq!(send(request(&server, "GET", &own)).body, one);
    assert_eq!(send(request(&server, "DELETE", &own)).status, 204);
    let none = "/teapots/tea_nobody/spouts";
    assert_eq!(send(request(&server, "GET", none)).refusal(404), None);
    assert_eq!(send(with_body(&server, "POST", none, "{}")).refusal(404), None);
    Ok(())
}
