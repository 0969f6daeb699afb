"""Keeps conversations: the slots, encrypted, and when they end. Never a word of a person: events are not kept at all."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import Column, DateTime, Engine, LargeBinary, MetaData, String, Table, delete, insert, select, update

conversations = Table(
    "conversation",
    MetaData(),
    Column("id", String(43), primary_key=True),
    Column("channel", String(10), nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("last_answer", LargeBinary),
    Column("ends_at", DateTime(timezone=True), nullable=False, index=True),
)


class ConversationStore:
    """Conversations by id. ``lifetimes``: how long one may be idle, by channel."""

    def __init__(
        self, engine: Engine, key: bytes, lifetimes: dict[str, timedelta], clock: Callable[[], datetime]
    ) -> None:
        self._engine, self._cipher, self._lifetimes, self._clock = engine, Fernet(key), lifetimes, clock

    def begin(self, channel: str, slots: dict[str, Any]) -> str:
        """Start a conversation under a new id that cannot be guessed."""
        ident = secrets.token_urlsafe(24)
        with self._engine.begin() as connection:
            row = {"id": ident, "channel": channel, "state": self._seal(slots), "ends_at": self._end(channel)}
            connection.execute(insert(conversations).values(row))
        return ident

    def read(self, ident: str) -> dict[str, Any] | None:
        """The slots; None when there is no such conversation, it has ended or its key is gone."""
        query = select(conversations.c.state, conversations.c.ends_at).where(conversations.c.id == ident)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        if row is None or _aware(row.ends_at, self._clock()) <= self._clock():
            return None
        try:
            return dict(json.loads(self._cipher.decrypt(row.state)))
        except InvalidToken:
            return None

    def write(self, ident: str, slots: dict[str, Any]) -> None:
        """Keep the slots and let the idle time begin anew; a conversation that was erased meanwhile stays erased."""
        with self._engine.begin() as connection:
            channel = connection.execute(select(conversations.c.channel).where(conversations.c.id == ident)).scalar()
            if channel is not None:
                values = {"state": self._seal(slots), "ends_at": self._end(channel)}
                connection.execute(update(conversations).where(conversations.c.id == ident).values(values))

    def keep_answer(self, ident: str, key: str, answer: Any) -> None:
        """Keep our answer to the message that carried this key, for a client that never got it."""
        sealed = self._seal({"key": key, "answer": answer})
        with self._engine.begin() as connection:
            query = update(conversations).where(conversations.c.id == ident)
            connection.execute(query.values(last_answer=sealed))

    def kept_answer(self, ident: str, key: str) -> Any | None:
        """The answer that was given to this very message, if it was the last one."""
        query = select(conversations.c.last_answer).where(conversations.c.id == ident)
        with self._engine.connect() as connection:
            sealed = connection.execute(query).scalar()
        kept = json.loads(self._cipher.decrypt(sealed)) if sealed else {}
        return kept["answer"] if kept.get("key") == key else None

    def erase(self, ident: str) -> bool:
        with self._engine.begin() as connection:
            return connection.execute(delete(conversations).where(conversations.c.id == ident)).rowcount > 0

    def purge(self) -> int:
        """Delete what has ended; returns how many."""
        with self._engine.begin() as connection:
            return connection.execute(delete(conversations).where(conversations.c.ends_at <= self._clock())).rowcount

    def _seal(self, slots: dict[str, Any]) -> bytes:
        return self._cipher.encrypt(json.dumps(slots, ensure_ascii=False).encode())

    def _end(self, channel: str) -> datetime:
        return self._clock() + self._lifetimes[channel]


def _aware(moment: datetime, like: datetime) -> datetime:
    """SQLite gives moments back without their zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=like.tzinfo)


def read_key(secret: str | None, file: Path) -> bytes:
    """The key of the conversations: the setting, else a file made on first use that only this user can read."""
    if secret:
        return secret.encode()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(Fernet.generate_key())
    return file.read_bytes()


class SlotTrackerStore(TrackerStore):
    """Rasa's seam for trackers: a tracker is made of its slots alone and leaves only its slots behind."""

    def __init__(self, domain: Domain, store: ConversationStore) -> None:
        super().__init__(domain)
        self._store = store

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        slots = self._store.read(sender_id)
        if slots is None:
            return None
        tracker = self.init_tracker(sender_id)
        events = [SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME), *(SlotSet(k, v) for k, v in slots.items())]
        for event in events:
            tracker.update(event, self.domain)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        values = tracker.current_slot_values().items()
        self._store.write(tracker.sender_id, {name: value for name, value in values if value is not None})
