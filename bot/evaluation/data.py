"""Reads the evaluation sets of ``data/eval`` and the training utterances. Knows nothing of models or figures."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from pydantic import field_validator

from bot.settings import ROOT
from knowledge.schema import DangerKind, Form, read_form
from knowledge.taxonomy import taxonomy

EVAL = ROOT / "data" / "eval"
TRAINING = ROOT / "data" / "nlu"
SETS = ("situations", "dangers", "hard_negatives")
NO_DANGER, CHECK, NOW = 0, 1, 2
LEVELS = {"check": CHECK, "now": NOW}
KINDS = frozenset(DangerKind.__args__)  # type: ignore[attr-defined]
Style = Literal[
    "plain", "short", "long", "kana", "typo", "slang", "dialect", "dictated", "foreign", "formal", "indirect", "shorthand",
]  # fmt: skip
Speaker = Literal["self", "family", "supporter"]


class Labels(Form):
    """The labels of one line, see docs/labelling.md; ``hand``: who wrote it."""

    id: str
    situations: tuple[str, ...] = ()
    danger: str | None = None
    speaker: Speaker | None = None
    style: Style
    hand: str

    @field_validator("situations")
    @classmethod
    def _are_of_the_nine(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := set(value) - set(taxonomy().keys):
            raise ValueError(f"{', '.join(sorted(unknown))} is none of the nine")
        return value

    @field_validator("danger")
    @classmethod
    def _is_a_danger(cls, value: str | None) -> str | None:
        kind, _, level = (value or "").partition(":")
        if value is not None and (kind not in KINDS or level not in LEVELS):
            raise ValueError(f"{value!r} is not kind:level")
        return value


class Line(Form):
    text: str
    metadata: Labels


class EvaluationFile(Form):
    """Examples in the form of Rasa's NLU data, under a key of their own that Rasa does not train on."""

    evaluation: tuple[Line, ...]


@dataclass(frozen=True)
class Example:
    """One line of an evaluation set; ``source``: the name of the set."""

    source: str
    text: str
    labels: Labels


def read_sets(folder: Path = EVAL) -> list[Example]:
    """All lines of the three sets in order; raises :class:`knowledge.schema.KnowledgeError`."""
    found = []
    for name in SETS:
        lines = read_form(folder / f"{name}.yml", EvaluationFile).evaluation
        found += [Example(name, line.text.strip(), line.metadata) for line in lines]
    return found


def digest(name: str, folder: Path = EVAL) -> str:
    """SHA-256 of one set's file."""
    return hashlib.sha256((folder / f"{name}.yml").read_bytes()).hexdigest()


def frozen(folder: Path = EVAL) -> dict[str, str]:
    """File name to SHA-256, as written in ``FROZEN`` when the sets were finished (the form of sha256sum)."""
    lines = (folder / "FROZEN").read_text(encoding="utf-8").splitlines()
    return {name: sha for sha, name in (line.split() for line in lines)}


@dataclass(frozen=True)
class Truth:
    """The labels of n lines as arrays. ``situations``: bool (n, 9). ``main``: int (n,), the first situation or -1.

    ``danger``: int (n,), 0 none, 1 check, 2 now. ``source``: name of the set, (n,).
    """

    situations: np.ndarray
    main: np.ndarray
    danger: np.ndarray
    source: np.ndarray


def truth_of(examples: Sequence[Example]) -> Truth:
    keys = taxonomy().keys
    labels = [example.labels for example in examples]
    return Truth(
        situations=np.array([[key in label.situations for key in keys] for label in labels]),
        main=np.array([keys.index(label.situations[0]) if label.situations else -1 for label in labels]),
        danger=np.array([level_of(label.danger) for label in labels]),
        source=np.array([example.source for example in examples]),
    )


def level_of(danger: str | None) -> int:
    """0 none, 1 check, 2 now; ``danger`` is None or "kind:level"."""
    return LEVELS[danger.partition(":")[2]] if danger else NO_DANGER
