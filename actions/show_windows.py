"""Shows the windows for the problem in hand, then asks what would narrow them, problem after problem."""

from __future__ import annotations

from dataclasses import replace

from actions.step import Turn
from bot.triage.case import NO_FIXED_PLACE, Case
from bot.triage.danger import dangers
from bot.triage.interview import ChoiceForm, asked_key, next_question, questions
from bot.triage.referral import Referral, refer, something_open, tonight_help
from bot.triage.replies import choice_list_reply, menu_reply, open_question_reply, question_reply, services_reply
from knowledge.taxonomy import taxonomy


def show_and_ask(turn: Turn, case: Case) -> Case:
    """The windows if they are new, then the next question, then the next problem; at the end the ways to go on."""
    case = show(turn, case)
    if case.danger is not None:  # the questions do not resume by themselves after a danger
        return put_way_on(turn, case)
    while case.situations:
        if question := next_question(case, turn.directory, turn.now):
            turn.reply(question_reply(question))
            values = tuple(choice.value for choice in question.choices)
            asked = (*case.asked, asked_key(question.id, case))
            return replace(case, asked=asked, open_question=question.id, offered=values)
        case = _finish_current(turn, case)
    return offer_next_steps(turn, case)


def show(turn: Turn, case: Case, announce_unchanged: bool = False) -> Case:
    """Windows for every open problem, the urgent first; nothing is repeated when they are the same as before."""
    if not case.situations:
        return case
    referral = refer(case, turn.directory, turn.now)
    if set(referral.ids) <= set(case.shown) and not announce_unchanged:
        return case
    _reply(turn, case, referral)
    return replace(case, shown=tuple(dict.fromkeys((*case.shown, *referral.ids))))


def _finish_current(turn: Turn, case: Case) -> Case:
    """The questions of the problem in hand are done: put it with the served ones and open the next with its own windows."""
    case = replace(case, served=(*case.served, *case.situations[:1]), situations=case.situations[1:])
    if case.current is None:
        return case
    situation = taxonomy().situation(case.current)
    referral = refer(case, turn.directory, turn.now, (case.current,))
    new = tuple(r for r in referral.first if r.window.id not in case.shown)
    if new:
        turn.say("utter_next_problem", problem=situation.button)
        _reply(turn, case, replace(referral, first=new))
    return replace(case, shown=tuple(dict.fromkeys((*case.shown, *referral.ids))))


def _reply(turn: Turn, case: Case, referral: Referral) -> None:
    if not referral.first:
        turn.say("utter_no_window")
        return
    turn.reply(services_reply(referral.first, referral.more, turn.now))
    if case.area == "outside":
        turn.say("utter_outside_tokyo")
    elif case.area == NO_FIXED_PLACE or case.papers is False:
        turn.say("utter_no_fixed_place")
    if not something_open(referral):
        _who_answers_now(turn, case)


def _who_answers_now(turn: Turn, case: Case) -> None:
    tonight = tuple(r for r in tonight_help(case, turn.directory, turn.now) if r.window.id not in case.shown)
    if tonight:
        turn.say("utter_closed_now")
        turn.reply(services_reply(tonight, (), turn.now))
    else:
        turn.say("utter_nobody_now")


def offer_situations(turn: Turn, case: Case, response: str = "utter_what_is_wrong") -> Case:
    """The nine buttons; free words are always possible too."""
    turn.say(response)
    buttons = tuple(ChoiceForm(value=s.key, label=s.button, easy=s.easy) for s in taxonomy().situations)
    return put_menu(turn, case, "situation", buttons)


def offer_next_steps(turn: Turn, case: Case) -> Case:
    return put_menu(turn, case, "next_steps", questions().next_steps)


def put_menu(turn: Turn, case: Case, menu: str, choices: tuple[ChoiceForm, ...]) -> Case:
    """Put a fixed menu and remember what was offered."""
    turn.reply(menu_reply(menu, choices))
    return replace(case, open_question=menu, offered=tuple(choice.value for choice in choices))


def put_open_question_again(turn: Turn, case: Case) -> Case:
    """After something in between: the question that was open, or the menu that fits."""
    if (reply := open_question_reply(case)) is not None:
        turn.reply(reply)
        return case
    if case.all_situations:
        return offer_next_steps(turn, case)
    return offer_situations(turn, case)


def put_way_on(turn: Turn, case: Case) -> Case:
    """After a danger: the three ways on, none of them a question of ours."""
    content = dangers().way_on
    turn.reply(choice_list_reply("way_on", content))
    return replace(case, open_question="way_on", offered=tuple(c.value for c in content.choices))
