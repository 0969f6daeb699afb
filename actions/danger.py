"""The answer to a danger: at once with numbers (now), or one gentle question (check). The questions of the talk stop."""

from __future__ import annotations

from dataclasses import replace

from actions.show_windows import put_way_on, show
from actions.step import Turn
from bot.triage.case import Case
from bot.triage.danger import AT_A_CHECK, CHECK, NOW, dangers, hits, windows_for
from bot.triage.referral import recommend
from bot.triage.replies import choice_list_reply, danger_reply

UNDER_A_CARD = ("check", "way_on")  # the menus that stand under a danger card


def answer_now(turn: Turn, case: Case, kind: str) -> Case:
    """The card with those who answer now, and the ways on."""
    return put_way_on(turn, show_card(turn, case, kind))


def show_card(turn: Turn, case: Case, kind: str) -> Case:
    """The card alone: what was asked for in the same message may follow before the ways on."""
    windows = [recommend(window, case, turn.now, kind) for window in windows_for(kind, case, turn.directory)]
    turn.reply(danger_reply(dangers().of(kind), NOW, case, windows, turn.now))
    return replace(case, danger=kind, misses=0)


def ask_gently(turn: Turn, case: Case, kind: str) -> Case:
    """Level check: one gentle question with two numbers beneath it; windows for what was told are shown all the same. Who
    answers that question with more of the same danger gets the card."""
    if case.open_question == "check" and case.danger == kind:
        return answer_now(turn, case, kind)
    _small_card(turn, case, kind)
    case = show(turn, case)
    choices = dangers().check_choices
    turn.reply(choice_list_reply("check", choices))
    offered = tuple(choice.value for choice in choices.choices)
    return replace(case, danger=kind, open_question="check", offered=offered, misses=0)


def answer_again(turn: Turn, case: Case, kind: str) -> Case:
    """More of the danger whose card was just read: the card only after a plain word of danger, else two of its numbers."""
    if says_plainly(turn.text):
        return answer_now(turn, case, kind)
    _small_card(turn, case, kind)
    return put_way_on(turn, replace(case, misses=0))


def stands_already(case: Case, kind: str) -> bool:
    """Whether the card of this danger is what the person has just read."""
    return case.open_question == "way_on" and case.danger == kind


def says_plainly(text: str) -> bool:
    """Whether a pattern of level ``now`` is in the words, whatever a model makes of them."""
    return any(level == NOW for _, level in hits(text))


def _small_card(turn: Turn, case: Case, kind: str) -> None:
    windows = [
        recommend(window, case, turn.now, kind) for window in windows_for(kind, case, turn.directory)[:AT_A_CHECK]
    ]
    turn.reply(danger_reply(dangers().of(kind), CHECK, case, windows, turn.now))


def point_to_card(turn: Turn, case: Case) -> Case:
    """The card that was just read still stands: its numbers are named instead of put again."""
    turn.say("utter_numbers_stay")
    return put_way_on(turn, case)
