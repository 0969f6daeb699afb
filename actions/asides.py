"""Steps for what a person may say at any time beside the trouble itself."""

from __future__ import annotations

from dataclasses import replace

from actions.next_step import take_message, tells_something
from actions.show_windows import offer_situations, put_open_question_again
from actions.step import Step, Turn
from actions.ways_on import end, make_memo, more_windows, person
from bot.triage.case import Case
from bot.triage.referral import recommend
from bot.triage.replies import services_reply


class TalkToPerson(Step):
    """``action_talk_to_person``."""

    def name(self) -> str:
        return "action_talk_to_person"

    def take(self, turn: Turn) -> Case:
        return put_open_question_again(turn, person(turn, turn.case))


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
        if tells_something(turn):
            return take_message(turn)
        return put_open_question_again(turn, turn.case)


class SmallTalk(Step):
    """``action_small_talk``: a word in between, unless it says what was just asked."""

    def name(self) -> str:
        return "action_small_talk"

    def take(self, turn: Turn) -> Case:
        if tells_something(turn):
            return take_message(turn)
        turn.say("utter_small_talk")
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
        if tells_something(turn):
            return take_message(turn)
        turn.say("utter_other_business")
        windows = turn.directory.for_theme("general_information", turn.case.person())
        near = [recommend(w, turn.case, turn.now) for w in windows if w.area == turn.case.person().area][:1]
        if near:
            turn.reply(services_reply(tuple(near), (), turn.now))
        return put_open_question_again(turn, turn.case)
