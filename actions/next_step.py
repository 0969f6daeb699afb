"""The step after a message that tells of a trouble: keep what was said, show windows, ask what narrows them."""

from __future__ import annotations

from dataclasses import replace

from actions.choices import take_choice
from actions.danger import answer_now, ask_gently
from actions.show_windows import offer_situations, put_menu, put_open_question_again, show_and_ask
from actions.step import Step, Turn
from bot.triage.case import Case
from bot.triage.interview import ChoiceForm, label_chosen, questions, with_answer_heard
from bot.triage.referral import by_urgency
from knowledge.taxonomy import taxonomy

LIKELY = 3


class NextStep(Step):
    """``action_next_step``: for every understood message that is not a danger of level now."""

    def name(self) -> str:
        return "action_next_step"

    def take(self, turn: Turn) -> Case:
        if (chosen := label_chosen(turn.text, turn.case)) is not None:
            return take_choice(turn, (chosen,))
        return take_message(turn)


def take_message(turn: Turn) -> Case:
    """Words that tell something: a possible danger is asked about gently, problems and facts are taken, the talk goes on."""
    case = heard(turn)
    if turn.understood.danger is not None:
        return ask_gently(turn, case)
    if not case.all_situations:
        return _offer_likely(turn, case)
    if case == turn.case:
        return not_understood(turn)
    return show_and_ask(turn, replace(case, misses=0))


class NotUnderstood(Step):
    """``action_not_understood``: first the likeliest as buttons, the second time the nine and a person's number."""

    def name(self) -> str:
        return "action_not_understood"

    def take(self, turn: Turn) -> Case:
        if (chosen := label_chosen(turn.text, turn.case)) is not None:
            return take_choice(turn, (chosen,))
        if tells_something(turn):
            return take_message(turn)
        return not_understood(turn)


def tells_something(turn: Turn) -> bool:
    """Whether a message that looked like something else adds a fact to a case under way (「港区です」「もうすぐ70」)."""
    return bool(turn.case.all_situations) and turn.case.with_facts(turn.understood.facts) != turn.case


def heard(turn: Turn) -> Case:
    """The case with the message's facts and situations in it; new problems join the open ones, the urgent first."""
    before = turn.case if turn.case.open_question != "check" else replace(turn.case, danger=None)
    case = before.with_facts(turn.understood.facts)
    new = [key for key in turn.understood.selected if key not in case.all_situations]
    return with_answer_heard(replace(case, situations=by_urgency((*case.situations, *new))))


def not_understood(turn: Turn) -> Case:
    if turn.case.danger is not None and turn.case.open_question != "check":
        return answer_now(turn, turn.case, turn.case.danger)
    case = replace(turn.case, misses=turn.case.misses + 1)
    if case.misses >= 2:
        turn.say("utter_a_person_can_help")
        return replace(offer_situations(turn, case, "utter_still_not_understood"), misses=0)
    if case.all_situations or case.danger:
        turn.say("utter_not_understood")
        return put_open_question_again(turn, case)
    return _offer_likely(turn, case)


def _offer_likely(turn: Turn, case: Case) -> Case:
    """Two or three likely situations as buttons instead of a guess; the nine when nothing is likely."""
    likely = [s.key for s in turn.understood.situations[:LIKELY] if s.score >= 0.1]
    if len(likely) < 2:
        return offer_situations(turn, replace(case, misses=case.misses or 1), "utter_not_understood")
    turn.say("utter_which_is_it")
    forms = [taxonomy().situation(key) for key in likely]
    buttons = tuple(ChoiceForm(value=s.key, label=s.button, easy=s.easy) for s in forms)
    return put_menu(turn, replace(case, misses=case.misses or 1), "likely", (*buttons, questions().likely_none))
