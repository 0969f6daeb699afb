"""The memo to show at a window, so that the story need not be told again: only what was chosen or heard as a fact, no words of the person."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from bot.triage.case import Case
from bot.triage.interview import questions
from bot.triage.referral import Recommendation
from knowledge.hours import JAPAN
from knowledge.schema import Form, read_form
from knowledge.taxonomy import KNOWLEDGE, taxonomy


class MemoWords(Form):
    title: str
    date: str
    situations: str
    needs: str
    question: str
    windows: str
    window: str
    no_number: str
    closing: str


@cache
def words() -> MemoWords:
    return read_form(KNOWLEDGE / "memo.yml", MemoWords)


def memo_lines(case: Case, windows: list[Recommendation], now: datetime) -> list[str]:
    """The lines of the memo, each short enough for a phone."""
    text = words()
    day = now.astimezone(JAPAN)
    lines = [text.title, text.date.format(year=day.year, month=day.month, day=day.day)]
    troubles = [taxonomy().situation(key).button for key in case.all_situations]
    lines += [text.situations.format(list="、".join(troubles))] if troubles else []
    needs = [taxonomy().need(key).label for key in case.needs]
    lines += [text.needs.format(list="、".join(needs))] if needs else []
    lines += [text.question.format(question=name, answer=answer) for name, answer in _answers(case)]
    if windows:
        lines.append(text.windows)
        lines += [_window(r) for r in windows]
    return [*lines, text.closing]


def _answers(case: Case) -> list[tuple[str, str]]:
    """The answers as their buttons read: what was heard freely and matches no button is left out."""
    found = []
    for form in questions().questions:
        value = getattr(case, form.slot)
        for choice in form.choices:
            same = tuple(choice.sets) == value if isinstance(choice.sets, list) else choice.sets == value
            if value not in (None, ()) and same:
                found.append((form.memo, choice.label))
    return found


def _window(recommendation: Recommendation) -> str:
    window = recommendation.window
    number = next((phone.number for phone in window.phones), words().no_number)
    return words().window.format(name=window.name, number=number, say=window.say or "")
