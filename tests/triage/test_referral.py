"""Which windows are shown, in which order, and that each may take the person."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.triage.case import Case
from bot.triage.danger import dangers
from bot.triage.referral import people_to_talk_to, recommend, refer, something_open, tonight_help
from knowledge.directory import is_eligible
from knowledge.hours import JAPAN
from knowledge.schema import MUNICIPALITIES
from knowledge.taxonomy import taxonomy
from tests.conftest import FRIDAY_AFTERNOON as NOW

NEW_YEAR_NIGHT = datetime(2027, 1, 1, 3, 0, tzinfo=JAPAN)


@pytest.mark.parametrize("situation", taxonomy().keys)
@pytest.mark.parametrize("area", MUNICIPALITIES)
def test_the_near_window_stands_first_and_a_wider_one_beside_it(directory, situation, area):
    shown = refer(Case(situations=(situation,), default_area=area), directory, NOW).first
    assert shown[0].window.area == area
    assert any(r.window.area in ("tokyo", "japan") for r in shown)


def test_a_man_released_this_morning_gets_tonights_shelter_first(directory):
    case = Case(situations=("housing", "no_shelter_tonight"), custody=("released",), ages=(45, 45))
    shown = refer(case, directory, NOW).first
    assert shown[0].window.same_day
    assert "tokyo-hogo-kansatsusho" in [r.window.id for r in shown]


def test_two_problems_are_both_covered(directory):
    case = Case(situations=("employment", "relearning"))
    shown = refer(case, directory, NOW).first
    for situation in case.situations:
        assert any(situation in r.window.fit for r in shown)


def test_a_restricted_window_stays_closed_to_those_it_does_not_name(directory):
    case = Case(situations=("no_shelter_tonight",))
    referral = refer(case, directory, NOW)
    assert all(not r.window.custody for r in (*referral.first, *referral.more))


@pytest.mark.parametrize("situation", taxonomy().keys)
def test_at_three_in_the_night_of_new_year_somebody_answers(directory, situation):
    case = Case(situations=(situation,))
    referral = refer(case, directory, NEW_YEAR_NIGHT)
    assert something_open(referral) or tonight_help(case, directory, NEW_YEAR_NIGHT)


def test_without_a_phone_the_first_window_has_an_address(directory):
    case = Case(situations=("no_shelter_tonight",), phone=False)
    assert refer(case, directory, NOW).first[0].window.address


def test_outside_tokyo_only_windows_that_serve_everybody(directory):
    for situation in taxonomy().keys:
        case = Case(situations=(situation,), area="outside")
        referral = refer(case, directory, NOW)
        assert referral.first
        assert all(r.window.area == "japan" or r.window.residence == "any" for r in referral.first)


def test_each_window_says_why(directory):
    for situation in taxonomy().keys:
        for r in refer(Case(situations=(situation,)), directory, NOW).first:
            assert len(r.why.text) > 8 and r.why.easy


def test_a_person_to_talk_to_is_not_shown_as_one_for_a_danger_nobody_told_of(directory):
    said = [r.why.text for r in people_to_talk_to(Case(), directory, NOW)]
    assert said and not [words for words in said if any(form.title in words for form in dangers().dangers)]


@pytest.mark.parametrize("kind", ["dv", "suicide"])
def test_a_line_for_many_dangers_is_shown_with_the_one_that_was_told(directory, kind):
    line = directory.get("japan-yorisoi-hotline")
    assert dangers().of(kind).title in recommend(line, Case(), NOW, kind).why.text


def test_the_police_is_not_called_a_place_to_talk_things_over(directory):
    said = recommend(directory.get("japan-110-police"), Case(), NOW, "dv").why
    assert "相談を受けています" not in said.text


@pytest.mark.parametrize("moment", [NOW, NEW_YEAR_NIGHT])
def test_a_person_to_talk_to_is_always_there(directory, moment):
    people = people_to_talk_to(Case(), directory, moment)
    assert people and all(r.window.phones for r in people)
    assert all(is_eligible(r.window, Case().person()) for r in people)
