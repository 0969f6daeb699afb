"""Steps for what a person may say at any time beside the trouble itself. Each answers in words, then what was open is put again."""

from __future__ import annotations

from dataclasses import replace

from actions.choices import take_choice
from actions.next_step import take_message
from actions.show_windows import offer_situations, put_open_question_again
from actions.step import Turn
from actions.ways_on import end, memo, more_windows, person
from actions.words import WordsStep, tells_something
from bot.triage.case import Case
from bot.triage.hearing import BARE_ANSWER
from bot.triage.interview import is_question
from bot.triage.referral import recommend
from bot.triage.replies import SKIP, services_reply
from knowledge.schema import MUNICIPALITIES


class TalkToPerson(WordsStep):
    """``action_talk_to_person``."""

    def name(self) -> str:
        return "action_talk_to_person"

    def answer(self, turn: Turn) -> Case:
        return _resume(turn, person(turn, turn.case))


class MoreWindows(WordsStep):
    """``action_more_windows``: 「ほかにはありませんか」."""

    def name(self) -> str:
        return "action_more_windows"

    def answer(self, turn: Turn) -> Case:
        if not turn.case.all_situations and not turn.case.danger:
            return offer_situations(turn, turn.case)
        return _resume(turn, more_windows(turn, turn.case))


class MakeMemo(WordsStep):
    """``action_make_memo``."""

    def name(self) -> str:
        return "action_make_memo"

    def answer(self, turn: Turn) -> Case:
        if not turn.case.all_situations and not turn.case.danger:
            return offer_situations(turn, turn.case, "utter_memo_later")
        return put_open_question_again(turn, memo(turn, turn.case))


class SayGoodbye(WordsStep):
    """``action_say_goodbye``."""

    def name(self) -> str:
        return "action_say_goodbye"

    def answer(self, turn: Turn) -> Case:
        return end(turn, turn.case)


class StartAgain(WordsStep):
    """``action_start_again``: everything said so far is forgotten, in this conversation and in the store."""

    def name(self) -> str:
        return "action_start_again"

    def answer(self, turn: Turn) -> Case:
        turn.say("utter_forgotten")
        return offer_situations(turn, Case(default_area=turn.case.default_area, easy=turn.case.easy))


class Greet(WordsStep):
    """``action_greet``: what this is, then free words or nine buttons; amid a talk it only goes on."""

    def name(self) -> str:
        return "action_greet"

    def answer(self, turn: Turn) -> Case:
        if turn.case.all_situations or turn.case.danger:
            turn.say("utter_listening")
            return _resume(turn, turn.case)
        return offer_situations(turn, turn.case, "utter_greet")


class AboutTheBot(WordsStep):
    """``action_about_the_bot``: a question about this service, or thanks; the answer is the response of the same name."""

    def name(self) -> str:
        return "action_about_the_bot"

    def answer(self, turn: Turn) -> Case:
        turn.say(f"utter_{turn.understood.act.removeprefix('ask_')}")
        return _resume(turn, turn.case)


class TakeSkip(WordsStep):
    """``action_skip``: 「答えたくない」, written."""

    def name(self) -> str:
        return "action_skip"

    def answer(self, turn: Turn) -> Case:
        if is_question(turn.case.open_question):
            return take_choice(turn, (SKIP,))
        if turn.case.open_question == "check":
            return take_choice(turn, ("unsure",))
        turn.say("utter_need_not_answer")
        return put_open_question_again(turn, turn.case)


class SmallTalk(WordsStep):
    """``action_small_talk``: a word in between, unless it says what was just asked."""

    def name(self) -> str:
        return "action_small_talk"

    def answer(self, turn: Turn) -> Case:
        if tells_something(turn):
            return take_message(turn)
        turn.say("utter_small_talk")
        return put_open_question_again(turn, turn.case)


class SpeakEasily(WordsStep):
    """``action_speak_easily``: やさしい日本語 from now on."""

    def name(self) -> str:
        return "action_speak_easily"

    def answer(self, turn: Turn) -> Case:
        turn.say("utter_easy_on")
        return replace(_resume(turn, turn.case), easy=True)


class OtherBusiness(WordsStep):
    """``action_other_business``: a matter for the ward's general counter; its switchboard, and the way back."""

    def name(self) -> str:
        return "action_other_business"

    def answer(self, turn: Turn) -> Case:
        if tells_something(turn) and (turn.case.all_situations or len(turn.text) <= BARE_ANSWER):
            return take_message(turn)
        case = turn.case.with_facts(turn.understood.facts)
        turn.say("utter_other_business")
        windows = turn.directory.for_theme("general_information", case.person())
        here = case.person().area
        near = [recommend(w, case, turn.now) for w in windows if w.area == here and here in MUNICIPALITIES][:1]
        if near:
            turn.reply(services_reply(tuple(near), (), turn.now))
        return put_open_question_again(turn, case)


def _resume(turn: Turn, case: Case) -> Case:
    """What the same message tells beside its question is taken; else what was open is put again."""
    return take_message(replace(turn, case=case)) if tells_something(turn) else put_open_question_again(turn, case)
