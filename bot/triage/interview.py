"""インテーク: which question comes next, for the chat, LINE and the staff's script alike.

A question is put only if its answer changes the windows that are shown: every choice is tried on the case first. Five at most.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, TypeGuard

from pydantic import Field

from bot.triage.case import Case
from bot.triage.danger import dangers
from bot.triage.referral import refer
from knowledge.directory import Directory
from knowledge.schema import Custody, Form, read_form
from knowledge.taxonomy import KNOWLEDGE, taxonomy


class ChoiceForm(Form):
    value: str
    label: str
    easy: str
    sets: Any = None


class SkipForm(Form):
    label: str
    easy: str


class QuestionForm(Form):
    """See the head of ``knowledge/questions.yml`` for each field."""

    id: str
    memo: str
    slot: str
    situations: tuple[str, ...]
    areas: tuple[str, ...] = ()
    from_age: int = 0
    not_in: frozenset[Custody] = frozenset()
    prompt: str
    family: str | None = None
    easy: str
    read_aloud: str
    why: str
    multiple: bool = False
    choices_from: str | None = None
    choices: tuple[ChoiceForm, ...] = ()


class MenuForm(Form):
    prompt: str
    easy: str


class QuestionsFile(Form):
    skip: SkipForm
    most: int = Field(ge=1)
    questions: tuple[QuestionForm, ...]
    menus: dict[str, MenuForm]
    likely_none: ChoiceForm
    next_steps: tuple[ChoiceForm, ...]
    feedback: tuple[ChoiceForm, ...]


@cache
def questions() -> QuestionsFile:
    return read_form(KNOWLEDGE / "questions.yml", QuestionsFile)


@dataclass(frozen=True)
class Question:
    """A question ready to be put: its words for this case, its choices, and how many may still come after it."""

    id: str
    form: QuestionForm
    prompt: str
    choices: tuple[ChoiceForm, ...]
    remaining: int


def next_question(case: Case, directory: Directory, now: datetime) -> Question | None:
    """The next question whose answer would change the windows; None when there is none or five were put."""
    left = questions().most - len(case.asked)
    if case.current is None or left <= 0:
        return None
    waiting = [form for form in questions().questions if _applies(form, case)]
    for index, form in enumerate(waiting):
        if _changes_windows(form, case, directory, now):
            return _question(form, case, remaining=min(left, len(waiting) - index))
    return None


def is_question(ident: str | None) -> TypeGuard[str]:
    """Whether this is one of the counted questions, not a menu."""
    return ident in {form.id for form in questions().questions}


def form_named(ident: str) -> QuestionForm:
    """Raise KeyError for an unknown question."""
    return {form.id: form for form in questions().questions}[ident]


def question_named(ident: str, case: Case) -> Question:
    """The question that is open in the case, in its words; raises KeyError for an unknown one."""
    form = form_named(ident)
    left = questions().most - len(case.asked) + 1
    return _question(form, case, remaining=max(left, 1))


def answer(case: Case, question: str, values: list[str]) -> Case:
    """Put the chosen values into the case. Raises ValueError when a value was not among the choices."""
    asked = question_named(question, case)
    by_value = {choice.value: choice.sets for choice in asked.choices}
    unknown = [value for value in values if value not in by_value]
    if unknown:
        raise ValueError(unknown[0])
    if asked.form.choices_from or asked.form.slot == "custody":
        chosen = [item for value in values for item in _many(by_value[value])]
        return case.with_facts({asked.form.slot: tuple(chosen)})
    changed = case.with_facts({asked.form.slot: by_value[values[0]]}) if values else case
    return _tonight_is_a_situation(changed)


def with_answer_heard(case: Case) -> Case:
    """What follows from facts heard in free words: no bed tonight is a situation of its own."""
    return _tonight_is_a_situation(case)


def _tonight_is_a_situation(case: Case) -> Case:
    key = "no_shelter_tonight"
    if case.tonight is True and key not in case.all_situations:
        return replace(case, situations=(key, *case.situations))
    return case


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _applies(form: QuestionForm, case: Case) -> bool:
    if form.id in case.asked or _key(form, case) in case.asked:
        return False
    if (form.situations and case.current not in form.situations) or (form.slot == "tonight" and _bedless(case)):
        return False
    if not _concerns(form, case):
        return False
    if form.choices_from:
        return not _needs_of(case)
    return not _known(getattr(case, form.slot))


def _concerns(form: QuestionForm, case: Case) -> bool:
    """Whether it is a question for this person: for one who lives there, is old enough and is not in such a place already."""
    if form.areas and (case.area or case.default_area) not in form.areas:
        return False
    ages = case.person().ages
    return (ages is None or ages[1] >= form.from_age) and not form.not_in & set(case.custody)


def _bedless(case: Case) -> bool:
    return "no_shelter_tonight" in case.all_situations


def _key(form: QuestionForm, case: Case) -> str:
    """The need question is asked once for each situation, every other once."""
    return f"{form.id}:{case.current}" if form.choices_from else form.id


def asked_key(question: str, case: Case) -> str:
    """What is kept in ``case.asked`` for a question that is put now."""
    return _key(form_named(question), case)


def _needs_of(case: Case) -> list[str]:
    return [need for need in case.needs if taxonomy().situation_of_need(need) == case.current]


def _known(value: Any) -> bool:
    return value is not None and value != ()


def _changes_windows(form: QuestionForm, case: Case, directory: Directory, now: datetime) -> bool:
    outcomes = set()
    for choice in _choices(form, case):
        told = case.with_facts({form.slot: tuple(_many(choice.sets)) if isinstance(choice.sets, list) else choice.sets})
        told = _tonight_is_a_situation(told)
        outcomes.add(refer(told, directory, now, told.situations[:1]).ids)
    return len(outcomes) > 1


def _choices(form: QuestionForm, case: Case) -> tuple[ChoiceForm, ...]:
    if form.choices_from == "needs" and case.current:
        needs = taxonomy().situation(case.current).needs
        return tuple(ChoiceForm(value=n.key, label=n.label, easy=n.easy, sets=[n.key]) for n in needs)
    return form.choices


def _question(form: QuestionForm, case: Case, remaining: int) -> Question:
    prompt = form.family if form.family and case.speaker in ("family", "supporter") else form.prompt
    return Question(form.id, form, prompt, _choices(form, case), remaining)


def label_chosen(text: str, case: Case) -> str | None:
    """The value of the open question or menu whose label was written out in full, or whose place was given as a number."""
    said = unicodedata.normalize("NFKC", text).strip()
    choices = [choice for choice in open_choices(case) if choice.value in case.offered]
    if said.isdecimal() and 0 < int(said) <= len(choices):
        return str(choices[int(said) - 1].value)
    return next((c.value for c in choices if text.strip() in (c.label, c.easy)), None)


def situations_named(text: str) -> tuple[str, ...]:
    """Those whose button is written in the text (「それより仕事のことを聞きたい」)."""
    said = unicodedata.normalize("NFKC", text)
    return tuple(situation.key for situation in taxonomy().situations if situation.button in said)


def open_choices(case: Case) -> tuple[Any, ...]:
    """The choices of the open question or menu; each has a value, a label and an easy label."""
    content = questions()
    if is_question(case.open_question):
        return question_named(case.open_question, case).choices
    situations = tuple(ChoiceForm(value=s.key, label=s.button, easy=s.easy) for s in taxonomy().situations)
    menus: dict[str | None, tuple[Any, ...]] = {
        "situation": situations,
        "likely": (*situations, content.likely_none),
        "check": dangers().check_choices.choices,
        "way_on": dangers().way_on.choices,
        "next_steps": content.next_steps,
        "feedback": content.feedback,
    }
    return menus.get(case.open_question, ())
