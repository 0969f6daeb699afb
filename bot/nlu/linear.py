"""Logistic regression over the featurizer's rows, one class against the rest: small, quick, and each weight can be shown.

A classifier may be shown every training message twice, the second time (at less weight) with its reading, facts and concepts alone, so
that it learns to hear messages written in kana or with wrong conversions. Cross-validated over hands this gives a point of recall for
danger, and nothing for situations.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

HEARD_ALONE = 0.3
STRENGTH = 8.0  # inverse regularisation
HANDS_APART = 5


@dataclass(frozen=True)
class Linear:
    """``weights``: float32 of shape (width, classes); ``bias``: (classes,)."""

    classes: tuple[str, ...]
    weights: np.ndarray
    bias: np.ndarray

    def scores(self, rows: sparse.csr_matrix) -> np.ndarray:
        """Probabilities of shape (messages, classes), each class by itself: a row does not add up to one."""
        return 1 / (1 + np.exp(-(rows @ self.weights + self.bias)))


def fit(
    rows: sparse.csr_matrix, labels: Sequence[frozenset[str]], classes: Sequence[str], heard_width: int = 0
) -> Linear:
    """Fit one regression a class; ``labels[i]`` holds the classes that are true of row i.

    ``heard_width``: how many of the first columns are also shown alone; 0: none.
    """
    truths = [np.array([name in label for label in labels]) for name in classes]
    weight = np.ones(rows.shape[0])
    if heard_width:
        rows = sparse.vstack([rows, _heard_alone(rows, heard_width)], format="csr")
        weight = np.r_[weight, np.full(len(weight), HEARD_ALONE)]
        truths = [np.tile(truth, 2) for truth in truths]
    seen = rows.astype(np.float64)  # else each fit copies it

    def one(truth: np.ndarray) -> LogisticRegression:
        regression = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=0.1, random_state=0)
        return regression.fit(seen, truth, sample_weight=weight)

    with ThreadPoolExecutor() as pool:  # liblinear leaves the interpreter's lock
        fitted = list(pool.map(one, truths))
    return Linear(
        tuple(classes),
        np.column_stack([model.coef_[0] for model in fitted]).astype(np.float32),
        np.array([model.intercept_[0] for model in fitted], dtype=np.float32),
    )


def _heard_alone(rows: sparse.csr_matrix, width: int) -> sparse.csr_matrix:
    keep = sparse.diags(np.r_[np.ones(width), np.zeros(rows.shape[1] - width)].astype(np.float32))
    return (rows @ keep).tocsr()


def scores_of_unseen_hands(
    rows: sparse.csr_matrix,
    labels: Sequence[frozenset[str]],
    classes: Sequence[str],
    hands: Sequence[str],
    folds: int,
    heard_width: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities (messages, classes) by models that never saw these messages' writers, and the messages' indices.

    A fold holds every fifth writer; five folds hold all. Thresholds are chosen on these, never on the evaluation sets.
    """
    names = sorted(set(hands))
    scores, indices = [], []
    for fold in range(folds):
        out = np.isin(hands, names[fold::HANDS_APART])
        train, held_out = np.flatnonzero(~out), np.flatnonzero(out)
        if train.size and held_out.size:
            model = fit(rows[train], [labels[i] for i in train], classes, heard_width)
            scores.append(model.scores(rows[held_out]))
            indices.append(held_out)
    if not scores:  # a single writer
        return np.zeros((0, len(classes))), np.zeros(0, dtype=int)
    return np.concatenate(scores), np.concatenate(indices)
