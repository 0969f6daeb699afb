"""Are evaluation lines strange to the training lines? No shared run of characters, no near-duplicate."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

RUN = 18  # characters
GRAM = 4
NEAR = 0.7  # Jaccard similarity of the sets of character 4-grams
BATCH = 200  # evaluation lines compared at once
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Leak:
    """Two texts that are too much alike, and why."""

    evaluated: str
    trained: str
    why: str


def find_leaks(evaluated: Sequence[str], trained: Sequence[str]) -> list[Leak]:
    """Every evaluation text that shares a run of 18 characters with a training text or nearly is one, each once."""
    shared = list(_shared_runs(evaluated, trained))
    seen = {leak.evaluated for leak in shared}
    return shared + [leak for leak in _near_duplicates(evaluated, trained) if leak.evaluated not in seen]


def bare(text: str) -> str:
    """NFKC without any space: what is compared."""
    return SPACES.sub("", unicodedata.normalize("NFKC", text))


def _grams(text: str, width: int) -> set[str]:
    """All runs of ``width`` characters; a shorter text is its own only one."""
    plain = bare(text)
    return {plain[i : i + width] for i in range(max(1, len(plain) - width + 1))}


def _shared_runs(evaluated: Sequence[str], trained: Sequence[str]) -> Iterator[Leak]:
    runs = {run: text for text in trained for run in _grams(text, RUN) if len(run) == RUN}
    for text in evaluated:
        found = next((run for run in sorted(_grams(text, RUN)) if run in runs), None)
        if found is not None:
            yield Leak(text, runs[found], f"both have {found}")


def _near_duplicates(evaluated: Sequence[str], trained: Sequence[str]) -> Iterator[Leak]:
    counter = CountVectorizer(analyzer=lambda text: _grams(text, GRAM), binary=True, dtype=np.float32)
    theirs = counter.fit_transform(trained)
    ours = counter.transform(evaluated)
    sizes = np.asarray(theirs.sum(axis=1)).ravel()
    lengths = np.array([len(_grams(text, GRAM)) for text in evaluated])
    for start in range(0, len(evaluated), BATCH):
        both = (ours[start : start + BATCH] @ theirs.T).toarray()
        either = lengths[start : start + BATCH, None] + sizes[None, :] - both
        likeness = both / either
        for row in np.flatnonzero(likeness.max(axis=1) >= NEAR):
            best = int(likeness[row].argmax())
            yield Leak(evaluated[start + row], trained[best], f"likeness {likeness[row, best]:.2f}")
