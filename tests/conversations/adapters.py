"""The faces a scenario can be told to. Each takes the person's acts and gives the channel-neutral replies, so that one file runs through all."""

from __future__ import annotations

from typing import Any, Protocol

import httpx

from bot.assistant.assistant import Assistant
from bot.triage.case import Case
from tests.talk import Reply, Talk


class Face(Protocol):
    """One person on one channel. Every act returns what was answered; ``erase`` whether nothing is left."""

    async def begin(self, area: str | None, easy: bool) -> list[Reply]: ...

    async def say(self, text: str) -> list[Reply]: ...

    async def choose(self, values: tuple[str, ...]) -> list[Reply]: ...

    async def skip(self) -> list[Reply]: ...

    async def erase(self) -> bool: ...

    def case(self) -> Case:
        """What Shirube has understood so far: against it the eligibility of windows is checked."""
        ...


class ChatApi:
    """The chat API of the running application, as the page on the ward's website uses it."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._talk: Talk | None = None

    @property
    def talk(self) -> Talk:
        assert self._talk is not None, "begin first"
        return self._talk

    async def begin(self, area: str | None, easy: bool) -> list[Reply]:
        wish: dict[str, Any] = {"easy": easy, **({"area": area} if area else {})}
        self._talk = await Talk.begin(self._client, **wish)
        return self.talk.replies

    async def say(self, text: str) -> list[Reply]:
        return await self.talk.says(text)

    async def choose(self, values: tuple[str, ...]) -> list[Reply]:
        return await self.talk.chooses(*values)

    async def skip(self) -> list[Reply]:
        return await self.talk.skips()

    async def erase(self) -> bool:
        address = f"/api/conversations/{self.talk.conversation}"
        erased = (await self._client.delete(address)).status_code == 204
        return erased and (await self._client.get(address)).status_code == 404

    def case(self) -> Case:
        return assistant_behind(self._client).case(self.talk.conversation)


def assistant_behind(client: httpx.AsyncClient) -> Assistant:
    """The assistant of the application that an in-process client talks to."""
    transport = client._transport
    assert isinstance(transport, httpx.ASGITransport)
    found: Assistant = transport.app.state.assistant  # type: ignore[attr-defined]
    return found
