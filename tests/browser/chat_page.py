"""The chat as a person meets it: what can be written, pressed and seen."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NEUTRAL = "https://www.jma.go.jp/"


class ChatPage:
    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.asked: list[Request] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route(f"{NEUTRAL}**", lambda route: route.fulfill(body="<title>weather</title>", content_type="text/html"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "net::ERR" not in message.text and "status of" not in message.text:
            self.complaints.append(message.text)

    def opens(self, path: str = "/") -> ChatPage:
        self.page.goto(self.site + path)
        if path.startswith(("/demo", "/?")):
            return self
        self.choices.first.wait_for()
        return self

    # What is there

    @property
    def field(self) -> Locator:
        return self.page.locator("shirube-chat textarea#words")

    @property
    def log(self) -> Locator:
        return self.page.locator("shirube-chat [role=log]")

    @property
    def choices(self) -> Locator:
        """The question that can be answered now."""
        return self.page.locator("shirube-chat .choices:not([data-done])")

    @property
    def cards(self) -> Locator:
        return self.page.locator("shirube-chat .card")

    @property
    def danger(self) -> Locator:
        return self.page.locator("shirube-chat .pinned .danger")

    @property
    def turns(self) -> Locator:
        return self.page.locator("shirube-chat .turn")

    def sent(self, method: str = "POST", ending: str = "/messages") -> list[Request]:
        return [
            r
            for r in self.asked
            if r.method == method and re.search(r"/api/conversations", r.url) and r.url.endswith(ending)
        ]

    def kept(self) -> dict[str, str]:
        """Everything that the page has stored."""
        return self.page.evaluate("() => ({...sessionStorage, ...localStorage})")

    # What a person does

    def says(self, text: str) -> None:
        """Write and send; returns when the answer is there."""
        before = self.turns.count()
        self.field.fill(text)
        self.page.locator("shirube-chat button.send").click()
        self.turns.nth(before).wait_for()

    def presses(self, label: str) -> None:
        before = self.turns.count()
        self.choices.last.get_by_text(label, exact=True).click()
        self.turns.nth(before).wait_for()

    def gets_to_the_end(self) -> None:
        """Skips what is asked until the ways to go on are there."""
        for _ in range(8):
            if self.choices.last.get_by_text("窓口で見せるメモを作る").count():
                return
            self.presses("答えたくない")
        raise AssertionError("the questions do not end")

    def menu(self) -> Locator:
        self.page.locator("shirube-chat [data-act=menu]").first.click()
        return self.page.locator("shirube-chat dialog")

    def closes_dialog(self) -> None:
        self.page.locator("shirube-chat dialog .close").click()

    # What must hold

    def violations(self) -> list[str]:
        """What axe finds, in one line for each."""
        self.page.wait_for_timeout(350)  # no transition may be half-way
        found: dict[str, Any] = Axe().run(self.page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response
        return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return self.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
