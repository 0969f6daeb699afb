"""The real application served to a real Chromium, and one person in front of it."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from bot.app import make_app
from bot.assistant.model import model_path
from bot.settings import Settings
from tests.browser.chat_page import ChatPage
from tests.conftest import FRIDAY_AFTERNOON, StandingClock

PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WARD = "http://localhost:8765"  # a ward's own site, from where the widget may be used


class Served(uvicorn.Server):
    """The application in a thread of this process, on a port of its own."""

    def __init__(self, settings: Settings, clock: StandingClock) -> None:
        super().__init__(uvicorn.Config(make_app(settings, clock), port=0, log_level="error", ws="none"))
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        while not self.started:
            assert self.thread.is_alive(), "the application did not start"
            time.sleep(0.05)
        return f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="session")
def site(settings: Settings, session_clock: StandingClock) -> Iterator[str]:
    """Where the application answers."""
    if not model_path(settings.models_folder).exists():
        pytest.fail("no model of the present inputs: run `uv run shirube train` first", pytrace=False)
    with Served(settings.model_copy(update={"allowed_origins": (WARD,)}), session_clock) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("no Chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def person(chromium: Browser, site: str, session_clock: StandingClock) -> Iterator[Callable[..., ChatPage]]:
    """Gives a person with a device: ``person(DESKTOP, color_scheme="dark")``. Nothing but our site may be asked for anything."""
    contexts: list[BrowserContext] = []
    session_clock.now = FRIDAY_AFTERNOON

    def sit_down(viewport: Any = PHONE, **wishes: Any) -> ChatPage:
        context = chromium.new_context(viewport=viewport, locale="ja-JP", **wishes)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return ChatPage(context.new_page(), site)

    yield sit_down
    for context in contexts:
        context.close()


@pytest.fixture
def chat(person: Callable[..., ChatPage]) -> ChatPage:
    """A person on a phone who has just opened the page."""
    return person().opens()
