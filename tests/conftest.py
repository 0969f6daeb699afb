"""One assistant for all tests: the real model, the real directory in a database of its own, a clock that stands where a test puts it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.assistant.quiet import keep_quiet

keep_quiet()

from bot.settings import Settings  # noqa: E402  (Rasa must find its environment set)
from knowledge.database import open_directory  # noqa: E402
from knowledge.directory import Directory  # noqa: E402
from knowledge.hours import JAPAN  # noqa: E402

FRIDAY_AFTERNOON = datetime(2026, 11, 20, 14, 0, tzinfo=JAPAN)


class StandingClock:
    """The injected clock; a test moves it by setting ``now``."""

    def __init__(self) -> None:
        self.now = FRIDAY_AFTERNOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    return open_directory(f"sqlite:///{tmp_path_factory.mktemp('directory') / 'shirube.db'}")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder: Path = tmp_path_factory.mktemp("var")
    return Settings(database_url=f"sqlite:///{folder / 'shirube.db'}", key_file=folder / "secret.key")


@pytest.fixture
def clock(session_clock: StandingClock) -> Iterator[StandingClock]:
    session_clock.now = FRIDAY_AFTERNOON
    yield session_clock
    session_clock.now = FRIDAY_AFTERNOON


@pytest.fixture(scope="session")
def session_clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
async def client(settings: Settings, session_clock: StandingClock) -> AsyncIterator[object]:
    """The real application over HTTP, with its lifespan, in this process."""
    import httpx

    from bot.app import make_app

    app = make_app(settings, session_clock)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://shirube.test") as talker:
            yield talker
