"""``shirube triage``: one JSON line in, one out, in order; a bad line gives an error on its place and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Any

from actions.house import house
from bot.assistant.assistant import Assistant
from bot.messages import BadMessage
from bot.triage.case import Case, Understanding
from bot.triage.danger import NOW, windows_for
from bot.triage.interview import with_answer_heard
from bot.triage.referral import Recommendation, by_urgency, recommend, refer
from knowledge.taxonomy import taxonomy


async def judge_lines(assistant: Assistant, lines: Iterable[bytes], area: str) -> AsyncIterator[dict[str, Any]]:
    for line in lines:
        yield await _judge_line(assistant, line, area)


async def _judge_line(assistant: Assistant, line: bytes, area: str) -> dict[str, Any]:
    ident = None
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            raise ValueError("not a JSON object")
        ident = data.get("id")
        if not isinstance(data.get("text"), str):
            raise ValueError("text is missing or not a string")
        understood = await assistant.understand(data["text"])
    except (ValueError, BadMessage) as error:
        return {"id": ident, "error": str(error)}
    return {
        "id": ident,
        "text": _printable(data["text"]),
        **_understood(understood),
        "services": _services(understood, area),
    }


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _understood(understood: Understanding) -> dict[str, Any]:
    danger = understood.danger
    codes = {form.key: form.code for form in taxonomy().situations}
    return {
        "act": understood.act,
        "situations": [
            {"code": codes[s.key], "key": s.key, "score": s.score, "selected": s.selected}
            for s in understood.situations
        ],
        "danger": {"kind": danger.kind, "level": danger.level, "score": danger.score} if danger else None,
    }


def _services(understood: Understanding, area: str) -> list[dict[str, str]]:
    """What a person who had written just this would be shown."""
    case = Case(default_area=area).with_facts(understood.facts)
    case = with_answer_heard(replace(case, situations=by_urgency(understood.selected)))
    directory, now = house().directory(), house().now()
    shown: list[Recommendation] = []
    if understood.danger is not None and understood.danger.level == NOW:
        shown += [
            recommend(w, case, now, understood.danger.kind)
            for w in windows_for(understood.danger.kind, case, directory)
        ]
    shown += refer(case, directory, now).first
    unique = {r.window.id: r for r in reversed(shown)}
    ordered = [r for r in shown if unique.pop(r.window.id, None)]
    return [{"id": r.window.id, "name": r.window.name, "area": r.window.area, "why": r.why.text} for r in ordered]
