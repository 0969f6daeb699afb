"""Draws a conversation again from its case alone: the danger card, the windows, the open question. The person's words are nowhere."""

from __future__ import annotations

from datetime import datetime

from bot.triage.case import Case
from bot.triage.danger import AT_A_CHECK, CHECK, NOW, dangers, windows_for
from bot.triage.referral import recommend, refer
from bot.triage.replies import Reply, danger_reply, open_question_reply, services_reply
from knowledge.directory import Directory


def redraw(case: Case, directory: Directory, now: datetime) -> list[Reply]:
    replies: list[Reply] = []
    asked_gently = case.open_question == "check"
    if case.danger is not None:
        windows = [recommend(w, case, now, case.danger) for w in windows_for(case.danger, case, directory)]
        level, shown = (CHECK, windows[:AT_A_CHECK]) if asked_gently else (NOW, windows)
        replies.append(danger_reply(dangers().of(case.danger), level, case, shown, now))
    if case.all_situations and (case.danger is None or asked_gently):
        referral = refer(case, directory, now, case.situations or case.all_situations)
        replies.append(services_reply(referral.first, referral.more, now))
    question = open_question_reply(case)
    return [*replies, question] if question else replies
