"""The official Python client against the test server: `pip install ngrok-api`, then

    eval "$(cargo xtask mock)"   # or set NGROK_API_KEY and NGROK_API_URL to what it prints
    python tests/witnesses/python.py

It exits with 0 if every response is as the client expects. What is marked as a fault of the client is
expected to fail, and is reported if it does not.
"""

import os

import ngrok

client = ngrok.Client(os.environ["NGROK_API_KEY"], os.environ["NGROK_API_URL"])
faults = []


def gone(get, id):
    try:
        get(id)
    except ngrok.NotFoundError as error:
        assert error.http_status_code == 404 and error.error_code is None, vars(error)
        assert error.details["operation_id"].startswith("op_")
    else:
        raise AssertionError(f"{id} is still there")


def fault(what, attempt):
    """A call that fails although the response is valid."""
    try:
        attempt()
    except Exception as error:
        faults.append(f"{what}: {type(error).__name__}: {error}")
    else:
        raise AssertionError(f"this works now: {what}")


def live(name, resource, create, change, items):
    """Makes seven of something, reads them over several pages, changes one and deletes all."""
    made = [resource.create(**create(number)) for number in range(7)]
    one = made[0]
    assert resource.get(one.id).id == one.id
    listed = [item.id for item in resource.list(limit="3")]
    assert listed[:7] == [item.id for item in reversed(made)], listed
    assert len(list(resource.list(before_id=made[3].id, limit="2"))) >= 3
    changed = resource.update(one.id, **change)
    for key, value in change.items():
        assert getattr(changed, key) == value, (key, value)
        assert getattr(resource.get(one.id), key) == value, (key, value)
    for item in made:
        resource.delete(item.id)
        gone(resource.get, item.id)
    assert not {item.id for item in resource.list()} & {item.id for item in made}
    print(f"{name}: created, read, listed over several pages, updated, deleted")


texts = {"description": "a description", "metadata": "some metadata"}
changed = {"description": "another", "metadata": "more"}

live("ip_policies", client.ip_policies, lambda _: texts, changed, "ip_policies")

policy = client.ip_policies.create(**texts)
live(
    "ip_policy_rules",
    client.ip_policy_rules,
    lambda n: {**texts, "cidr": f"10.{n}.0.0/16", "ip_policy_id": policy.id, "action": "allow"},
    {**changed, "cidr": "192.168.0.0/16"},
    "ip_policy_rules",
)
rule = client.ip_policy_rules.create(cidr="::/0", ip_policy_id=policy.id, action="deny", **texts)
assert rule.ip_policy.id == policy.id and rule.ip_policy.uri == policy.uri

live(
    "reserved_domains",
    client.reserved_domains,
    lambda n: {**texts, "domain": f"app{n}.example.com"},
    changed,
    "reserved_domains",
)
live("credentials", client.credentials, lambda _: {**texts, "acl": ["bind:*"]}, changed, "credentials")
live("api_keys", client.api_keys, lambda _: texts, changed, "keys")
live("vaults", client.vaults, lambda n: {**texts, "name": f"vault{n}"}, changed, "vaults")

assert client.api_keys.create(**texts).token
assert client.credentials.create(**texts).token

# On a returned object, and back.
policy.update(description="changed through the object")
assert client.ip_policies.get(policy.id).description == "changed through the object"

# What the server refuses.
try:
    client.ip_policy_rules.create(cidr="10.1.2.3/8", ip_policy_id=policy.id, action="deny")
except ngrok.Error as error:
    assert error.error_code == "ERR_NGROK_1409", vars(error)
else:
    raise AssertionError("a range that begins in the middle")

assert [it.id for it in client.ip_policies.list(filter=f"obj.id == '{policy.id}'")] == [policy.id]

bare = client.ip_policies.create()
fault("a string that was never set is absent, and the client requires it", lambda: bare.description)

for line in faults:
    print("fault of the client:", line)
print("all is well")
