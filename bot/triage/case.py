"""What is known about one conversation, and what one message added to it. Values only: nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

from bot.triage.hearing_words import hearing
from knowledge.directory import Person
from knowledge.taxonomy import taxonomy

DEFAULT_AREA = "minato"
NO_FIXED_PLACE = "none"
CHILD_AGES = (0, 17)
TELLS = "tell_situation"
SURE = 0.9  # a situation with this score needs no help from single words
EMPLOYER = "employer"  # the need, and the one who has it: where work is concerned, otherwise one who supports
WORK = (None, "employment")


@dataclass(frozen=True)
class Danger:
    """A danger heard in one message. ``level``: now (answer at once) or check (one gentle question)."""

    kind: str
    level: str
    score: float


@dataclass(frozen=True)
class ScoredSituation:
    """One of the nine for one message. ``because``: the words that spoke for it."""

    key: str
    score: float
    selected: bool
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understanding:
    """One message as understood. ``facts``: slots heard in it, such as ``area`` or ``ages``, with plain values."""

    act: str
    situations: tuple[ScoredSituation, ...] = ()
    danger: Danger | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def selected(self) -> tuple[str, ...]:
        """The situations that are told of: as classified, and where that is not sure, those of needs that words name outright."""
        found = [s for s in self.situations if s.selected]
        if self.act != TELLS or any(s.score >= SURE for s in found):
            return tuple(s.key for s in found)
        named = [need for need in self.facts.get("needs", ()) if need in hearing().problems]
        return tuple(dict.fromkeys((*(s.key for s in found), *map(taxonomy().situation_of_need, named))))


@dataclass(frozen=True)
class Case:
    """Everything kept of a conversation; each field is a slot of the same name in ``domain.yml``. No words of the person.

    ``situations``: open ones, the urgent first. ``served``: those whose questions are finished. ``about``: who is to be helped
    (father, son ...). ``ages``: that one's lowest and highest possible age. ``money``: yen left. ``asked``: question ids already
    put. ``open_question`` and ``offered``: what was put last and the values that may be chosen. ``shown``: window ids already
    shown. ``misses``: messages not understood in a row.
    """

    situations: tuple[str, ...] = ()
    served: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    speaker: str | None = None
    about: str | None = None
    area: str | None = None
    district: str | None = None
    ages: tuple[int, int] | None = None
    custody: tuple[str, ...] = ()
    woman: bool | None = None
    tonight: bool | None = None
    when: str | None = None
    money: int | None = None
    phone: bool | None = None
    papers: bool | None = None
    asked: tuple[str, ...] = ()
    open_question: str | None = None
    offered: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    danger: str | None = None
    misses: int = 0
    default_area: str = DEFAULT_AREA
    easy: bool = False

    @property
    def current(self) -> str | None:
        """The situation now being talked about."""
        return self.situations[0] if self.situations else None

    @property
    def all_situations(self) -> tuple[str, ...]:
        return self.served + self.situations

    def person(self) -> Person:
        """What eligibility depends on. Somebody with no fixed place is helped where they are; a child's trouble told
        without an age is taken for a child's."""
        area = self.area if self.area and self.area != NO_FIXED_PLACE else self.default_area
        ages = self.ages or self._ages_of_needs()
        speaker = self.speaker
        if EMPLOYER in self.needs:
            speaker = EMPLOYER if self.current in WORK else self.speaker or "supporter"
        return Person(area, speaker, ages, frozenset(self.custody), self.woman)

    def _ages_of_needs(self) -> tuple[int, int] | None:
        """What a need says of the age; a child's trouble of which nothing more is known is taken for a child's."""
        implied = [ages for need in self.needs if (ages := taxonomy().need(need).ages)]
        if implied or self.current != "children_youth":
            return implied[0] if implied else None
        return None if self.needs else CHILD_AGES

    def changes_since(self, before: Case) -> dict[str, Any]:
        """The slots that differ from ``before``, as plain JSON values."""
        names = (f.name for f in fields(self))
        return {name: plain(getattr(self, name)) for name in names if getattr(self, name) != getattr(before, name)}

    def with_facts(self, facts: dict[str, Any]) -> Case:
        """Take what was heard: single values replace (a correction counts), lists grow, a likely speaker only fills the gap."""
        heard = {name: _as_tuple(value) for name, value in facts.items() if name in SLOTS}
        if self.speaker is None and facts.get("likely_speaker"):
            heard.setdefault("speaker", facts["likely_speaker"])
        for name in ("needs", "custody"):
            if name in heard:
                heard[name] = tuple(dict.fromkeys((*getattr(self, name), *heard[name])))
        implied = (state for need in heard.get("needs", ()) for state in taxonomy().need(need).custody)
        heard["custody"] = tuple(dict.fromkeys((*heard.get("custody", self.custody), *implied)))
        if heard.get("area") not in (None, self.area) and "district" not in heard:
            heard["district"] = None
        return replace(self, **heard)


SLOTS = tuple(f.name for f in fields(Case))


def case_from_slots(slots: dict[str, Any]) -> Case:
    """Read a case back from slot values (lists become tuples, missing ones their defaults)."""
    known = {name: _as_tuple(slots[name]) for name in SLOTS if slots.get(name) is not None}
    return Case(**known)


def plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value
