"""One message seen seven ways: characters, normal words, reading, facts, concepts, patterns of danger and vectors.

The reading helps messages in kana only and those with wrong conversions; the normal form joins spellings of one word; the
patterns are features too, so that the classifiers learn which of them are to be trusted.
"""

from __future__ import annotations

import multiprocessing
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.concepts import KATAKANA_TO_HIRAGANA, concepts_of
from bot.triage.danger import hits
from bot.triage.hearing import facts

SPACES = re.compile(r"\s+")
CONTENT_TAGS = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "代名詞", "感動詞", "接尾辞", "連体詞")
LITTLE_MONEY = 10_000  # yen
MOST_CHARACTERS = 1200  # enough for the longest letter; a wall of text costs no more than this
AT_ONCE = 250


@dataclass(frozen=True)
class Views:
    """``patterns``: "dv:now" ...; ``vector``: float32 of shape (2 * width,), the mean and the maximum of content words' vectors."""

    characters: str
    words: tuple[str, ...]
    reading: str
    facts: tuple[str, ...]
    concepts: tuple[str, ...]
    patterns: tuple[str, ...]
    vector: np.ndarray


def normalise(text: str) -> str:
    """NFKC (half-width kana become full), lower case, runs of space become one; very long texts keep both ends."""
    folded = SPACES.sub(" ", unicodedata.normalize("NFKC", text)).lower().strip()
    if len(folded) <= MOST_CHARACTERS:
        return folded
    half = MOST_CHARACTERS // 2
    return folded[:half] + " " + folded[-half:]


def views_of(nlp: Language, text: str) -> Views:
    """See one message; an empty one has empty views and a zero vector. Never raises for any text."""
    doc = nlp.make_doc(normalise(text))
    tokens = [token for token in doc if not token.is_space]
    words = tuple(token.norm_ for token in tokens)
    katakana = "".join((token.morph.get("Reading") or [token.text])[0] for token in tokens)
    reading = katakana.translate(KATAKANA_TO_HIRAGANA)
    return Views(
        characters=SPACES.sub("", doc.text),
        words=words + tuple(f"{one}_{other}" for one, other in pairwise(words)),
        reading=reading,
        facts=tuple(_marks(facts(text))),
        concepts=concepts_of(text, reading),
        patterns=tuple(f"{kind}:{level}" for kind, level in hits(text)),
        vector=_vector(doc),
    )


def views_of_all(nlp: Language, texts: Sequence[str]) -> list[Views]:
    """The same for many, on all cores."""
    with multiprocessing.get_context("fork").Pool(initializer=_start, initargs=(nlp,)) as pool:
        return pool.map(_views, texts, chunksize=AT_ONCE)


_nlp: Language  # of a process of the pool


def _start(nlp: Language) -> None:
    global _nlp
    _nlp = nlp


def _views(text: str) -> Views:
    return views_of(_nlp, text)


def _marks(heard: Mapping[str, Any]) -> Iterator[str]:
    """Facts as words: ``needs:debt``, ``area:none``; ages and money as bands."""
    for name, value in heard.items():
        if name == "ages":
            yield f"age:{_age_band(*value)}"
        elif name == "money":
            yield f"money:{'little' if value <= LITTLE_MONEY else 'some'}"
        else:
            yield from (f"{name}:{one}" for one in (value if isinstance(value, list) else [value]))


def _age_band(low: int, high: int) -> str:
    if high <= 17:
        return "child"
    if high <= 25:
        return "youth"
    return "old" if low >= 62 else "adult"


def _vector(doc: Doc) -> np.ndarray:
    vectors = [t.vector for t in doc if t.has_vector and t.tag_.split("-")[0] in CONTENT_TAGS]
    if not vectors:
        return np.zeros(2 * doc.vocab.vectors_length, dtype=np.float32)
    stacked = np.stack(vectors)
    return np.concatenate([stacked.mean(axis=0), stacked.max(axis=0)]).astype(np.float32)
