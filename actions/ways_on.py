"""What a person may want at any time: a human, more windows, the memo, the end. What was open is put again by the caller."""

from __future__ import annotations

from dataclasses import replace

from actions.show_windows import put_menu
from actions.step import Turn
from bot.triage.case import Case
from bot.triage.danger import windows_for
from bot.triage.interview import questions
from bot.triage.memo import memo_lines
from bot.triage.referral import people_to_talk_to, recommend, refer
from bot.triage.replies import EndedReply, MemoReply, services_reply


def person(turn: Turn, case: Case, response: str = "utter_talk_to_person") -> Case:
    """Numbers where a human answers, with their hours; the open one first."""
    turn.say(response)
    turn.reply(services_reply(people_to_talk_to(case, turn.directory, turn.now), (), turn.now))
    return case


def more_windows(turn: Turn, case: Case) -> Case:
    """Those ranked after the first three, without what stands on the screen already; then whoever listens to anything."""
    more = tuple(
        r for r in refer(case, turn.directory, turn.now, case.all_situations).more if r.window.id not in case.shown
    )
    if not more:
        return person(turn, case, "utter_no_more_windows")
    turn.say("utter_more_windows")
    turn.reply(services_reply(more, (), turn.now))
    return replace(case, shown=(*case.shown, *(r.window.id for r in more)))


def memo(turn: Turn, case: Case) -> Case:
    """A memo to show at the window. It is drawn on the person's own device; nothing of it is kept here."""
    shown = [window for name in case.shown if (window := turn.directory.get(name))]
    urgent = windows_for(case.danger, case, turn.directory)[:2] if case.danger else []
    windows = [recommend(w, case, turn.now) for w in dict.fromkeys((*urgent, *shown))]
    turn.say("utter_memo")
    turn.reply(MemoReply(lines=memo_lines(case, windows, turn.now)))
    return case


def end(turn: Turn, case: Case) -> Case:
    turn.say("utter_goodbye_after_danger" if case.danger else "utter_goodbye")
    put = put_menu(turn, case, "feedback", questions().feedback)
    turn.reply(EndedReply())
    return put
