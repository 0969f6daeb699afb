"""Every measure of the three plans is in the directory with its number, section and state, and none is offered before it begins."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

TABLE = Path(__file__).parent / "plan_measures.tsv"
MEASURES = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def carried_out(knowledge):
    """Area and number → the services that name the measure."""
    found = defaultdict(list)
    for entry in knowledge.entries:
        for number in entry.form.plan.refs if entry.form.plan else ():
            found[entry.area, number].append(entry.form)
    return found


def test_the_lists_are_whole():
    counts = {area: sum(1 for row in MEASURES if row[0] == area) for area in ("minato", "nakano", "komae")}
    assert counts == {"minato": 44, "nakano": 44, "komae": 33}


@pytest.mark.parametrize(("area", "number", "division", "state"), MEASURES, ids=[f"{m[0]} {m[1]}" for m in MEASURES])
def test_a_measure_is_there_with_its_section_and_state(carried_out, area, number, division, state):
    plans = [form.plan for form in carried_out[area, number]]
    assert any(plan.division == division and (plan.state or "").startswith(state) for plan in plans), plans


def test_what_has_not_begun_is_offered_to_nobody(knowledge):
    for entry in knowledge.entries:
        form = entry.form
        state = form.plan.state if form.plan and form.plan.state else ""
        if form.status in ("planned", "ended") or state.startswith(("B", "C", "D", "Ｂ", "Ｃ", "Ｄ")):
            assert form.status != "active" or form.shown_to == "staff", form.id


def test_a_measure_that_no_resident_can_use_is_for_staff(knowledge):
    unusable = {
        "minato-aopato", "minato-kyakuhiki", "minato-saihan-renraku-kaigi", "minato-saihan-koho", "minato-keisatsu-renkei",
        "minato-hogoshi-katsudo-shien", "minato-safety-kyoshitsu", "minato-yakubokyo", "minato-chiiki-hokatsu-care",
        "nakano-care-conference", "nakano-yakubutsu-chiiki-renkei", "komae-shokuin-kenshu", "komae-aiko",
    }  # fmt: skip
    forms = {entry.form.id: entry.form for entry in knowledge.entries}
    assert all(forms[ident].shown_to == "staff" for ident in unusable)
    assert all(form.shown_to == "staff" for ident, form in forms.items() if "-plan-" in ident)
