"""Which entries should be looked at again: checked too long ago, never dated, or not of high confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.hsds.forms import Entry

DAYS = 180


@dataclass(frozen=True)
class Stale:
    """``age``: days since it was checked; None when no source of it carries a date."""

    entry: Entry
    age: int | None
    old: bool

    @property
    def reasons(self) -> str:
        confidence = self.entry.form.confidence
        age = "no source with a date" if self.age is None else f"checked {self.age} days ago" if self.old else ""
        return ", ".join(filter(None, (age, f"confidence {confidence}" if confidence != "high" else "")))


def stale(entries: Iterable[Entry], today: date, days: int = DAYS) -> Iterator[Stale]:
    """Those older than ``days`` or below high, the oldest first, the undated before all."""
    found = []
    for entry in entries:
        checked = entry.form.verified_on
        age = (today - checked).days if checked else None
        old = age is None or age > days
        if old or entry.form.confidence != "high":
            found.append(Stale(entry, age, old))
    yield from sorted(found, key=lambda item: (item.age is not None, -(item.age or 0), item.entry.form.id))
