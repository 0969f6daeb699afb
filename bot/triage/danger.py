"""Danger, looked for before anything else: patterns that need no model, and the words of the answer.

The patterns and every word live in ``knowledge/dangers.yml``; this room only applies them. Used by the danger detector of
``bot.nlu`` and, when the model is missing, by itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import field_validator

from bot.triage.case import Case, Danger
from knowledge.directory import Directory, Window, serves_place, takes_age
from knowledge.schema import DangerKind, Form, read_form
from knowledge.taxonomy import KNOWLEDGE

NOW, CHECK = "now", "check"
AT_A_CHECK = 2  # windows beneath a gentle question
SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
PARTS = re.compile(r"[。、．，,.!?…・\n]+")
CHILD_AGE = 17


class Choice(Form):
    value: str
    label: str
    easy: str


class ChoiceList(Form):
    prompt: str
    easy: str
    choices: tuple[Choice, ...]


class EmergencyNumber(Form):
    number: str
    label: str
    easy: str


class Patterns(Form):
    now: tuple[str, ...]
    check: tuple[str, ...]

    @field_validator("now", "check")
    @classmethod
    def _compile(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"not a regular expression: {pattern} ({error})") from error
        return patterns


class DangerForm(Form):
    """One kind of danger: what is said to the person, to a child, to somebody who tells of another; who answers; its patterns."""

    kind: DangerKind
    title: str
    text: str
    easy: str
    child: str
    other: str
    ask: str
    check: str
    check_easy: str
    tell: str
    tell_easy: str
    windows: tuple[str, ...]
    windows_child: tuple[str, ...]
    patterns: Patterns


class SaidForm(Form):
    """How the choices under a danger card are said in free words; every pattern is for a whole part of a message."""

    filler: tuple[str, ...]
    safe: tuple[str, ...]
    not_safe: tuple[str, ...]
    unsure: tuple[str, ...]
    person: tuple[str, ...]
    talk_on: tuple[str, ...]


class DangersFile(Form):
    said: SaidForm
    way_on: ChoiceList
    check_choices: ChoiceList
    numbers: tuple[EmergencyNumber, ...]
    unless: tuple[str, ...]
    dangers: tuple[DangerForm, ...]

    def of(self, kind: str) -> DangerForm:
        by_kind: dict[str, DangerForm] = {danger.kind: danger for danger in self.dangers}
        return by_kind[kind]


@cache
def dangers() -> DangersFile:
    """The reviewed content; raises :class:`knowledge.schema.KnowledgeError` when the file is broken."""
    return read_form(KNOWLEDGE / "dangers.yml", DangersFile)


@dataclass(frozen=True)
class Matcher:
    """The compiled patterns, in the order in which the gravest wins: every ``now`` before any ``check``."""

    unless: re.Pattern[str]
    patterns: tuple[tuple[str, str, re.Pattern[str]], ...]

    def hits(self, text: str) -> list[tuple[str, str]]:
        """All (kind, level) whose patterns occur in the message, after idioms are taken out."""
        bare = self.unless.sub("◇", normalise(text))
        return [(kind, level) for kind, level, pattern in self.patterns if pattern.search(bare)]


def matcher(path: Path = KNOWLEDGE / "dangers.yml") -> Matcher:
    content = read_form(path, DangersFile)
    return Matcher(
        unless=re.compile("|".join(f"(?:{pattern})" for pattern in content.unless)),
        patterns=tuple(
            (danger.kind, level, re.compile("|".join(f"(?:{pattern})" for pattern in getattr(danger.patterns, level))))
            for level in (NOW, CHECK)
            for danger in content.dangers
        ),
    )


@cache
def _matcher() -> Matcher:
    return matcher()


def normalise(text: str) -> str:
    """NFKC, lower case, without spaces and invisible characters: what the patterns are written for."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()


def hits(text: str) -> list[tuple[str, str]]:
    """All (kind, level) whose patterns occur in the message, the gravest first."""
    return _matcher().hits(text)


def said(text: str) -> str | None:
    """Which answer to a danger card these words are (a field of :class:`SaidForm`), or None: then they are heard like any others."""
    in_danger = any(level == NOW for _, level in hits(text))
    parts = [part for part in PARTS.split(normalise(text)) if part]
    told = dangers().said
    if not in_danger and re.fullmatch("|".join(told.talk_on), normalise(text)):
        return "talk_on"
    for answer in ("not_safe",) if in_danger else ("not_safe", "safe", "person", "unsure"):
        own = [bool(re.fullmatch("|".join(getattr(told, answer)), part)) for part in parts]
        rest = all(fits or re.fullmatch("|".join(told.filler), part) for fits, part in zip(own, parts, strict=True))
        if any(own) and rest:
            return answer
    return None


def find(text: str) -> Danger | None:
    """The gravest danger the patterns alone see; works without any model."""
    found = hits(text)
    if not found:
        return None
    kind, level = found[0]
    return Danger(kind, level, 0.9 if level == NOW else 0.5)


def words_for(kind: str, case: Case) -> tuple[str, str]:
    """The text of a danger card and its やさしい日本語 twin: for a child, for somebody who tells of another, or plain."""
    content = dangers().of(kind)
    if case.speaker in ("family", "supporter"):
        return content.other, content.easy
    if is_child(case):
        return content.child, content.easy
    return content.text, content.easy


def is_child(case: Case) -> bool:
    return case.ages is not None and case.ages[1] <= CHILD_AGE


def windows_for(kind: str, case: Case, directory: Directory) -> list[Window]:
    """Those who answer this danger, in the reviewed order: of this place, for this age, and not for women only where a man is
    to be helped. Who speaks does not matter here."""
    content = dangers().of(kind)
    person = case.person()
    names = content.windows_child if is_child(case) else content.windows
    found = [window for name in names if (window := directory.get(name)) is not None and window.public]
    return [
        w for w in found
        if serves_place(w, person.area)
        and (person.ages is None or takes_age(w, person.ages))
        and not (w.women_only and person.woman is False)
    ]  # fmt: skip
