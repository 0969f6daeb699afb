"""What words may mean before they are anything else: the choice that stands open, spoken; and what a message adds to a case."""

from __future__ import annotations

import abc
from dataclasses import replace

from actions.choices import take_choice
from actions.danger import UNDER_A_CARD, answer_now
from actions.step import Step, Turn
from bot.triage import danger
from bot.triage.case import Case
from bot.triage.interview import form_named, label_chosen, situations_named, with_answer_heard
from bot.triage.referral import by_urgency

# What is said under a danger card, as the choice of the menu that stands under it.
SPOKEN = {
    "check": {"safe": "safe", "not_safe": "not_safe", "unsure": "unsure"},
    "way_on": {"safe": "safe_now", "person": "person"},
}
TALK_ON = "talk_on"


class WordsStep(Step, abc.ABC):
    """A step for a written message: a choice that was spoken is taken as if it were pressed, whatever else the words look like."""

    @abc.abstractmethod
    def answer(self, turn: Turn) -> Case:
        """Answer words that are no choice, and return the case as it is afterwards."""

    def take(self, turn: Turn) -> Case:
        if turn.case.open_question in UNDER_A_CARD:
            said = danger.said(turn.text)
            if said == "not_safe" and turn.case.danger:
                return answer_now(turn, turn.case, turn.case.danger)
            if said in (choices := SPOKEN[turn.case.open_question]):
                return take_choice(turn, (choices[said],))
            if said == TALK_ON and turn.case.open_question == "way_on" and not _told_anew(turn):
                return take_choice(turn, (TALK_ON,))
        dangerous = turn.understood.danger is not None and turn.understood.danger.level == danger.NOW
        if not dangerous and (chosen := label_chosen(turn.text, turn.case)) is not None:
            return take_choice(turn, (chosen,))
        return self.answer(turn)


def heard(turn: Turn) -> Case:
    """The case with the message's facts and situations in it; new problems join the open ones, the urgent first. Who tells of
    another trouble under a danger card, or answers what was asked before, has chosen to talk on: the danger is put aside,
    unless this message has one. After a gentle question every harmless answer does so."""
    before = turn.case
    talks_on = before.open_question == "check" or (
        before.open_question == "way_on" and (_told_anew(turn) or _answers_what_was_asked(turn))
    )
    if talks_on and turn.understood.danger is None:
        before = replace(before, danger=None)
    case = before.with_facts(turn.understood.facts)
    told = turn.understood.selected or situations_named(turn.text)
    new = [key for key in told if key not in case.all_situations]
    return with_answer_heard(replace(case, situations=by_urgency((*case.situations, *new))))


def tells_something(turn: Turn) -> bool:
    """Whether a message adds a fact or a problem, whatever else it looks like (「港区です」「もうすぐ70」). A guess at who
    speaks is no news."""
    facts = {name: value for name, value in turn.understood.facts.items() if name != "likely_speaker"}
    return turn.case.with_facts(facts) != turn.case or _told_anew(turn)


def _told_anew(turn: Turn) -> bool:
    return not set(turn.understood.selected or situations_named(turn.text)) <= set(turn.case.all_situations)


def _answers_what_was_asked(turn: Turn) -> bool:
    asked = {form_named(key.partition(":")[0]).slot for key in turn.case.asked}
    return bool(asked & set(turn.understood.facts))
