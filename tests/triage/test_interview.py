"""The questions: only those that change the windows, five at most, none twice, on every path that choices can take."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.triage.case import Case
from bot.triage.interview import answer, asked_key, label_chosen, next_question, questions
from bot.triage.referral import refer
from knowledge.directory import is_eligible
from knowledge.taxonomy import taxonomy
from tests.conftest import FRIDAY_AFTERNOON as NOW

SITUATIONS = taxonomy().keys


def walk(case: Case, directory, choose) -> list[str]:
    """Answer until there is no question left; returns the questions as they were put."""
    put = []
    while (question := next_question(case, directory, NOW)) is not None:
        put.append(asked_key(question.id, case))
        referral = refer(case, directory, NOW)
        assert 1 <= len(referral.first) <= 3
        assert all(is_eligible(r.window, case.person()) for r in (*referral.first, *referral.more))
        assert question.remaining >= 1
        case = replace(case, asked=(*case.asked, asked_key(question.id, case)))
        value = choose(question.choices)
        case = answer(case, question.id, [value]) if value else case
    return put


def every_order_of_questions(case: Case, directory) -> Iterator[Case]:
    """Every case that pressing buttons leads to, skipping included; of those in which the same was asked and the last
    answer is the same, one: ten thousand differ only in answers that lie further back."""
    seen, waiting = {((), None)}, [case]
    while waiting:
        yield (now := waiting.pop())
        question = next_question(now, directory, NOW)
        if question is None:
            continue
        key = asked_key(question.id, now)
        assert key not in now.asked, "put twice"
        assert 1 <= question.remaining <= questions().most - len(now.asked)
        asked = replace(now, asked=(*now.asked, key))
        for value in (None, *(choice.value for choice in question.choices)):
            told = asked if value is None else answer(asked, question.id, [value])
            if (told.asked, value) not in seen:
                seen.add((told.asked, value))
                waiting.append(told)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("area", ["minato", "nakano", "komae", "tokyo"])
def test_every_path_has_windows_that_take_the_person_and_five_questions_at_most(directory, situation, area):
    for case in every_order_of_questions(Case(situations=(situation,), default_area=area), directory):
        referral = refer(case, directory, NOW)
        assert 1 <= len(referral.first) <= 3, case
        assert all(is_eligible(r.window, case.person()) for r in (*referral.first, *referral.more)), case
        assert len(case.asked) <= questions().most
        assert case.current is not None


@pytest.mark.parametrize("pair", itertools.combinations(SITUATIONS, 2), ids="-".join)
def test_two_problems_are_asked_about_with_five_questions_in_all(directory, pair):
    chooser = random.Random("-".join(pair))
    put = walk(Case(situations=pair), directory, lambda choices: chooser.choice(choices).value)
    assert len(put) == len(set(put)) <= questions().most


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_person_who_skips_everything_still_has_windows(directory, situation):
    assert len(walk(Case(situations=(situation,)), directory, lambda choices: None)) <= 5


def test_what_was_already_said_is_not_asked(directory):
    told = Case(
        situations=("housing",), speaker="family", area="nakano", ages=(70, 75), tonight=False, custody=("released",)
    )
    put = walk(told, directory, lambda choices: None)
    assert not {"who", "area", "age", "tonight", "custody"} & set(put)


def test_a_child_is_not_asked_about_custody(directory):
    told = Case(situations=("no_shelter_tonight",), needs=("fleeing",), ages=(16, 16), area="tokyo")
    assert "custody" not in walk(told, directory, lambda choices: None)


def test_a_person_outside_tokyo_is_not_asked_about_custody(directory):
    told = Case(situations=("employment",), needs=("labour_trouble",), ages=(40, 40), area="outside")
    assert "custody" not in walk(told, directory, lambda choices: None)


def test_of_a_prisoner_is_not_asked_where_he_sleeps_tonight(directory):
    told = Case(situations=("housing",), speaker="family", about="son", custody=("in_custody",))
    assert not {"tonight", "custody"} & set(walk(told, directory, lambda choices: None))


def test_the_district_is_not_asked_of_one_who_lives_elsewhere(directory):
    told = Case(situations=("elderly",), speaker="family", about="mother", ages=(90, 90), area="outside")
    assert "district" not in walk(told, directory, lambda choices: None)


def test_no_bed_tonight_becomes_the_first_problem():
    case = answer(Case(situations=("housing",), asked=("tonight",)), "tonight", ["no_bed"])
    assert case.situations[0] == "no_shelter_tonight"


def test_a_value_that_was_not_offered_is_refused():
    with pytest.raises(ValueError):
        answer(Case(situations=("housing",)), "area", ["osaka"])


def test_a_label_written_out_is_the_choice():
    case = Case(situations=("housing",), open_question="area", offered=("minato", "nakano"))
    assert label_chosen("中野区", case) == "nakano"
    assert label_chosen("杉並区", case) is None


@pytest.mark.parametrize("form", questions().questions, ids=lambda form: form.id)
def test_every_question_says_why_it_is_asked_and_can_be_read_aloud(form):
    assert form.why and form.read_aloud and form.easy
    assert all(choice.easy for choice in form.choices)
