"""People as a social worker knows them, and where each must be led: ``referral_cases.tsv``, one person a line.

At least one of ``one_of`` is among the windows shown first; none of ``never`` is. Lists are split by spaces, ``ages`` is "low-high",
``moment`` is a Friday afternoon (day) or half past eleven that evening (night).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.triage.case import Case
from bot.triage.referral import refer
from knowledge.directory import Directory
from knowledge.hours import JAPAN
from knowledge.taxonomy import taxonomy
from tests.conftest import FRIDAY_AFTERNOON

TABLE = Path(__file__).with_name("referral_cases.tsv")
MOMENTS = {"day": FRIDAY_AFTERNOON, "night": datetime(2026, 11, 20, 23, 30, tzinfo=JAPAN)}
YES_NO = {"yes": True, "no": False, "": None}


@dataclass(frozen=True)
class Line:
    """One person of the table, every column as written there."""

    area: str
    situations: str
    needs: str
    speaker: str
    ages: str
    custody: str
    phone: str
    woman: str
    moment: str
    one_of: str
    never: str
    person: str

    def case(self) -> Case:
        facts = {
            "area": self.area,
            "needs": self.needs.split(),
            "speaker": self.speaker or None,
            "ages": [int(age) for age in self.ages.split("-")] if self.ages else None,
            "custody": self.custody.split(),
            "phone": YES_NO[self.phone],
            "woman": YES_NO[self.woman],
        }
        return Case(situations=tuple(self.situations.split())).with_facts(facts)


def _lines() -> list[Line]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Line(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize("line", _lines(), ids=lambda line: f"{line.area}: {line.person}")
def test_is_led_to_a_window_that_helps(directory: Directory, line: Line) -> None:
    shown = refer(line.case(), directory, MOMENTS[line.moment]).ids
    assert set(shown) & set(line.one_of.split()), f"shown: {shown}"
    assert not set(shown) & set(line.never.split()), f"shown: {shown}"


def test_the_table_names_only_windows_situations_and_needs_that_exist(directory: Directory) -> None:
    windows = {ident for line in _lines() for ident in (*line.one_of.split(), *line.never.split())}
    assert not {ident for ident in windows if directory.get(ident) is None}
    for line in _lines():
        assert set(line.situations.split()) <= set(taxonomy().keys)
        assert all(taxonomy().situation_of_need(need) in line.situations.split() for need in line.needs.split())
