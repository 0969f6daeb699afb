"""The talk as a diagram, drawn from the content that drives it: `python -m tests.conversations.graph` writes it into docs/conversations.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from actions.choices import MENUS
from bot.settings import ROOT
from bot.triage.danger import dangers
from bot.triage.interview import QuestionForm, questions
from knowledge.taxonomy import taxonomy

PAGE = ROOT / "docs" / "conversations.md"
BEGIN, END = "<!-- the graph: drawn by python -m tests.conversations.graph -->", "<!-- end of the graph -->"
# Where a choice of a menu leads; a choice that is not named here leads back to the menu itself.
LEADS_TO = {
    ("check", "safe"): "windows", ("check", "unsure"): "windows", ("check", "not_safe"): "card",
    ("way_on", "safe_now"): "windows", ("way_on", "talk_on"): "windows",
    ("next_steps", "other"): "situation", ("next_steps", "end"): "feedback",
}  # fmt: skip


def graph() -> str:
    """The whole diagram in Mermaid's language."""
    return "\n".join(["```mermaid", "flowchart TD", *_beginning(), *_questions(), *_menus(), "```"])


def _beginning() -> Iterable[str]:
    nine = "<br/>".join(f"{s.code} {s.button}" for s in taxonomy().situations)
    likely = questions().menus["likely"].prompt
    yield _node("situation", questions().menus["situation"].prompt, nine)
    yield _node("likely", likely, questions().likely_none.label)
    yield '  words(["words, at any time"]) --> danger{"danger?"}'
    yield '  danger -- "now" --> card["card: who answers now"] --> way_on'
    yield '  danger -- "check" --> gently["card: one gentle question"] --> check'
    yield '  danger -- "none, understood" --> windows["one to three windows"]'
    yield '  danger -- "unsure" --> likely -- "one of them" --> windows'
    yield f'  likely -- "{questions().likely_none.label}" --> situation'
    yield '  danger -- "not understood twice: a person\'s number" --> situation'
    yield "  situation --> windows"


def _questions() -> Iterable[str]:
    """In the order in which they are tried; each may be passed over, and leads back to windows that fit better."""
    forms = questions().questions
    yield f"  windows --> {forms[0].id}"
    for form, following in zip(forms, (*forms[1:], None), strict=True):
        yield _node(form.id, form.prompt, _asked_for(form), _answers(form))
        yield f"  {form.id} --> {following.id if following else 'next_problem'}"
    yield f'  next_problem{{"another problem told?"}} -- "yes: its windows, {questions().most} questions in all" --> windows'
    yield '  next_problem -- "no" --> next_steps'


def _asked_for(form: QuestionForm) -> str:
    codes = [str(taxonomy().situation(key).code) for key in form.situations]
    where = f" in {', '.join(form.areas)}" if form.areas else ""
    return f"<i>situations {', '.join(codes)}{where}</i>" if codes else f"<i>every situation{where}</i>"


def _answers(form: QuestionForm) -> str:
    if form.choices_from:
        return "the needs of the situation"
    return " / ".join(choice.label for choice in (*form.choices, questions().skip))


def _menus() -> Iterable[str]:
    lists = {"check": dangers().check_choices, "way_on": dangers().way_on}
    fixed = {"next_steps": questions().next_steps, "feedback": questions().feedback}
    for menu in (name for name in MENUS if name in {**lists, **fixed}):
        name = str(menu)
        prompt = lists[name].prompt if name in lists else questions().menus[name].prompt
        choices: tuple[Any, ...] = lists[name].choices if name in lists else fixed[name]
        yield _node(name, prompt)
        for choice in choices:
            goal = "next_steps" if name == "feedback" else LEADS_TO.get((name, choice.value), name)
            yield f'  {name} -- "{choice.label}" --> {goal}'


def _node(name: str, *lines: str) -> str:
    return f'  {name}["' + "<br/>".join(line.replace('"', "'") for line in lines) + '"]'


def page_with_graph(page: str) -> str:
    """The page with the diagram of today between its marks."""
    head, rest = page.split(BEGIN, 1)
    return f"{head}{BEGIN}\n\n{graph()}\n\n{END}{rest.split(END, 1)[1]}"


if __name__ == "__main__":
    PAGE.write_text(page_with_graph(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
