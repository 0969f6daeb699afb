"""What every action shares: the case out of the slots, replies out to the channel, and never silence when something breaks."""

from __future__ import annotations

import abc
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.house import house
from bot.triage.case import Case, Danger, ScoredSituation, Understanding, case_from_slots
from bot.triage.replies import Reply, as_json
from knowledge.directory import Directory

logger = logging.getLogger(__name__)
CHOICE_INTENT = "choose"


@dataclass
class Turn:
    """One message as an action sees it: what was understood, the case before it, and how to answer."""

    understood: Understanding
    text: str
    choice: tuple[str, tuple[str, ...]] | None
    case: Case
    directory: Directory
    now: datetime
    dispatcher: CollectingDispatcher

    def say(self, response: str, **values: Any) -> None:
        """Utter one of the responses of domain.yml."""
        self.dispatcher.utter_message(response=response, **values)

    def reply(self, reply: Reply) -> None:
        self.dispatcher.utter_message(json_message=as_json(reply))


class Step(Action, abc.ABC):
    """An action that cannot end in silence: whatever fails is logged without words and answered with an apology and numbers."""

    @abc.abstractmethod
    def take(self, turn: Turn) -> Case:
        """Answer through ``turn`` and return the case as it is afterwards."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        before = case_from_slots(tracker.slots)
        try:
            after = self.take(_turn(dispatcher, tracker, before))
        except Exception:
            logger.exception("action %s failed", self.name())
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_something_went_wrong")
            return []
        return [SlotSet(name, value) for name, value in after.changes_since(before).items()]


def _turn(dispatcher: CollectingDispatcher, tracker: Tracker, case: Case) -> Turn:
    message = tracker.latest_message
    directory, now = house().directory(), house().now()
    choice = message.get("metadata", {}).get("choice")
    return Turn(
        understood=understanding_of(message),
        text=message.get("text") or "",
        choice=(choice["question"], tuple(choice["values"])) if choice else None,
        case=case,
        directory=directory,
        now=now,
        dispatcher=dispatcher,
    )


def understanding_of(parsed: dict[str, Any]) -> Understanding:
    """Rasa's parse data, with the keys that the components of ``bot.nlu`` add, as a plain value."""
    danger = parsed.get("danger")
    return Understanding(
        act=parsed.get("act") or parsed.get("intent", {}).get("name") or "",
        situations=tuple(_scored(parsed.get("situations") or ())),
        danger=Danger(**danger) if danger else None,
        facts=parsed.get("facts") or {},
    )


def _scored(situations: Iterable[dict[str, Any]]) -> Iterable[ScoredSituation]:
    for s in situations:
        yield ScoredSituation(s["key"], s["score"], s["selected"], tuple(s.get("because", ())))
