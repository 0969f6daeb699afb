"""For whom it understands well and for whom not: figures by style, speaker, length, kind of danger; and every single miss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.answers import Answers
from bot.evaluation.data import LEVELS, NO_DANGER, Example, Truth, level_of
from bot.evaluation.metrics import best_is_true, danger_recall, now_recall, rows_of, true_among_three
from bot.triage.case import Understanding

LENGTHS = ((12, "1–12 characters"), (35, "13–35"), (90, "36–90"), (10**6, "91 and more"))
COLUMNS = ("told", "best is true", "among three", "dangers", "recall any", "recall `now`", "harmless", "false any")


@dataclass(frozen=True)
class Slice:
    """One row: counts of lines and shares, in the order of ``COLUMNS``; nan where there is nothing to count."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Miss:
    """A line that was not heard as it is labelled, what is wrong with the answer, both as words."""

    example: Example
    why: tuple[str, ...]
    true: str
    got: str


def length_of(example: Example) -> str:
    return next(name for most, name in LENGTHS if len(example.text) <= most)


BY: dict[str, Callable[[Example], str]] = {
    "style": lambda example: example.labels.style,
    "speaker": lambda example: example.labels.speaker or "(not to be heard)",
    "length": length_of,
    "writer": lambda example: example.labels.hand,
}


def slices(by: str, examples: Sequence[Example], truth: Truth, answers: Answers) -> list[Slice]:
    """One slice for each value, the largest first; lengths in their order."""
    values = np.array([BY[by](example) for example in examples])
    names, counts = np.unique(values, return_counts=True)
    order = [name for _, name in LENGTHS] if by == "length" else list(names[np.argsort(-counts, kind="stable")])
    return [_slice(name, *rows_of(truth, answers, values == name)) for name in order if name in names]


def _slice(name: str, truth: Truth, answers: Answers) -> Slice:
    told = (truth.source == "situations") & truth.situations.any(axis=1)
    harmless = truth.danger == NO_DANGER
    false = float((answers.danger[harmless] > NO_DANGER).mean()) if harmless.any() else float("nan")
    return Slice(name, (
        told.sum(), best_is_true(truth, answers), true_among_three(truth, answers), (~harmless).sum(),
        danger_recall(truth, answers), now_recall(truth, answers), harmless.sum(), false,
    ))  # fmt: skip


def danger_kinds(examples: Sequence[Example], understood: Sequence[Understanding]) -> list[Slice]:
    """For each kind: lines, heard as any danger, heard as this kind, lines of level now, those heard as now."""
    rows = [
        (e.labels.danger.partition(":"), u.danger) for e, u in zip(examples, understood, strict=True) if e.labels.danger
    ]
    found = []
    for kind in sorted({true[0] for true, _ in rows}):
        own = [(true[2], got) for true, got in rows if true[0] == kind]
        now = [got for level, got in own if level == "now"]
        found.append(Slice(kind, (
            len(own), sum(got is not None for _, got in own) / len(own),
            sum(got is not None and got.kind == kind for _, got in own) / len(own),
            len(now), sum(got is not None and got.level == "now" for got in now) / max(1, len(now)),
        )))  # fmt: skip
    return found


def misses(examples: Sequence[Example], understood: Sequence[Understanding]) -> list[Miss]:
    """Every line with anything wrong; situations are judged on the situation set alone, danger on all three."""
    found = []
    for example, one in zip(examples, understood, strict=True):
        why = (*_situations_wrong(example, one), *_danger_wrong(example, one))
        if why:
            labels = example.labels
            true = _words(labels.situations, labels.danger)
            got = _words(one.selected, f"{one.danger.kind}:{one.danger.level}" if one.danger else None)
            found.append(Miss(example, why, true, got))
    return found


def _situations_wrong(example: Example, one: Understanding) -> Iterator[str]:
    true, best = set(example.labels.situations), [s.key for s in one.situations]
    if example.source != "situations":
        return
    if true and best[0] not in true:
        yield "best is false" if true & set(best[:3]) else "none of the best three is true"
    if not true and one.selected:
        yield "outside the nine, yet selected"
    elif lost := true - set(one.selected):
        yield f"lost {' '.join(sorted(lost))}"
    if true and (added := set(one.selected) - true):
        yield f"added {' '.join(sorted(added))}"


def _danger_wrong(example: Example, one: Understanding) -> Iterator[str]:
    true, got = level_of(example.labels.danger), LEVELS[one.danger.level] if one.danger else NO_DANGER
    if true and not got:
        yield "danger missed"
    elif got < true:
        yield "danger heard as check only"
    elif got and not true:
        yield "false danger"


def _words(situations: Sequence[str], danger: str | None) -> str:
    return " ".join((*situations, *([danger] if danger else []))) or "-"
