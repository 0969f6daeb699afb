"""A button was pressed, or its label was written: checked against what was offered, then taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.danger import answer_now
from actions.show_windows import (
    offer_next_steps,
    offer_situations,
    put_menu,
    put_open_question_again,
    put_way_on,
    show_and_ask,
)
from actions.step import Step, Turn
from actions.ways_on import end, memo, more_windows, person
from bot.triage.case import Case
from bot.triage.interview import answer, questions
from bot.triage.referral import by_urgency
from bot.triage.replies import SKIP
from knowledge.taxonomy import taxonomy


class TakeChoice(Step):
    """``action_take_choice``."""

    def name(self) -> str:
        return "action_take_choice"

    def take(self, turn: Turn) -> Case:
        question, values = turn.choice or (None, ())
        if question is not None and question != turn.case.open_question:
            return _not_offered(turn)
        return take_choice(turn, values)


def take_choice(turn: Turn, values: tuple[str, ...]) -> Case:
    """Take values of the open question or menu; what was not offered is refused in words and asked again."""
    case, question = turn.case, turn.case.open_question
    if question in MENUS:
        if len(values) != 1 or values[0] not in case.offered:
            return _not_offered(turn)
        return MENUS[question](turn, replace(case, open_question=None, offered=()), values[0])
    if question is None or not values:
        return _not_offered(turn)
    if values == (SKIP,):
        return show_and_ask(turn, replace(case, open_question=None, offered=()))
    try:
        answered = answer(case, question, list(values))
    except ValueError:
        return _not_offered(turn)
    return show_and_ask(turn, replace(answered, open_question=None, offered=()))


def _not_offered(turn: Turn) -> Case:
    turn.say("utter_choice_not_offered")
    return put_open_question_again(turn, turn.case)


def _situation(turn: Turn, case: Case, value: str) -> Case:
    served = tuple(key for key in case.served if key != value)
    situations = by_urgency(tuple(dict.fromkeys((value, *case.situations))))
    return show_and_ask(turn, replace(case, served=served, situations=situations, misses=0))


def _likely(turn: Turn, case: Case, value: str) -> Case:
    if value == questions().likely_none.value:
        return offer_situations(turn, case)
    return _situation(turn, case, value)


def _check(turn: Turn, case: Case, value: str) -> Case:
    if value == "not_safe":
        return answer_now(turn, case, case.danger or "suicide")
    turn.say("utter_safe_for_now" if value == "safe" else "utter_need_not_answer")
    return _go_on(turn, replace(case, danger=None))


def _way_on(turn: Turn, case: Case, value: str) -> Case:
    if value == "person":
        return put_way_on(turn, person(turn, case))
    if value == "safe_now":
        turn.say("utter_safe_for_now")
    return _go_on(turn, replace(case, danger=None))


def _go_on(turn: Turn, case: Case) -> Case:
    if not case.all_situations:  # who has told of a flight and nothing else has told of a need all the same
        told = tuple(dict.fromkeys(taxonomy().situation_of_need(need) for need in case.needs))
        case = replace(case, situations=by_urgency(told))
    if case.situations:
        return show_and_ask(turn, case)
    return offer_next_steps(turn, case) if case.served else offer_situations(turn, case)


def _next_steps(turn: Turn, case: Case, value: str) -> Case:
    if value == "end":
        return end(turn, case)
    if value == "other":
        return offer_situations(turn, case)
    return offer_next_steps(turn, {"memo": memo, "more": more_windows, "person": person}[value](turn, case))


def _feedback(turn: Turn, case: Case, value: str) -> Case:
    turn.say("utter_thanks_for_feedback")
    return put_menu(turn, case, "next_steps", questions().next_steps)


MENUS: dict[str | None, Callable[[Turn, Case, str], Case]] = {
    "situation": _situation,
    "likely": _likely,
    "check": _check,
    "way_on": _way_on,
    "next_steps": _next_steps,
    "feedback": _feedback,
}
