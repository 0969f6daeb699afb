"""One message of a conversation after the other: in this process, or across processes through Redis."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockError, LockStore

LONGEST_TURN = 30.0  # seconds until a lock left behind by a dead process is free again


class ProcessLocks(LockStore):
    """Rasa's own in-memory store makes a second message wait a whole second; this one wakes it at once."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        async with lock:
            yield


class RedisLocks(LockStore):
    """Rasa's Redis store loses tickets when two workers ask at the same time; SET NX does not."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: Any = None

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[None]:
        from redis import asyncio as redis_asyncio
        from redis.exceptions import LockError as RedisLockError

        self._client = self._client or redis_asyncio.from_url(self._url)
        lock = self._client.lock(
            f"shirube:{conversation_id}", timeout=LONGEST_TURN, sleep=0.05, blocking_timeout=LONGEST_TURN
        )
        if not await lock.acquire():
            raise LockError(f"conversation {conversation_id} is busy")
        try:
            yield
        finally:
            with suppress(RedisLockError):  # it may have run out meanwhile
                await lock.release()
