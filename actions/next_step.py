"""A message that tells something: facts and situations are taken into the case, then windows are shown and the next question put."""

from __future__ import annotations

from dataclasses import replace

from actions.danger import (
    UNDER_A_CARD,
    answer_again,
    answer_now,
    ask_gently,
    point_to_card,
    says_plainly,
    show_card,
    stands_already,
)
from actions.show_windows import offer_situations, put_menu, put_open_question_again, put_way_on, show_and_ask
from actions.step import Turn
from actions.ways_on import memo, person
from actions.words import WordsStep, heard, tells_something
from bot.triage.case import Case
from bot.triage.interview import ChoiceForm, questions
from knowledge.taxonomy import taxonomy

LIKELY = 3


class NextStep(WordsStep):
    """``action_next_step``: for every understood message that is not a danger of level now."""

    def name(self) -> str:
        return "action_next_step"

    def answer(self, turn: Turn) -> Case:
        return take_message(turn)


class NotUnderstood(WordsStep):
    """``action_not_understood``: first the likeliest as buttons, the second time the nine and a person's number."""

    def name(self) -> str:
        return "action_not_understood"

    def answer(self, turn: Turn) -> Case:
        return take_message(turn) if tells_something(turn) else not_understood(turn)


class AnswerDanger(WordsStep):
    """``action_answer_danger``: the card, and a memo where one was asked for in the same words."""

    def name(self) -> str:
        return "action_answer_danger"

    def answer(self, turn: Turn) -> Case:
        case = heard(turn)
        kind = turn.understood.danger.kind if turn.understood.danger else case.danger or "suicide"
        if (
            turn.understood.act == "ask_memo"
        ):  # a wish without a plain word of danger is granted, and asked about gently
            if says_plainly(turn.text):
                return put_way_on(turn, memo(turn, show_card(turn, case, kind)))
            return _answer_possible(turn, memo(turn, case), kind)
        return answer_again(turn, case, kind) if stands_already(turn.case, kind) else answer_now(turn, case, kind)


def take_message(turn: Turn) -> Case:
    """Words that tell something: a possible danger is asked about gently, problems and facts are taken, the talk goes on."""
    case, news = heard(turn), tells_something(turn)
    if turn.understood.danger is not None:
        return _answer_possible(turn, case, turn.understood.danger.kind)
    if not news and not (case.all_situations and turn.case.open_question == "check"):
        return not_understood(turn)
    if not case.all_situations:
        return _offer_likely(turn, case)
    return show_and_ask(turn, replace(case, misses=0))


def _answer_possible(turn: Turn, case: Case, kind: str) -> Case:
    return answer_again(turn, case, kind) if stands_already(turn.case, kind) else ask_gently(turn, case, kind)


def not_understood(turn: Turn) -> Case:
    """Not understood: once, another way to say it; twice, a person's number and the nine, or the ways on of a danger."""
    case = replace(turn.case, misses=turn.case.misses + 1)
    if case.misses >= 2:
        turn.say("utter_a_person_can_help")
        case = replace(person(turn, case, "utter_call_a_person"), misses=0)
        if case.open_question in UNDER_A_CARD:
            return put_open_question_again(turn, case)
        return offer_situations(turn, case, "utter_still_not_understood")
    if case.open_question == "way_on":
        return point_to_card(turn, case)
    if case.all_situations or case.danger:
        turn.say("utter_not_understood")
        return put_open_question_again(turn, case)
    return _offer_likely(turn, case)


def _offer_likely(turn: Turn, case: Case) -> Case:
    """Two or three likely situations as buttons instead of a guess; the nine when nothing is likely."""
    likely = [s.key for s in turn.understood.situations[:LIKELY] if s.score >= 0.1]
    if len(likely) < 2:
        told = "utter_what_is_wrong" if tells_something(turn) else "utter_not_understood"
        return offer_situations(turn, case, told)
    turn.say("utter_which_is_it")
    forms = [taxonomy().situation(key) for key in likely]
    buttons = tuple(ChoiceForm(value=s.key, label=s.button, easy=s.easy) for s in forms)
    return put_menu(turn, case, "likely", (*buttons, questions().likely_none))
