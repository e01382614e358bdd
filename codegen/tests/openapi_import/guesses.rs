//! What is guessed about a new service of an API that is described already. Each guess has a note.

use ngrok_codegen::openapi::import::NoteKind;

use super::{changed, imported, model, own};

/// A service beside others, in a document without formats.
const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Another title, version: '1' }
paths:
  /edges/quic:
    post:
      tags: [QUICEdges]
      operationId: QUICEdgesCreate
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/QUICEdgeCreate' } } } }
      responses: { '201': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/QUICEdge' } } } } }
  /edges/quic/{id}:
    get:
      tags: [QUICEdges]
      operationId: QUICEdgesGet
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/QUICEdge' } } } } }
components:
  schemas:
    Ref: { type: object, properties: { id: { type: string }, uri: { type: string } } }
    QUICEdge:
      type: object
      properties:
        id: { type: string }
        created_at: { type: string }
        ip_policy_id: { type: string }
        reserved_domain: { $ref: '#/components/schemas/Ref' }
        action: { type: string, enum: [allow, deny] }
        color: { type: string }
        owner: { $ref: '#/components/schemas/Ref' }
    QUICEdgeCreate:
      type: object
      properties:
        ip_policy_id: { type: string }
        reserved_domain_id: { type: string }
        action: { type: string, enum: [allow, deny] }
";

#[test]
fn types_are_taken_from_names_and_neighbours() {
    let files = own();
    let done = imported(DOCUMENT, &files);
    let after = changed(&files, &done);
    let text = &after["resources/edges/quic.yaml"];
    for line in [
        "noun: QUIC edge",
        "resource: QuicEdge",
        "  created_at:",
        "  ip_policy_id: { type: id IpPolicy }",
        "  reserved_domain: { type: ref ReservedDomain, in: [response], written_as: reserved_domain_id }",
        "  reserved_domain_id: { type: id ReservedDomain, in: [create] }",
        "  action: { type: PolicyAction }",
        "  color: { type: string, in: [response] }",
        "  owner: { type: ref any, in: [response] }",
    ] {
        assert!(text.lines().any(|it| it == line), "{line}:\n{text}");
    }
    assert!(!text.contains("deprecated"), "neighbours may be deprecated: {text}");
    model(&after);
    let note = |kind: NoteKind, start: &str| {
        done.notes.iter().any(|it| it.kind == kind && it.message.starts_with(start))
    };
    for name in ["ip_policy_id", "reserved_domain", "reserved_domain_id"] {
        assert!(note(NoteKind::Inferred, &format!("`{name}` is taken for ")), "{name}");
    }
    assert!(note(NoteKind::Undecided, "`owner` is a reference, but its target"));
}
