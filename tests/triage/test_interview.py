"""The questions: only those that change the windows, five at most, none twice, on every path that choices can take."""

from __future__ import annotations

import random
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


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("area", ["minato", "nakano", "komae", "tokyo"])
def test_every_path_has_windows_five_questions_at_most_and_none_twice(directory, situation, area):
    for seed in range(6):
        chooser = random.Random(f"{situation}{area}{seed}")
        put = walk(
            Case(situations=(situation,), default_area=area),
            directory,
            lambda choices, c=chooser: c.choice([*choices, None]) and c.choice(choices).value,
        )
        assert len(put) <= questions().most
        assert len(put) == len(set(put))


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
