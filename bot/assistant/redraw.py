"""Draws a conversation again from its case alone: the danger card, the windows, the open question. The person's words are nowhere."""

from __future__ import annotations

from datetime import datetime

from bot.triage.case import Case
from bot.triage.danger import NOW, dangers, windows_for
from bot.triage.referral import recommend, refer
from bot.triage.replies import Reply, danger_reply, open_question_reply, services_reply
from knowledge.directory import Directory


def redraw(case: Case, directory: Directory, now: datetime) -> list[Reply]:
    replies: list[Reply] = []
    if case.danger is not None:
        windows = [recommend(w, case, now) for w in windows_for(case.danger, case, directory)]
        replies.append(danger_reply(dangers().of(case.danger), NOW, case, windows, now))
    elif case.all_situations:
        referral = refer(case, directory, now, case.situations or case.all_situations)
        replies.append(services_reply(referral.first, referral.more, now))
    question = open_question_reply(case)
    return [*replies, question] if question else replies
