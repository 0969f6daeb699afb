"""Rasa's stock DIET pipeline on the same utterances (``data/eval/diet.yml``), recorded because it trains for long.

DIET knows one intent a message; several labels are Rasa's own multi-intents, joined by "+". A label's score is the sum over the
intents that hold it. ``shirube evaluate --baseline diet`` trains it and writes ``data/eval/recorded.json``.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from bot.evaluation.baselines import Utterances, learnt
from bot.evaluation.data import EVAL, Truth
from bot.evaluation.metrics import FIGURES
from bot.nlu.views import normalise
from knowledge.schema import Form
from knowledge.taxonomy import taxonomy

CONFIG = EVAL / "diet.yml"
RECORDED = EVAL / "recorded.json"
OUTSIDE = "outside"


class Recorded(Form):
    """Figures of a longer run, in the order of the table, with what they were made from."""

    day: str
    utterances: int
    frozen: dict[str, str]
    minutes: float
    figures: tuple[float, ...]


def record(utterances: Utterances, texts: Sequence[str], truth: Truth, day: str, frozen: dict[str, str]) -> Recorded:
    """Train, judge and write the record; takes from twenty minutes to hours."""
    from time import monotonic

    start = monotonic()
    answers = learnt(_scores, utterances, texts)
    recorded = Recorded(
        day=day, utterances=len(utterances), frozen=frozen, minutes=round((monotonic() - start) / 60, 1),
        figures=tuple(figure.of(truth, answers) for figure in FIGURES),
    )  # fmt: skip
    RECORDED.write_text(json.dumps(recorded.model_dump(), indent=1) + "\n", encoding="utf-8")
    return recorded


def read_record(frozen: dict[str, str]) -> Recorded | None:
    """The record, or None if there is none for these evaluation sets."""
    if not RECORDED.exists():
        return None
    recorded = TypeAdapter(Recorded).validate_json(RECORDED.read_text(encoding="utf-8"))
    return recorded if recorded.frozen == frozen else None


def _scores(words: Sequence[str], truth: np.ndarray, texts: Sequence[str]) -> np.ndarray:
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    names = (*taxonomy().keys, "danger", "now")
    with TemporaryDirectory() as folder:
        data = Path(folder) / "nlu.json"
        data.write_text(json.dumps(_as_rasa_json(words, truth, names), ensure_ascii=False), encoding="utf-8")
        model = train_nlu(config=str(CONFIG), nlu_data=str(data), output=folder)
        agent = Agent.load(str(model))
        parsed = asyncio.run(_parse(agent, texts))
    return np.array([_row(one.get("intent_ranking", ()), names) for one in parsed])


async def _parse(agent: Any, texts: Sequence[str]) -> list[dict[str, Any]]:
    return [await agent.parse_message(normalise(text)) for text in texts]


def _as_rasa_json(words: Sequence[str], truth: np.ndarray, names: Sequence[str]) -> dict[str, Any]:
    intents = ["+".join(names[i] for i in np.flatnonzero(row)) or OUTSIDE for row in truth]
    examples = [
        {"text": normalise(w), "intent": intent, "entities": []} for w, intent in zip(words, intents, strict=True)
    ]
    return {"rasa_nlu_data": {"common_examples": examples}}


def _row(ranking: Sequence[dict[str, Any]], names: Sequence[str]) -> list[float]:
    return [sum(one["confidence"] for one in ranking if name in one["name"].split("+")) for name in names]
