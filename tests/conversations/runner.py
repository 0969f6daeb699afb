"""Tells one scenario to one face and judges every answer. All faults are collected, each with its turn, not only the first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.triage.case import Case
from bot.triage.interview import is_question, questions
from bot.triage.replies import SKIP
from knowledge.directory import Directory, Person, is_eligible
from tests.conversations.adapters import Face
from tests.conversations.scenario import NO_DANGER, Scenario, Turn
from tests.talk import Reply, Talk


@dataclass(frozen=True)
class Asked:
    """A question as it was put; two are the same if they have the same choices (the needs of two situations differ)."""

    id: str
    values: tuple[str, ...]


@dataclass
class Outcome:
    """What became of one scenario. ``standing``: windows shown otherwise than on a danger card; they stay on the screen and
    are not repeated. ``first_fit``: the person's turn in which the first fitting window was shown."""

    scenario: Scenario
    faults: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    standing: set[str] = field(default_factory=set)
    first_fit: int | None = None
    told: list[tuple[str, list[Reply]]] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not self.faults


async def run(scenario: Scenario, face: Face, directory: Directory) -> Outcome:
    """Play the whole file; whatever breaks is a fault of the turn in which it broke."""
    outcome = Outcome(scenario)
    place = "at the beginning"
    try:
        replies = await face.begin(scenario.area, scenario.easy)
        outcome.told.append(("", replies))
        for number, turn in enumerate(scenario.turns, start=1):
            place = f"turn {number} ({turn.words})"
            replies = await _take(turn, replies, face, outcome, number, place)
    except Exception as error:  # a crash is judged like every other wrong answer
        outcome.faults.append(f"{place}: {type(error).__name__}: {error}")
        return outcome
    _judge_end(scenario, outcome)
    if scenario.ends_with.all_windows_eligible and not scenario.turns[-1].erases:
        _judge_eligible(outcome, face.case(), directory)
    return outcome


async def _take(turn: Turn, before: list[Reply], face: Face, outcome: Outcome, number: int, place: str) -> list[Reply]:
    if turn.erases:
        if not await face.erase():
            outcome.faults.append(f"{place}: something is left of the conversation")
        return []
    was_open = _open(before)
    replies, closed = await _act(turn, was_open, face)
    if replies is None:  # nothing was open that could be answered or skipped: the person waits
        _judge_turn(turn, [], outcome, place)
        return before
    outcome.told.append((turn.words, replies))
    if not replies:
        outcome.faults.append(f"{place}: silence")
    if not face.case().asked:  # everything was forgotten: a new talk
        outcome.asked.clear()
    _take_note_of_questions(replies, None if closed else was_open, outcome, place)
    outcome.shown += _windows(replies)
    outcome.standing |= set(_windows([reply for reply in replies if reply["type"] == "services"]))
    if outcome.first_fit is None and outcome.scenario.fitting & set(_windows(replies)):
        outcome.first_fit = number
    _judge_turn(turn, replies, outcome, place)
    return replies


async def _act(turn: Turn, was_open: Asked | None, face: Face) -> tuple[list[Reply] | None, bool]:
    """The answer (None: there was nothing to do), and whether the open question was answered by it."""
    if turn.says is not None:
        return await face.say(turn.says), False
    if turn.chooses is not None:
        offered = was_open is not None and set(turn.chooses) <= {*was_open.values, SKIP}
        return await face.choose(turn.chooses), offered
    if was_open is None or not (is_question(was_open.id) or was_open.id in (turn.answers or {})):
        return None, False
    told = (turn.answers or {}).get(was_open.id, [])
    answer = tuple(value for value in ([told] if isinstance(told, str) else told) if value in was_open.values)
    return (await face.choose(answer) if answer else await face.skip()), True


def _open(replies: list[Reply]) -> Asked | None:
    """The question or menu that stands open after these replies."""
    put = [reply for reply in replies if reply["type"] == "choices"]
    return _asked(put[-1]) if put else None


def _asked(reply: Reply) -> Asked:
    return Asked(reply["question"], tuple(choice["value"] for choice in reply["choices"]))


def _windows(replies: list[Reply]) -> list[str]:
    return [service["id"] for service in Talk.services(replies)]


def _take_note_of_questions(replies: list[Reply], still_open: Asked | None, outcome: Outcome, place: str) -> None:
    """At most five, none twice; one that was not answered yet may be put again after something in between."""
    for reply in replies:
        if reply["type"] != "choices" or not is_question(reply["question"]):
            continue
        asked = _asked(reply)
        if asked in outcome.asked:
            if asked != still_open:
                outcome.faults.append(f"{place}: the question {asked.id} was put twice")
            continue
        outcome.asked.append(asked)
        if len(outcome.asked) > questions().most:
            outcome.faults.append(f"{place}: {asked.id} is question {len(outcome.asked)}")
        if asked.id in outcome.scenario.never_asks:
            outcome.faults.append(f"{place}: {asked.id} must not be asked")


def _judge_turn(turn: Turn, replies: list[Reply], outcome: Outcome, place: str) -> None:
    types, windows = [reply["type"] for reply in replies], _windows(replies)
    standing = {*windows, *outcome.standing}
    for missing in [name for name in turn.replies if name not in types]:
        outcome.faults.append(f"{place}: no {missing} among {', '.join(types) or 'nothing'}")
    if turn.windows and not set(turn.windows) & standing:
        shown = ", ".join(windows) or "nothing new"
        outcome.faults.append(f"{place}: none of {', '.join(turn.windows)} but {shown}")
    for wrong in [name for name in turn.not_windows if name in windows]:
        outcome.faults.append(f"{place}: {wrong} was shown")
    put = [reply["question"] for reply in replies if reply["type"] == "choices"]
    for wrong in [name for name in turn.not_asks if name in put]:
        outcome.faults.append(f"{place}: {wrong} was asked")
    if turn.danger is not None:
        _judge_danger(turn.danger, replies, outcome, place)


def _judge_danger(expected: tuple[str, ...], replies: list[Reply], outcome: Outcome, place: str) -> None:
    cards = [reply for reply in replies if reply["type"] == "danger"]
    found = {name for card in cards for name in (card["kind"], f"{card['kind']}:{card['level']}")} or {NO_DANGER}
    if not found & set(expected):
        outcome.faults.append(f"{place}: danger {max(found, key=len)}, not {' or '.join(expected)}")
    for card in cards:
        if sum(len(service["phones"]) for service in card["services"]) < 2:
            outcome.faults.append(f"{place}: fewer than two numbers on the danger card")


def _judge_end(scenario: Scenario, outcome: Outcome) -> None:
    if scenario.fitting and not outcome.shown:
        outcome.faults.append("the end: no window was ever shown")
    elif (wanted := scenario.ends_with.windows) and not set(wanted) & set(outcome.shown):
        outcome.faults.append(f"the end: none of {', '.join(wanted)} but {', '.join(dict.fromkeys(outcome.shown))}")


def _judge_eligible(outcome: Outcome, case: Case, directory: Directory) -> None:
    """The windows of the last answer that had any, against all that was understood by then."""
    last = next((windows for _, replies in reversed(outcome.told) if (windows := _windows(replies))), [])
    for name in last:
        window = directory.get(name)
        if window is None or not any(is_eligible(window, person) for person in _persons(case)):
            outcome.faults.append(f"the end: {name} does not take this person")


def _persons(case: Case) -> list[Person]:
    """The person in the light of each problem told: a child's trouble says something of the age."""
    return [replace(case, situations=(key,)).person() for key in case.all_situations] or [case.person()]
