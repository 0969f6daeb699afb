"""One person talking through the chat API: says, chooses, skips; remembers what was shown."""

from __future__ import annotations

from typing import Any

import httpx

Reply = dict[str, Any]


class Talk:
    def __init__(self, client: httpx.AsyncClient, conversation: str) -> None:
        self._client, self.conversation = client, conversation
        self.replies: list[Reply] = []
        self.windows_shown: list[Reply] = []

    @classmethod
    async def begin(cls, client: httpx.AsyncClient, **body: Any) -> Talk:
        answer = await client.post("/api/conversations", json=body)
        assert answer.status_code == 201, answer.text
        talk = cls(client, answer.json()["conversation"])
        talk._take(answer.json()["replies"])
        return talk

    async def says(self, text: str) -> list[Reply]:
        return await self._send({"text": text})

    async def chooses(self, *values: str) -> list[Reply]:
        return await self._send({"choice": values[0] if len(values) == 1 else list(values)})

    async def skips(self) -> list[Reply]:
        return await self.chooses("skip")

    @property
    def question(self) -> str | None:
        asked = [reply["question"] for reply in self.replies if reply["type"] == "choices"]
        return asked[-1] if asked else None

    @staticmethod
    def services(replies: list[Reply]) -> list[Reply]:
        return [s for reply in replies if reply["type"] in ("services", "danger") for s in reply["services"]]

    async def _send(self, body: dict[str, Any]) -> list[Reply]:
        answer = await self._client.post(f"/api/conversations/{self.conversation}/messages", json=body)
        assert answer.status_code == 200, answer.text
        return self._take(answer.json()["replies"])

    def _take(self, replies: list[Reply]) -> list[Reply]:
        self.replies = replies
        self.windows_shown += self.services(replies)
        return replies
