"""The assistant: one turn in, channel-neutral replies out. Danger is answered even when the model is missing; nothing ends in silence."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from actions.step import CHOICE_INTENT, understanding_of
from bot.assistant import without_model
from bot.assistant.inprocess import Collector, InProcessActions
from bot.assistant.locks import LockStore
from bot.assistant.redraw import redraw
from bot.assistant.store import ConversationStore, SlotTrackerStore
from bot.messages import clean_message
from bot.triage.case import DEFAULT_AREA, Case, Understanding, case_from_slots, plain
from bot.triage.referral import recommend
from bot.triage.replies import REPLY, Reply, ServiceReply, as_json, service_reply
from knowledge.directory import Directory

logger = logging.getLogger(__name__)
MOST_IDS = 10


class UnknownConversation(KeyError):
    """There is no such conversation, or it has ended."""


class Assistant:
    """Talks with many people at once. ``agent`` is None when the model could not be loaded: then only dangers are answered."""

    def __init__(
        self, agent: Agent | None, store: ConversationStore, directory: Callable[[], Directory],
        clock: Callable[[], datetime], most_characters: int,
    ) -> None:  # fmt: skip
        self._agent, self._store, self._directory, self._clock = agent, store, directory, clock
        self._most = most_characters

    @property
    def has_model(self) -> bool:
        return self._agent is not None

    async def begin(self, channel: str, area: str = DEFAULT_AREA, easy: bool = False) -> tuple[str, list[Reply]]:
        """Start a conversation: its id, and the greeting with the nine buttons."""
        slots = Case(default_area=area, easy=easy).changes_since(Case())
        ident = self._store.begin(channel, slots)
        if self._agent is None:
            return ident, without_model.greeting()
        return ident, await self._send(ident, UserMessage("greet", parse_data=_parsed("greet")))

    async def turn(self, conversation: str, text: str) -> list[Reply]:
        """Answer one message. Raises :class:`bot.messages.BadMessage` or :class:`UnknownConversation`."""
        message = clean_message(text, self._most)
        case = self.case(conversation)
        if self._agent is None:
            return without_model.answer(message, case, self._directory(), self._clock())
        return await self._send(conversation, UserMessage(message)) or without_model.apology()

    async def choose(self, conversation: str, values: list[str], question: str | None = None) -> list[Reply]:
        """Take pressed buttons of the question that is open, or of the one that is named."""
        case = self.case(conversation)
        if self._agent is None:
            return without_model.apology()
        choice = {"question": question or case.open_question, "values": values}
        message = UserMessage(CHOICE_INTENT, parse_data=_parsed(CHOICE_INTENT), metadata={"choice": choice})
        return await self._send(conversation, message) or without_model.apology()

    async def once(
        self, conversation: str, key: str | None, answer: Callable[[], Awaitable[list[Reply]]]
    ) -> list[Reply]:
        """Answer a message that carries a key only once: a client that lost the answer gets the same one again."""
        self.case(conversation)
        kept = self._store.kept_answer(conversation, key) if key else None
        if kept is not None:
            return [REPLY.validate_python(reply) for reply in kept]
        replies = await answer()
        if key:
            self._store.keep_answer(conversation, key, [as_json(reply) for reply in replies])
        return replies

    def case(self, conversation: str) -> Case:
        slots = self._store.read(conversation)
        if slots is None:
            raise UnknownConversation(conversation)
        return case_from_slots(slots)

    def redraw(self, conversation: str) -> list[Reply]:
        """What a page that was loaded again needs to go on."""
        return redraw(self.case(conversation), self._directory(), self._clock())

    def services(self, ids: list[str]) -> list[ServiceReply]:
        """The public windows with these ids, in this order, as anybody sees them; unknown ids are left out."""
        found, now = [self._directory().get(ident) for ident in ids[:MOST_IDS]], self._clock()
        return [service_reply(recommend(w, Case(), now), now) for w in found if w is not None and w.public]

    def set_easy(self, conversation: str, easy: bool) -> None:
        case = replace(self.case(conversation), easy=easy)
        self._store.write(conversation, {name: plain(value) for name, value in case.changes_since(Case()).items()})

    def erase(self, conversation: str) -> None:
        """Nothing is left. Raises :class:`UnknownConversation`."""
        if not self._store.erase(conversation):
            raise UnknownConversation(conversation)

    async def understand(self, text: str) -> Understanding:
        """Understand one message outside of any conversation."""
        message = clean_message(text, self._most)
        if self._agent is None:
            return without_model.understanding(message)
        assert self._agent.processor is not None
        return understanding_of(await self._agent.processor.parse_message(UserMessage(message)))

    async def _send(self, conversation: str, message: UserMessage) -> list[Reply]:
        assert self._agent is not None
        collector = Collector()
        message.sender_id, message.output_channel, message.input_channel = conversation, collector, collector.name()
        try:
            await self._agent.handle_message(message)
        except Exception:
            logger.exception("a turn of conversation %s… failed", conversation[:4])
        return collector.replies


def _parsed(intent: str) -> dict[str, Any]:
    return {"text": "", "intent": {"name": intent, "confidence": 1.0}, "entities": []}


def load_agent(model: Path, store: ConversationStore, locks: LockStore) -> Agent:
    """Load the trained model with actions, trackers and locks of this process."""
    agent = Agent.load(str(model), action_endpoint=InProcessActions("actions"), lock_store=locks)
    agent.tracker_store = SlotTrackerStore(agent.domain, store)
    agent.processor.tracker_store = agent.tracker_store
    return agent
