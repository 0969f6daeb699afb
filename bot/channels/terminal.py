"""The chat in a terminal: the same replies, drawn as plain lines."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from bot.assistant.assistant import Assistant
from bot.messages import BadMessage
from bot.triage.replies import (
    ChoicesReply,
    DangerReply,
    EndedReply,
    MemoReply,
    Reply,
    ServiceReply,
    ServicesReply,
    TextReply,
)


async def talk(assistant: Assistant, area: str, lines: Iterable[str]) -> None:
    """Answer line after line; a number takes the choice that stands at it."""
    conversation, replies = await assistant.begin("web", area)
    _draw(replies)
    for line in lines:
        choices = [reply for reply in replies if isinstance(reply, ChoicesReply)][-1:]
        try:
            value = _chosen(line, choices)
            replies = await (assistant.choose(conversation, [value]) if value else assistant.turn(conversation, line))
        except BadMessage as error:
            replies = [TextReply(text=str(error))]
        _draw(replies)
    assistant.erase(conversation)


def _chosen(line: str, choices: list[ChoicesReply]) -> str | None:
    if choices and line.isascii() and line.isdigit() and 0 < int(line) <= len(choices[0].choices):
        return choices[0].choices[int(line) - 1].value
    return None


def _draw(replies: list[Reply]) -> None:
    for reply in replies:
        sys.stdout.write("\n".join(_lines(reply)) + "\n\n")


def _lines(reply: Reply) -> list[str]:
    match reply:
        case TextReply():
            return [reply.text]
        case ChoicesReply():
            return [reply.prompt, *(f" {i}. {choice.label}" for i, choice in enumerate(reply.choices, 1))]
        case ServicesReply():
            return [line for service in reply.services for line in _service(service)]
        case DangerReply():
            return [
                f"!! {reply.text}",
                *(line for service in reply.services for line in _service(service)),
                reply.tell or "",
            ]
        case MemoReply():
            return reply.lines
        case EndedReply():
            return ["--"]


def _service(service: ServiceReply) -> list[str]:
    numbers = [f"{phone.number} {phone.label}".strip() for phone in service.phones]
    return [
        f"■ {service.name}",
        f"  {service.why}",
        f"  {service.open.words}",
        *(f"  ☎ {number}" for number in numbers),
    ]
