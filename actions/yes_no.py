"""「はい」 and 「いいえ」 to whatever is open."""

from __future__ import annotations

from actions.choices import take_choice
from actions.danger import point_to_card
from actions.next_step import take_message
from actions.show_windows import put_open_question_again
from actions.step import Turn
from actions.words import WordsStep, tells_something
from bot.triage.case import Case

# What a plain yes or no means for the questions that can be answered so; other questions are put again.
YES = {"tonight": "has_bed", "phone": "has_phone", "check": "safe", "feedback": "helped"}
NO = {
    "tonight": "no_bed", "phone": "no_phone", "check": "not_safe", "next_steps": "end", "custody": "no_custody",
    "feedback": "not_what_i_needed",
}  # fmt: skip


class AnswerYes(WordsStep):
    """``action_answer_yes``."""

    def name(self) -> str:
        return "action_answer_yes"

    def answer(self, turn: Turn) -> Case:
        return _answer(turn, YES)


class AnswerNo(WordsStep):
    """``action_answer_no``."""

    def name(self) -> str:
        return "action_answer_no"

    def answer(self, turn: Turn) -> Case:
        return _answer(turn, NO)


def _answer(turn: Turn, meanings: dict[str, str]) -> Case:
    if tells_something(turn):  # 「港区じゃなくて中野です」 is more than a no
        return take_message(turn)
    question = turn.case.open_question or ""
    if question in meanings:
        return take_choice(turn, (meanings[question],))
    if question == "way_on":
        return point_to_card(turn, turn.case)
    turn.say("utter_please_choose")
    return put_open_question_again(turn, turn.case)
