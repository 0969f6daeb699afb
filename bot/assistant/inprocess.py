"""The seams of Rasa 3.6 that keep everything inside this process: custom actions, collected replies."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.triage.replies import REPLY, Reply, TextReply


class InProcessActions(EndpointConfig):
    """Quacks like the HTTP endpoint of an action server and runs the package's actions here."""

    def __init__(self, package: str) -> None:
        super().__init__(url=f"inprocess://{package}")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        return await self._executor.run(kwargs["json"])


class Collector(OutputChannel):
    """Takes what the bot says in one turn, as reply forms, in order."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        return "shirube"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        if message.get("custom"):
            self.replies.append(REPLY.validate_python(message["custom"]))
        elif message.get("text"):
            self.replies.append(_text_reply(message))


def _text_reply(message: dict[str, Any]) -> TextReply:
    easy = (message.get("metadata") or {}).get("easy")
    return TextReply(text=message["text"], easy=easy.format_map(message) if easy else None)
