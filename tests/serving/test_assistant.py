"""The store as tools for an assistant, asked by the client that the protocol's own package has."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from claimtrack.commands.about import version
from claimtrack.errors import StoreError
from claimtrack.reading import ingest
from claimtrack.store import Store
from claimtrack.workers import Extracted
from tests.conftest import make_claim

pytest.importorskip("mcp", reason="needs the extra: pip install 'claimtrack[mcp]'")

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.shared.memory import create_connected_server_and_client_session

from claimtrack.serving import assistant, desk


def asked(path: Path, tool: str, by: str | None = None, /, **arguments: Any) -> Any:
    """What a tool answers: its rows, or the words of its error."""

    async def ask() -> Any:
        made = assistant.server(path, by)
        async with create_connected_server_and_client_session(made._mcp_server) as client:
            answer = await client.call_tool(tool, arguments)
            if answer.isError:
                return " ".join(part.text for part in answer.content)
            return answer.structuredContent["result"]

    return asyncio.run(ask())


def test_assistant_finds_claims(served: Path) -> None:
    """Claims come as plain rows, found by words, source or kind, without what steers a terminal."""
    [claim] = asked(served, "search_claims", source="Peru")
    assert (claim["id"], claim["source"], claim["title"]) == ("clm_1000000000000000", "Peru", "Dam <b>1</b>")
    [forecast] = asked(served, "search_claims", words="break", kind="prediction")
    assert (forecast["likelihood"], forecast["likelihood_low"]) == ("likely", 0.6)
    assert "\x1b" not in forecast["text"]
    assert "'last May' is no date. Write 2021" in asked(served, "search_claims", since="last May")


def test_assistant_sets_claims_side_by_side(served: Path) -> None:
    """Contradictions, contrast, timeline and sources answer with both sides, in order, with their ids."""
    [pair] = asked(served, "contradictions", topic="quoll dam")
    assert {pair["a_source"], pair["b_source"]} == {"Peru", "Chile"}
    assert "Quoll Dam" in pair["explanation"]
    sides = asked(served, "contrast", topic="quoll dam")[0]["sides"]
    assert [voice["source"] for side in sides for voice in side["voices"]] == ["Peru", "Chile"]
    line = asked(served, "timeline", topic="quoll dam")
    assert [entry["when"] for entry in line] == ["2025-01-01", "2025-01-02", "2025-01-03"]
    assert line[0]["clashes"] == pair["id"]
    assert {source["name"] for source in asked(served, "sources")} == {"Peru", "Chile", "Mara Quist"}


def test_assistant_reads_a_text_and_keeps_nothing(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The claims of a text are answered; the store stays as it was, and an empty text is an error."""

    def extract(documents: Any, _: object) -> Any:
        [document] = documents
        yield Extracted(document, (make_claim(document, "the mill burns"),))

    monkeypatch.setattr("claimtrack.workers.extract_all", extract)
    [claim] = asked(served, "extract_text", text="Mara says the mill burns.", title="Mill")
    assert (claim["text"], claim["title"]) == ("the mill burns", "Mill")
    assert "empty" in asked(served, "extract_text", text=" ")
    assert ingest.from_text("Mara says the mill burns.").id not in Store(served)
    asked(served, "keep_text", "bot", text="Mara says the mill burns.", path="mill.txt")
    with Store(served) as store:
        assert ingest.from_text("Mara says the mill burns.").id in store
        assert store.claim(claim["id"]) is not None


def test_assistant_writes_only_where_it_may(served: Path) -> None:
    """Without leave there is no tool that writes, and the file is opened for reading; with it, a decision is logged."""
    arguments = {"id": "clm_1000000000000000", "action": "accept"}
    assert "Unknown tool" in asked(served, "decide", **arguments)
    with pytest.raises(StoreError), desk.Desk(served)._reading() as store, store.transaction():
        store.run("DELETE FROM claims")
    assert asked(served, "decide", "bot", **arguments).startswith("dec_")
    with Store(served) as store:
        assert [(d.action, d.by) for d in store.decisions()] == [("accept", "bot")]


def test_assistant_starts_from_the_command_line(served: Path) -> None:
    """The command speaks the protocol on standard output, and nothing else."""
    root = str(Path(__file__).parent.parent.parent)
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "claimtrack", "mcp", "--db", str(served)],
        env={"PYTHONPATH": root, "PATH": os.environ["PATH"], "CLAIMTRACK_CONFIG": os.devnull},
    )  # fmt: skip

    async def ask() -> tuple[set[str], Any]:
        async with stdio_client(command) as streams, ClientSession(*streams) as client:
            told = await client.initialize()
            assert "never" in (told.instructions or "")
            assert told.serverInfo.version == version()
            tools = await client.list_tools()
            answer = await client.call_tool("sources", {"limit": 1})
            return {tool.name for tool in tools.tools}, json.loads(answer.content[0].text)

    tools, answer = asyncio.run(ask())
    assert tools == {"search_claims", "contradictions", "contrast", "timeline", "sources", "extract_text"}
    assert answer["claims"] == 1
