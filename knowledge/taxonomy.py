"""The words of the field: the nine situations with their needs, and where the knowledge files are.

Read once and kept; knows nothing of windows, the database or how anything is decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from knowledge.schema import NeedForm, SituationForm, SituationsFile, read_form

KNOWLEDGE = Path(__file__).parent
DANGERS = ("suicide", "dv", "child_abuse", "violence_others", "medical", "crime_now", "victim")


@dataclass(frozen=True)
class Taxonomy:
    """The nine situations in the plan's order, and the needs by key."""

    situations: tuple[SituationForm, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(situation.key for situation in self.situations)

    def situation(self, key: str) -> SituationForm:
        """Raise KeyError for a key that is none of the nine."""
        return {s.key: s for s in self.situations}[key]

    def situation_of_need(self, need: str) -> str:
        return self._needs[need][0]

    def need(self, key: str) -> NeedForm:
        return self._needs[key][1]

    @cached_property
    def need_keys(self) -> frozenset[str]:
        return frozenset(self._needs)

    @cached_property
    def _needs(self) -> dict[str, tuple[str, NeedForm]]:
        """Need → its situation and its form; asked many times for each window that is ranked."""
        return {n.key: (s.key, n) for s in self.situations for n in s.needs}


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy of this checkout; raises :class:`knowledge.schema.KnowledgeError` when the file is broken."""
    return Taxonomy(read_form(KNOWLEDGE / "situations.yml", SituationsFile).situations)
