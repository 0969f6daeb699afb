"""What a person may want at any time: a human, more windows, the memo, the end, everything forgotten."""

from __future__ import annotations

from dataclasses import replace

from actions.show_windows import offer_next_steps, offer_situations, put_menu, put_open_question_again
from actions.step import Step, Turn
from bot.triage.case import Case
from bot.triage.interview import questions
from bot.triage.memo import memo_lines
from bot.triage.referral import people_to_talk_to, recommend, refer
from bot.triage.replies import EndedReply, MemoReply, services_reply


def person(turn: Turn, case: Case) -> Case:
    """Numbers where a human answers, with their hours; the open one first."""
    turn.say("utter_talk_to_person")
    turn.reply(services_reply(people_to_talk_to(case, turn.directory, turn.now), (), turn.now))
    return put_open_question_again(turn, case)


def more_windows(turn: Turn, case: Case) -> Case:
    """Those ranked after the first three."""
    more = refer(case, turn.directory, turn.now, case.all_situations).more
    if more:
        turn.reply(services_reply(more, (), turn.now))
    else:
        turn.say("utter_no_more_windows")
    return offer_next_steps(turn, case)


def make_memo(turn: Turn, case: Case) -> Case:
    """A memo to show at the window. It is drawn on the person's own device; nothing of it is kept here."""
    windows = [recommend(w, case, turn.now) for name in case.shown if (w := turn.directory.get(name))]
    turn.say("utter_memo")
    turn.reply(MemoReply(lines=memo_lines(case, windows, turn.now)))
    return offer_next_steps(turn, case)


def end(turn: Turn, case: Case) -> Case:
    turn.say("utter_goodbye")
    put = put_menu(turn, case, "feedback", questions().feedback)
    turn.reply(EndedReply())
    return put


class TalkToPerson(Step):
    """``action_talk_to_person``."""

    def name(self) -> str:
        return "action_talk_to_person"

    def take(self, turn: Turn) -> Case:
        return person(turn, turn.case)


class MoreWindows(Step):
    """``action_more_windows``: 「ほかにはありませんか」."""

    def name(self) -> str:
        return "action_more_windows"

    def take(self, turn: Turn) -> Case:
        return more_windows(turn, turn.case) if turn.case.all_situations else offer_situations(turn, turn.case)


class MakeMemo(Step):
    """``action_make_memo``."""

    def name(self) -> str:
        return "action_make_memo"

    def take(self, turn: Turn) -> Case:
        return make_memo(turn, turn.case) if turn.case.all_situations else offer_situations(turn, turn.case)


class SayGoodbye(Step):
    """``action_say_goodbye``."""

    def name(self) -> str:
        return "action_say_goodbye"

    def take(self, turn: Turn) -> Case:
        return end(turn, turn.case)


class StartAgain(Step):
    """``action_start_again``: everything said so far is forgotten, in this conversation and in the store."""

    def name(self) -> str:
        return "action_start_again"

    def take(self, turn: Turn) -> Case:
        turn.say("utter_forgotten")
        return offer_situations(turn, Case(default_area=turn.case.default_area, easy=turn.case.easy))


class Greet(Step):
    """``action_greet``: what this is, then free words or nine buttons."""

    def name(self) -> str:
        return "action_greet"

    def take(self, turn: Turn) -> Case:
        return offer_situations(turn, turn.case, "utter_greet")


class CarryOn(Step):
    """``action_carry_on``: after an answer about the bot or a word in between, what was open is put again."""

    def name(self) -> str:
        return "action_carry_on"

    def take(self, turn: Turn) -> Case:
        return put_open_question_again(turn, turn.case)


class SpeakEasily(Step):
    """``action_speak_easily``: やさしい日本語 from now on."""

    def name(self) -> str:
        return "action_speak_easily"

    def take(self, turn: Turn) -> Case:
        turn.say("utter_easy_on")
        return replace(put_open_question_again(turn, turn.case), easy=True)


class OtherBusiness(Step):
    """``action_other_business``: a matter for the ward's general counter; its switchboard, and the way back."""

    def name(self) -> str:
        return "action_other_business"

    def take(self, turn: Turn) -> Case:
        turn.say("utter_other_business")
        windows = turn.directory.for_theme("general_information", turn.case.person())
        near = [recommend(w, turn.case, turn.now) for w in windows if w.area == turn.case.person().area][:1]
        if near:
            turn.reply(services_reply(tuple(near), (), turn.now))
        return put_open_question_again(turn, turn.case)
