"""When a window is open: recurrence rules, Japanese holidays and the three answers open, closed, unknown.

Pure functions over values. Knows no database, no clock of its own and no words for people (those are in ``phrases.yml``).
The recurrence fields follow HSDS 3.1 ``schedule`` (``byday`` such as ``MO`` or ``3WE``, ``opens_at``, ``closes_at``); holiday
closing has no HSDS field and is our own: ``holidays`` = 国民の祝日 with 振替休日 and 国民の休日 (jpholiday), ``new_year`` = 12/29-1/3,
``new_years_day`` = only 1/1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

import jpholiday

JAPAN = ZoneInfo("Asia/Tokyo")
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
LOOK_AHEAD_DAYS = 45  # longer than any month, so that an nth weekday is always found


class Closing(StrEnum):
    """Days on which a schedule does not hold."""

    HOLIDAYS = "holidays"
    NEW_YEAR = "new_year"
    NEW_YEARS_DAY = "new_years_day"


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rule:
    """One opening span: on which days, from when to when; ``closes`` at or before ``opens`` means the next morning."""

    days: tuple[str, ...] = ()  # "mo", "3we" (third Wednesday)
    opens: time = time(0)
    closes: time = time(0)
    always: bool = False
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Hours:
    """The opening hours of one window or one phone: the words as published, and the rules where they are confirmed."""

    text: str
    confirmed: bool = False
    rules: tuple[Rule, ...] = ()
    closed: frozenset[Closing] = frozenset()


@dataclass(frozen=True)
class Opening:
    """``until`` is given when open (None: it never closes), ``next`` when closed and known."""

    state: State
    until: datetime | None = None
    next: datetime | None = None


UNKNOWN = Opening(State.UNKNOWN)


@lru_cache(maxsize=8192)
def opening_at(hours: Hours | None, now: datetime) -> Opening:
    """Say whether the window is open at ``now``; never guess: hours that are not confirmed are unknown.

    Remembered, because many windows keep the same hours and one answer asks for the same moment many times.
    """
    if hours is None or not hours.confirmed or not hours.rules:
        return UNKNOWN
    now = now.astimezone(JAPAN)
    spans = list(_spans(hours, now.date()))
    current = [end for start, end in spans if start <= now < end]
    if current:
        return Opening(State.OPEN, until=_end_of_run(max(current), spans, now))
    later = [start for start, _ in spans if start > now]
    return Opening(State.CLOSED, next=min(later, default=None))


def _end_of_run(end: datetime, spans: list[tuple[datetime, datetime]], now: datetime) -> datetime | None:
    """Join spans that touch, so that 24 hours a day does not 'close' at midnight; None when it never closes."""
    for start, later in sorted(spans):
        if start <= end < later:
            end = later
    return None if end - now > timedelta(days=LOOK_AHEAD_DAYS - 2) else end


def _spans(hours: Hours, today: date) -> Iterator[tuple[datetime, datetime]]:
    for offset in range(-1, LOOK_AHEAD_DAYS):
        day = today + timedelta(days=offset)
        if not is_closed_day(day, hours.closed):
            yield from (_span(rule, day) for rule in hours.rules if _applies(rule, day))


def _span(rule: Rule, day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(0) if rule.always else rule.opens, JAPAN)
    end = datetime.combine(day, time(0) if rule.always else rule.closes, JAPAN)
    return start, end if end > start else end + timedelta(days=1)


def _applies(rule: Rule, day: date) -> bool:
    if (rule.valid_from and day < rule.valid_from) or (rule.valid_to and day > rule.valid_to):
        return False
    weekday = WEEKDAYS[day.weekday()]
    return rule.always or weekday in rule.days or f"{(day.day - 1) // 7 + 1}{weekday}" in rule.days


def is_closed_day(day: date, closed: frozenset[Closing]) -> bool:
    """Whether one of the closings falls on this day."""
    if Closing.NEW_YEAR in closed and ((day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)):
        return True
    if Closing.NEW_YEARS_DAY in closed and (day.month, day.day) == (1, 1):
        return True
    return Closing.HOLIDAYS in closed and is_holiday(day)


@lru_cache(maxsize=4096)
def is_holiday(day: date) -> bool:
    """国民の祝日, 振替休日 and 国民の休日, from jpholiday."""
    return bool(jpholiday.is_holiday(day))
