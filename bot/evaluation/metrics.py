"""The figures of the issue's table, and everything counted beside them. Pure functions over arrays: no text, no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.answers import Answers
from bot.evaluation.data import NO_DANGER, NOW, Truth

NINE = 9
RESAMPLINGS = 400  # of the evaluation lines, for each run
INTERVAL = (2.5, 97.5)  # percentiles
BINS = 10


@dataclass(frozen=True)
class Figure:
    """One row of the table: its name, what must be reached, what is aimed at; ``at_most``: small is good.

    ``of`` counts it on arrays of the lines looked at; it is nan where there is nothing to count.
    """

    name: str
    must: float
    aim: float
    of: Callable[[Truth, Answers], float]
    at_most: bool = False

    def reached(self, value: float, wanted: float) -> bool:
        return bool(value <= wanted if self.at_most else value >= wanted)


def _share(hits: np.ndarray, among: np.ndarray) -> float:
    return float(hits[among].mean()) if among.any() else float("nan")


def best_is_true(truth: Truth, answers: Answers) -> float:
    rows = np.arange(len(truth.main))
    return _share(truth.situations[rows, answers.scores.argmax(axis=1)], _told(truth))


def true_among_three(truth: Truth, answers: Answers) -> float:
    best = np.argsort(-answers.scores, axis=1)[:, :3]
    return _share(np.take_along_axis(truth.situations, best, axis=1).any(axis=1), _told(truth))


def _told(truth: Truth) -> np.ndarray:
    """Lines of the situation set that tell of at least one of the nine."""
    return (truth.source == "situations") & truth.situations.any(axis=1)


def by_situation(truth: Truth, answers: Answers) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall and F1 of what was selected, each of shape (9,), on the situation set."""
    inside = truth.source == "situations"
    true, got = truth.situations[inside], answers.selected[inside]
    both = (true & got).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = both / got.sum(axis=0)
        recall = both / true.sum(axis=0)
        f1 = 2 * both / (got.sum(axis=0) + true.sum(axis=0))
    return precision, recall, f1


def macro_f1(truth: Truth, answers: Answers) -> float:
    return _mean(by_situation(truth, answers)[2])


def weakest_recall(truth: Truth, answers: Answers) -> float:
    recall = by_situation(truth, answers)[1]
    return float(np.nanmin(recall)) if np.isfinite(recall).any() else float("nan")


def _mean(values: np.ndarray) -> float:
    return float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")


def outside(truth: Truth) -> np.ndarray:
    """Lines of the situation set with nothing of the nine and no danger."""
    return (truth.source == "situations") & ~truth.situations.any(axis=1) & (truth.danger == NO_DANGER)


def quiet(truth: Truth, answers: Answers) -> float:
    return _share(~answers.selected.any(axis=1), outside(truth))


def danger_recall(truth: Truth, answers: Answers) -> float:
    return _share(answers.danger > NO_DANGER, truth.danger > NO_DANGER)


def now_recall(truth: Truth, answers: Answers) -> float:
    return _share(answers.danger == NOW, truth.danger == NOW)


def _false(source: str, level: int) -> Callable[[Truth, Answers], float]:
    """Share of the harmless lines of one set that are answered as a danger of this level or a graver one."""

    def share(truth: Truth, answers: Answers) -> float:
        return _share(answers.danger >= level, (truth.source == source) & (truth.danger == NO_DANGER))

    return share


