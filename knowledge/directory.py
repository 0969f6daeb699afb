"""The directory of help as triage reads it: a snapshot of the database, and who may be sent where.

Eligibility is decided here and nowhere else. Ranking is not: that is ``bot.triage.referral``. Knows no clock and no words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from knowledge import models
from knowledge.hours import Closing, Hours, Rule
from knowledge.schema import MUNICIPALITIES

IN_TOKYO = frozenset({*MUNICIPALITIES, "tokyo"})
WIDE = ("tokyo", "japan")  # whose windows are not for one municipality only


@dataclass(frozen=True)
class Phone:
    number: str
    label: str
    free: bool | None
    primary: bool
    hours: Hours | None


@dataclass(frozen=True)
class Way:
    kind: str
    value: str


@dataclass(frozen=True)
class SourceNote:
    url: str
    title: str
    date: str


@dataclass(frozen=True)
class Window:
    """One service of the directory. ``fit``: situation key → 1 (can help a little) to 3 (made for this)."""

    id: str
    uuid: str
    name: str
    kana: str | None
    organization: str
    area: str
    kind: str
    role: str
    district: str | None
    what: str
    what_easy: str
    say: str | None
    bring: tuple[str, ...]
    fee: str | None
    booking: str | None
    same_day: bool
    fit: dict[str, int] = field(hash=False)
    needs: frozenset[str]
    dangers: frozenset[str]
    themes: frozenset[str]
    audience: frozenset[str]
    min_age: int | None
    max_age: int | None
    women_only: bool
    residence: str
    serves: frozenset[str]
    custody: frozenset[str]
    phones: tuple[Phone, ...]
    other_ways: tuple[Way, ...]
    address: str | None
    url: str | None
    hours: Hours | None
    alert: str | None
    verified_on: date | None
    sources: tuple[SourceNote, ...]
    public: bool
    staff_note: str | None


@dataclass(frozen=True)
class Person:
    """What eligibility depends on, as far as it is known.

    ``area``: minato, nakano, komae, tokyo (elsewhere in Tokyo) or outside. ``ages``: lowest and highest possible age of the one to be
    helped. ``custody``: states of criminal justice that hold. ``woman``: None when not said.
    """

    area: str
    speaker: str | None = None
    ages: tuple[int, int] | None = None
    custody: frozenset[str] = frozenset()
    woman: bool | None = None


def is_eligible(window: Window, person: Person) -> bool:
    """Whether this person may be sent there. What is not known about the person never opens a restricted window."""
    return (
        window.public
        and serves_place(window, person.area)
        and (person.speaker or "self") in window.audience
        and takes_age(window, person.ages)
        and (not window.custody or bool(window.custody & person.custody))
        and (not window.women_only or person.woman is True)
    )


def serves_place(window: Window, area: str) -> bool:
    if (window.area not in WIDE and window.area != area) or (window.serves and area not in window.serves):
        return False
    return window.residence == "any" or (window.residence == "area" and window.area == area) or area in IN_TOKYO


def takes_age(window: Window, ages: tuple[int, int] | None) -> bool:
    """At least half of the possible ages must be among those it takes; an age that is known must be."""
    if ages is None:
        return window.max_age is None or window.max_age >= 18
    low, high = max(ages[0], window.min_age or 0), min(ages[1], window.max_age or ages[1])
    return 2 * (high - low + 1) >= ages[1] - ages[0] + 1


Index = dict[tuple[str, str], list[Window]]


class Directory:
    """All windows, indexed by area together with situation, danger and theme, so that a person's question only meets the windows
    of their own municipality and the wide ones, however many others there are. Built once from the database; never changed."""

    def __init__(self, windows: Iterable[Window]) -> None:
        self._by_id = {window.id: window for window in windows}
        self._by_situation: Index = defaultdict(list)
        self._by_danger: Index = defaultdict(list)
        self._by_theme: Index = defaultdict(list)
        for window in self._by_id.values():
            for index, keys in (
                (self._by_situation, window.fit), (self._by_danger, window.dangers), (self._by_theme, window.themes),
            ):  # fmt: skip
                for key in keys:
                    index[key, window.area].append(window)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Window]:
        return iter(self._by_id.values())

    def get(self, ident: str) -> Window | None:
        return self._by_id.get(ident)

    def for_situation(self, situation: str, person: Person) -> list[Window]:
        """Every window that serves this situation and may take this person, in no order."""
        return _eligible(self._by_situation, situation, person)

    def for_danger(self, kind: str, person: Person) -> list[Window]:
        return _eligible(self._by_danger, kind, person)

    def for_theme(self, theme: str, person: Person) -> list[Window]:
        return _eligible(self._by_theme, theme, person)


def _eligible(index: Index, key: str, person: Person) -> list[Window]:
    areas = dict.fromkeys((person.area, *WIDE))
    return [window for area in areas for window in index.get((key, area), ()) if is_eligible(window, person)]


def read_directory(session: Session) -> Directory:
    """Take the snapshot: a handful of queries however many services there are."""
    query = select(models.Service).options(
        joinedload(models.Service.organization),
        selectinload(models.Service.phones).selectinload(models.Phone.schedules),
        selectinload(models.Service.schedules),
        selectinload(models.Service.other_ways),
        selectinload(models.Service.required_documents),
        selectinload(models.Service.service_at_locations).joinedload(models.ServiceAtLocation.location),
        selectinload(models.Service.attributes).joinedload(models.Attribute.term),
        selectinload(models.Service.sources),
    )
    return Directory(_window(service) for service in session.scalars(query.order_by(models.Service.key)))


SINGLE_FACETS = ("kind", "role", "district", "booking", "same_day", "women_only", "residence")
LISTED_FACETS = ("audience", "themes", "serves", "custody")


def _window(row: models.Service) -> Window:
    facets = row.facets
    terms: dict[str, dict[str, str | None]] = defaultdict(dict)
    for attribute in row.attributes:
        terms[attribute.term.taxonomy][attribute.term.code] = attribute.value
    listed: dict[str, Any] = {name: frozenset(facets[name]) for name in LISTED_FACETS}
    return Window(
        **{name: facets[name] for name in SINGLE_FACETS},
        **listed,
        id=row.key,
        uuid=row.id,
        name=row.name,
        kana=row.alternate_name,
        organization=row.organization.name,
        area=row.area,
        what=row.what,
        what_easy=row.what_easy,
        say=row.application_process,
        bring=tuple(document.document for document in row.required_documents),
        fee=row.fees_description,
        fit={key: int(value or 1) for key, value in terms["situation"].items()},
        needs=frozenset(terms["need"]),
        dangers=frozenset(terms["danger"]),
        min_age=row.minimum_age,
        max_age=row.maximum_age,
        phones=tuple(
            Phone(p.number, p.description or "", p.free, p.is_primary, _hours(p.schedules)) for p in row.phones
        ),
        other_ways=tuple(Way(way.label, way.url) for way in row.other_ways),
        address=next((at.location.address for at in row.service_at_locations), None),
        url=row.url,
        hours=_hours(row.schedules),
        alert=row.alert,
        verified_on=row.assured_date,
        sources=tuple(SourceNote(s.url, s.title, s.date) for s in row.sources),
        public=row.status == "active" and row.shown_to == "everyone",
        staff_note=row.staff_note,
    )


def _hours(rows: list[models.Schedule]) -> Hours | None:
    if not rows:
        return None
    closed = frozenset(Closing(name) for name in rows[0].closed_on.split(",") if name)
    return Hours(rows[0].description, rows[0].confirmed, tuple(_rule(row) for row in rows if row.freq), closed)


def _rule(row: models.Schedule) -> Rule:
    assert row.byday and row.opens_at and row.closes_at  # a row with a frequency has them
    days = tuple(row.byday.lower().split(","))
    return Rule(
        days=days,
        opens=time.fromisoformat(row.opens_at),
        closes=time.fromisoformat(row.closes_at),
        always=len(days) == 7 and row.opens_at == row.closes_at == "00:00",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
