"""What a person may want at any time: a human, more windows, the memo, the end, everything forgotten."""

from __future__ import annotations

from actions.show_windows import offer_next_steps, put_menu
from actions.step import Turn
from bot.triage.case import Case
from bot.triage.interview import questions
from bot.triage.memo import memo_lines
from bot.triage.referral import people_to_talk_to, recommend, refer
from bot.triage.replies import EndedReply, MemoReply, services_reply


def person(turn: Turn, case: Case) -> Case:
    """Numbers where a human answers, with their hours; the open one first."""
    turn.say("utter_talk_to_person")
    turn.reply(services_reply(people_to_talk_to(case, turn.directory, turn.now), (), turn.now))
    return case


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
