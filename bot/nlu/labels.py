"""Reads the labels of a training example from Rasa's ``metadata`` (see docs/labelling.md)."""

from __future__ import annotations

from dataclasses import dataclass

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

LOUD = "hard_negatives"  # the file of those


@dataclass(frozen=True)
class Label:
    """``danger``: None or "kind:level"; ``hand``: who wrote it, so that validation can keep writers apart.

    ``loud``: written to look like a danger without being one.
    """

    act: str
    situations: frozenset[str]
    danger: str | None
    speaker: str | None
    hand: str
    loud: bool = False


def label_of(message: Message) -> Label:
    about = (message.get(METADATA) or {}).get(METADATA_EXAMPLE) or {}
    return Label(
        act=message.get(INTENT),
        situations=frozenset(about.get("situations", ())),
        danger=about.get("danger"),
        speaker=about.get("speaker"),
        hand=str(about.get("hand", "")),
        loud=about.get("file") == LOUD,
    )


def labelled(training_data: TrainingData) -> list[tuple[Message, Label]]:
    """All examples with an intent, in order, with their labels."""
    return [(message, label_of(message)) for message in training_data.intent_examples]
