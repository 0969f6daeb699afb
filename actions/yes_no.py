"""「はい」 and 「いいえ」 to whatever is open."""

from __future__ import annotations

from actions.choices import take_choice
from actions.next_step import take_message, tells_something
from actions.show_windows import put_open_question_again
from actions.step import Step, Turn
from bot.triage.case import Case

# What a plain yes or no means for the questions that can be answered so; other questions are put again.
YES = {"tonight": "has_bed", "phone": "has_phone", "check": "safe", "way_on": "talk_on"}
NO = {"tonight": "no_bed", "phone": "no_phone", "check": "not_safe", "next_steps": "end", "custody": "no_custody"}


class AnswerYes(Step):
    """``action_answer_yes``."""

    def name(self) -> str:
        return "action_answer_yes"

    def take(self, turn: Turn) -> Case:
        return _answer(turn, YES)


class AnswerNo(Step):
    """``action_answer_no``."""

    def name(self) -> str:
        return "action_answer_no"

    def take(self, turn: Turn) -> Case:
        return _answer(turn, NO)


def _answer(turn: Turn, meanings: dict[str, str]) -> Case:
    if tells_something(turn):  # 「港区じゃなくて中野です」 is more than a no
        return take_message(turn)
    question = turn.case.open_question or ""
    if question in meanings:
        return take_choice(turn, (meanings[question],))
    return put_open_question_again(turn, turn.case)
