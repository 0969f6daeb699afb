"""The answer to a danger: at once with numbers (now), or one gentle question (check). The questions of the talk stop."""

from __future__ import annotations

from dataclasses import replace

from actions.show_windows import put_way_on, show
from actions.step import Step, Turn
from bot.triage.case import Case
from bot.triage.danger import CHECK, NOW, dangers, windows_for
from bot.triage.referral import by_urgency, recommend
from bot.triage.replies import choice_list_reply, danger_reply

SMALL = 2


class AnswerDanger(Step):
    """``action_answer_danger``."""

    def name(self) -> str:
        return "action_answer_danger"

    def take(self, turn: Turn) -> Case:
        case = turn.case.with_facts(turn.understood.facts)
        new = [key for key in turn.understood.selected if key not in case.all_situations]
        kind = turn.understood.danger.kind if turn.understood.danger else case.danger or "suicide"
        return answer_now(turn, replace(case, situations=by_urgency((*case.situations, *new))), kind)


def answer_now(turn: Turn, case: Case, kind: str) -> Case:
    """The card with those who answer now, and the ways on."""
    content = dangers().of(kind)
    windows = [recommend(window, case, turn.now) for window in windows_for(kind, case, turn.directory)]
    turn.reply(danger_reply(content, NOW, case, windows, turn.now))
    return put_way_on(turn, replace(case, danger=kind, misses=0))


def ask_gently(turn: Turn, case: Case) -> Case:
    """Level check: one gentle question with two numbers beneath it; windows for what was told are shown all the same."""
    assert turn.understood.danger is not None
    kind = turn.understood.danger.kind
    content = dangers().of(kind)
    windows = [recommend(window, case, turn.now) for window in windows_for(kind, case, turn.directory)[:SMALL]]
    turn.reply(danger_reply(content, CHECK, case, windows, turn.now))
    case = show(turn, case)
    choices = dangers().check_choices
    turn.reply(choice_list_reply("check", choices))
    offered = tuple(choice.value for choice in choices.choices)
    return replace(case, danger=kind, open_question="check", offered=offered, misses=0)
