"""Bids by the tools of a service, with the Python package `mcp`, 1.x or 2.x: says as JSON what it has seen on the way."""
import asyncio, json, os, sys
from contextlib import asynccontextmanager

from mcp import ClientSession


@asynccontextmanager
async def streams(url, headers):
    try:
        from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client
    except ImportError:
        from mcp.client.streamable_http import streamablehttp_client

        async with streamablehttp_client(url, headers=headers) as (read, write, *_):
            yield read, write
        return
    async with create_mcp_http_client(headers=headers) as http, streamable_http_client(url, http_client=http) as (read, write, *_):
        yield read, write


def told(result):
    """What a tool says, and whether it is an error; 1.x has the names of the wire."""
    content = getattr(result, "structured_content", None) or getattr(result, "structuredContent", None)
    is_error = getattr(result, "is_error", None) or getattr(result, "isError", None) or False
    assert json.loads(result.content[0].text) == content
    return content, is_error


async def main(url, bid):
    headers = {"Authorization": f"Bearer {os.environ['MECHANE_TOKEN']}"}
    async with streams(f"{url}/mcp", headers) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        call = lambda name, **given: session.call_tool(name, given)
        tools = [tool.name for tool in (await session.list_tools()).tools]
        resources = [str(resource.uri) for resource in (await session.list_resources()).resources]
        rules = json.loads((await session.read_resource(resources[0])).contents[0].text)
        prompts = [prompt.name for prompt in (await session.list_prompts()).prompts]
        prompt = await session.get_prompt("bidder", {"value": str(bid)})
        ask, _ = told(await call("get_ask", wait=10))
        refusal, is_refused = told(await call("submit_message", message={"bid": "much"}, round=ask["round"], key="one"))
        receipt, is_late = told(await call("submit_message", message={"bid": bid}, round=ask["round"], key="two"))
        seen = {
            "tools": sorted(tools),
            "resources": resources,
            "rules": rules["id"],
            "prompts": sorted(prompts),
            "prompt": len(prompt.messages),
            "refusal": refusal if is_refused else None,
            "receipt": None if is_late else receipt["receipt"],
        }
    print(json.dumps(seen))


asyncio.run(main(sys.argv[1], float(sys.argv[2])))