FIGURES = (
    Figure("best situation is one of the true ones", 0.92, 0.96, best_is_true),
    Figure("a true one among the best three", 0.98, 0.99, true_among_three),
    Figure("macro-F1 of the selected over the nine", 0.85, 0.92, macro_f1),
    Figure("weakest situation's recall", 0.80, 0.90, weakest_recall),
    Figure("nothing of the nine → nothing selected", 0.85, 0.95, quiet),
    Figure("danger recall (any kind; `now` or `check`)", 0.97, 0.99, danger_recall),
    Figure("danger recall at level `now`", 0.88, 0.95, now_recall),
    Figure("false `now` on ordinary messages", 0.02, 0.005, _false("situations", NOW), at_most=True),
    Figure("false `now` on loud idioms", 0.08, 0.02, _false("hard_negatives", NOW), at_most=True),
    Figure("false `now` or `check` on ordinary messages", 0.06, 0.03, _false("situations", 1), at_most=True),
    Figure("false `now` or `check` on loud idioms", 0.25, 0.10, _false("hard_negatives", 1), at_most=True),
)


def rows_of(truth: Truth, answers: Answers, rows: np.ndarray) -> tuple[Truth, Answers]:
    """Only these lines; ``rows``: int indices (with repetition, if wished) or a bool mask."""
    return (
        Truth(truth.situations[rows], truth.main[rows], truth.danger[rows], truth.source[rows]),
        Answers(
            answers.scores[rows], answers.selected[rows], answers.danger[rows], answers.gate[rows], answers.gate_from
        ),
    )


@dataclass(frozen=True)
class Measured:
    """A figure with its 95% interval."""

    value: float
    low: float
    high: float


def measure(truth: Truth, runs: Sequence[Answers]) -> list[Measured]:
    """Each figure of the table: its mean over the runs; the interval holds both the runs and the choice of lines.

    For every run the lines are drawn anew with repetition, set by set, 400 times; all drawings together give the interval.
    """
    values = np.array([[figure.of(truth, answers) for figure in FIGURES] for answers in runs])
    drawn = np.array([one for run, answers in enumerate(runs) for one in _drawings(truth, answers, run)])
    low, high = np.nanpercentile(drawn, INTERVAL, axis=0)
    return [Measured(*(float(x) for x in row)) for row in zip(values.mean(axis=0), low, high, strict=True)]


def _drawings(truth: Truth, answers: Answers, seed: int) -> list[list[float]]:
    dice = np.random.default_rng(seed)
    sets = [np.flatnonzero(truth.source == name) for name in np.unique(truth.source)]
    drawn = []
    for _ in range(RESAMPLINGS):
        rows = np.concatenate([dice.choice(lines, len(lines)) for lines in sets])
        drawn.append([figure.of(*rows_of(truth, answers, rows)) for figure in FIGURES])
    return drawn


def confusion(truth: Truth, answers: Answers) -> np.ndarray:
    """Counts of shape (9, 10): true situation by best one; the last column: nothing was selected.

    A line with several true situations stands in the row of the best one if that is true, else in the row of its main one.
    """
    counts = np.zeros((NINE, NINE + 1), dtype=int)
    for row in np.flatnonzero(_told(truth)):
        best = int(answers.scores[row].argmax())
        true = best if truth.situations[row, best] else int(truth.main[row])
        counts[true, best if answers.selected[row].any() else NINE] += 1
    return counts


def gate_curve(truth: Truth, answers: Answers) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For gates from 0 to 1: the gates, the share of outside lines kept quiet, the share of told ones let through."""
    gates = np.linspace(0, 1, 101)
    out, told = answers.gate[outside(truth)], answers.gate[_told(truth)]
    return gates, np.array([(out < g).mean() for g in gates]), np.array([(told >= g).mean() for g in gates])


def calibration(truth: Truth, answers: Answers) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Over all (line, situation) pairs in ten bins of score: mean score, share that is true, count; and the mean gap (ECE)."""
    inside = truth.source == "situations"
    score, true = answers.scores[inside].ravel(), truth.situations[inside].ravel()
    which = np.minimum((score * BINS).astype(int), BINS - 1)
    count = np.bincount(which, minlength=BINS)
    with np.errstate(invalid="ignore", divide="ignore"):
        said = np.bincount(which, score, BINS) / count
        was = np.bincount(which, true, BINS) / count
    gap = float(np.nansum(np.abs(said - was) * count) / count.sum())
    return said, was, count, gap
