"""What is answered when no model is there: dangers by pattern alone, the nine situations as a list of numbers to call, an apology."""

from __future__ import annotations

from datetime import datetime

from bot.messages import error_sentences
from bot.triage import danger
from bot.triage.case import Case, Understanding
from bot.triage.referral import people_to_talk_to, recommend
from bot.triage.replies import DangerReply, Reply, TextReply, danger_reply, services_reply
from knowledge.directory import Directory


def greeting() -> list[Reply]:
    return [TextReply(text=error_sentences().out_of_order)]


def apology() -> list[Reply]:
    """Never silence: the sentence with the emergency numbers."""
    return [TextReply(text=error_sentences().out_of_order)]


def understanding(text: str) -> Understanding:
    """Only what patterns can see."""
    return Understanding(act="tell_situation", danger=danger.find(text))


def answer(text: str, case: Case, directory: Directory, now: datetime) -> list[Reply]:
    found = danger.find(text)
    if found is not None:
        return [danger_card(found.kind, found.level, case, directory, now)]
    people = people_to_talk_to(case, directory, now)
    return [*apology(), *([services_reply(people, (), now)] if people else [])]


def danger_card(kind: str, level: str, case: Case, directory: Directory, now: datetime) -> DangerReply:
    windows = [recommend(window, case, now, kind) for window in danger.windows_for(kind, case, directory)]
    return danger_reply(danger.dangers().of(kind), level, case, windows, now)
