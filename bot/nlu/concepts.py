"""Concepts: what the words of every region, age and spelling have in common (「どつかれた」 and 「手をあげられて」: was hit).

The words are content (``knowledge/concepts.yml``). A message is seen as the concepts it names and the pairs of them that stand in one
sentence, so that a classifier that saw *parent* and *was hit* together knows them again in words it never saw together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from pydantic import field_validator

from knowledge.schema import Form, read_form
from knowledge.taxonomy import KNOWLEDGE

KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
SENTENCE_ENDS = re.compile(r"[。!?\n]")


class ConceptsFile(Form):
    """Patterns by concept; written without katakana, for messages are read in hiragana."""

    concepts: dict[str, tuple[str, ...]]

    @field_validator("concepts")
    @classmethod
    def _compile(cls, concepts: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for name, patterns in concepts.items():
            for pattern in patterns:
                if pattern != pattern.translate(KATAKANA_TO_HIRAGANA):
                    raise ValueError(f"{name}: {pattern} is to be written in hiragana")
                try:
                    re.compile(pattern)
                except re.error as error:
                    raise ValueError(f"{name}: not a regular expression: {pattern} ({error})") from error
        return concepts


@cache
def _compiled() -> dict[str, re.Pattern[str]]:
    content = read_form(KNOWLEDGE / "concepts.yml", ConceptsFile)
    return {
        name: re.compile("|".join(f"(?:{p})" for p in patterns)) for name, patterns in sorted(content.concepts.items())
    }


def concepts_of(text: str, reading: str) -> tuple[str, ...]:
    """Names of concepts and, as ``a&b``, pairs in one sentence. ``reading``: the message in hiragana, as tokens are pronounced."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(KATAKANA_TO_HIRAGANA)
    sentences = [SPACES.sub("", sentence) for sentence in SENTENCE_ENDS.split(folded)]
    named = [frozenset(_named(sentence)) for sentence in sentences if sentence]
    heard = frozenset(_named(reading))
    if len(named) == 1:
        named = [named[0] | heard]
    pairs = {f"{one}&{other}" for names in named for one, other in combinations(sorted(names), 2)}
    return (*sorted(heard.union(*named)), *sorted(pairs))


def _named(text: str) -> Iterator[str]:
    return (name for name, pattern in _compiled().items() if pattern.search(text))
