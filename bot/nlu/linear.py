"""Logistic regression over the featurizer's rows, one class against the rest: small, quick, and each weight can be shown.

Every training message is seen twice, the second time (at less weight) with its reading and facts alone: so the classifiers learn to hear
messages written in kana or with wrong conversions. Cross-validated over hands: +1 point of best-is-true.
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


def fit(rows: sparse.csr_matrix, labels: Sequence[frozenset[str]], classes: Sequence[str], heard_width: int) -> Linear:
    """Fit one regression a class; ``labels[i]`` holds the classes that are true of row i."""
    seen = sparse.vstack([rows, _heard_alone(rows, heard_width)], format="csr").astype(
        np.float64
    )  # else each fit copies it
    weight = np.r_[np.ones(rows.shape[0]), np.full(rows.shape[0], HEARD_ALONE)]

    def one(name: str) -> LogisticRegression:
        truth = np.tile([name in label for label in labels], 2)
        regression = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=0.03, random_state=0)
        return regression.fit(seen, truth, sample_weight=weight)

    with ThreadPoolExecutor() as pool:  # liblinear leaves the interpreter's lock
        fitted = list(pool.map(one, classes))
    return Linear(
        tuple(classes),
        np.column_stack([model.coef_[0] for model in fitted]).astype(np.float32),
        np.array([model.intercept_[0] for model in fitted], dtype=np.float32),
    )


def _heard_alone(rows: sparse.csr_matrix, width: int) -> sparse.csr_matrix:
    keep = sparse.diags(np.r_[np.ones(width), np.zeros(rows.shape[1] - width)].astype(np.float32))
    return (rows @ keep).tocsr()


def apart(hands: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Indices to train on and to choose thresholds on, so that no writer is on both sides."""
    names = sorted(set(hands))
    held_out = set(names[::HANDS_APART]) if len(names) > 1 else set()
    out = np.array([hand in held_out for hand in hands])
    return np.flatnonzero(~out), np.flatnonzero(out)


def scores_of_unseen_hands(
    rows: sparse.csr_matrix,
    labels: Sequence[frozenset[str]],
    classes: Sequence[str],
    heard_width: int,
    hands: Sequence[str],
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities (messages, classes) of a model that never saw these messages' writers, and the messages' indices.

    Thresholds are chosen on these, never on the evaluation sets.
    """
    train, held_out = apart(hands)
    model = fit(rows[train], [labels[i] for i in train], classes, heard_width)
    return model.scores(rows[held_out]), held_out
