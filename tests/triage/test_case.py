"""What is known of a conversation: problems that words name outright, and who asks for whom."""

from __future__ import annotations

from bot.triage.case import Case, ScoredSituation, Understanding

UNSURE = (ScoredSituation("mental_health_addiction", 0.5, True), ScoredSituation("livelihood", 0.01, False))
SURE = (ScoredSituation("elderly", 0.99, True), ScoredSituation("livelihood", 0.01, False))


def test_a_need_named_outright_is_a_problem_beside_one_that_is_not_sure():
    told = Understanding("tell_situation", UNSURE, facts={"needs": ["loneliness", "mental_health"]})
    assert told.selected == ("mental_health_addiction", "livelihood")


def test_what_is_sure_stands_alone():
    assert Understanding("tell_situation", SURE, facts={"needs": ["loneliness"]}).selected == ("elderly",)


def test_other_needs_do_not_open_a_problem_of_their_own():
    assert Understanding("tell_situation", UNSURE, facts={"needs": ["debt"]}).selected == ("mental_health_addiction",)


def test_a_need_named_in_small_talk_is_no_problem():
    assert Understanding("small_talk", facts={"needs": ["loneliness"]}).selected == ()


def test_who_hires_is_an_employer_where_work_is_concerned_only():
    told = Case(needs=("employer", "alcohol"))
    assert Case(situations=("employment",), needs=told.needs).person().speaker == "employer"
    assert Case(situations=("mental_health_addiction",), needs=told.needs).person().speaker == "supporter"
