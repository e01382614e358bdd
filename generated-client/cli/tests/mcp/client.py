"""Uses the program's MCP server as an agent does, through the official Python SDK. Run by `cargo xtask ci mcp`."""

import asyncio
import json
import os
import sys

from mcp import Client, StdioServerParameters

PROGRAM = sys.argv[1]


def server(*options):
    return StdioServerParameters(command=PROGRAM, args=["mcp", *options], env=dict(os.environ))


def read(result):
    return result.is_error, json.loads(result.content[0].text)


async def reads(mode):
    async with Client(server(), mode=mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"search", "describe", "call"}, tools
        for tool in tools.values():
            assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint, tool
        failed, found = read(await client.call_tool("search", {"query": "list ip policies"}))
        assert not failed and found["operations"][0]["operation"] == "ip-policies list", found
        failed, described = read(await client.call_tool("describe", {"name": "ip-policies get"}))
        assert not failed and described["parameters"]["required"] == ["id"], described
        failed, listed = read(await client.call_tool("call", {"operation": "ip-policies list"}))
        assert not failed and listed["result"]["ip_policies"] == [], listed
        failed, refused = read(await client.call_tool("call", {"operation": "ip-policies create", "body": {}}))
        assert failed and "--allow-write" in refused["error"]["message"], refused


async def writes(mode):
    async with Client(server("--allow-write", "--only", "ip-policies"), mode=mode) as client:
        call = {tool.name: tool for tool in (await client.list_tools()).tools}["call"]
        assert call.annotations.destructive_hint and not call.annotations.read_only_hint, call
        body = {"description": f"made by an agent, {mode}"}
        failed, made = read(await client.call_tool("call", {"operation": "ip-policies create", "body": body}))
        assert not failed, made
        # The description is a name.
        arguments = {"operation": "ip-policies delete", "parameters": {"id": body["description"]}}
        failed, deleted = read(await client.call_tool("call", arguments))
        assert not failed and deleted["result"] is None, deleted
        failed, refused = read(await client.call_tool("call", {"operation": "api-keys list"}))
        assert failed and "--only" in refused["error"]["message"], refused


async def main():
    for mode in ("auto", "legacy"):
        await reads(mode)
        await writes(mode)
    print("the Python SDK understands the server")


asyncio.run(main())
