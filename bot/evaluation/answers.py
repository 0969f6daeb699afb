"""What a method answered, as arrays: the one form in which the product and every baseline are measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.data import LEVELS, NO_DANGER
from bot.triage.case import Understanding
from knowledge.taxonomy import taxonomy


@dataclass(frozen=True)
class Answers:
    """Answers to n messages, in order.

    ``scores``: float (n, 9), higher is likelier. ``selected``: bool (n, 9). ``danger``: int (n,), 0 none, 1 check, 2 now.
    ``gate``: float (n,), how sure the method is that it is any of the nine. ``gate_from``: from where something is selected.
    """

    scores: np.ndarray
    selected: np.ndarray
    danger: np.ndarray
    gate: np.ndarray
    gate_from: float = 0.5


def answers_of(understood: Sequence[Understanding], gate: np.ndarray, gate_from: float) -> Answers:
    """The product's own understandings as arrays."""
    keys = taxonomy().keys
    by_key = [{s.key: s for s in one.situations} for one in understood]
    return Answers(
        scores=np.array([[one[key].score for key in keys] for one in by_key]),
        selected=np.array([[one[key].selected for key in keys] for one in by_key]),
        danger=np.array([LEVELS[one.danger.level] if one.danger else NO_DANGER for one in understood]),
        gate=gate,
        gate_from=gate_from,
    )
