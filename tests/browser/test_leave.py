"""Leave quickly: nothing of the talk is left on the screen, in the history, in the storage or on the server."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat_page import NEUTRAL

pytestmark = pytest.mark.browser


def by_button(chat) -> None:
    chat.page.locator("shirube-chat [data-act=leave]").click()


def by_three_escapes(chat) -> None:
    chat.field.focus()
    for _ in range(3):
        chat.page.keyboard.press("Escape")


def by_three_escapes_out_of_a_dialog(chat) -> None:
    chat.menu()
    for _ in range(3):
        chat.page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [by_button, by_three_escapes, by_three_escapes_out_of_a_dialog])
def test_leaving_replaces_the_page_and_leaves_nothing(chat, leave):
    chat.says("夫に殴られた")
    conversation = chat.kept()["shirube.conversation"].strip('"')
    leave(chat)
    chat.page.wait_for_url(f"{NEUTRAL}**")
    assert len(chat.sent("DELETE", conversation)) == 1
    assert chat.page.request.get(f"{chat.site}/api/conversations/{conversation}").status == 404
    chat.page.go_back()
    assert not chat.page.url.startswith(chat.site), "the page was replaced, not followed"
    chat.page.goto(f"{chat.site}/health")
    assert chat.kept() == {}


def test_the_screen_is_empty_before_anything_else_happens(chat):
    chat.page.route(f"{NEUTRAL}**", lambda route: route.fulfill(status=204))  # the other page does not come
    chat.page.route("**/api/**", lambda route: route.abort())
    by_three_escapes(chat)
    expect(chat.page.locator("body")).to_be_empty()
    assert chat.page.title().strip() == ""


def test_one_or_two_escapes_do_not_leave(chat):
    chat.field.focus()
    chat.page.keyboard.press("Escape")
    chat.page.keyboard.press("Escape")
    chat.page.wait_for_timeout(1_700)
    chat.page.keyboard.press("Escape")
    expect(chat.field).to_be_visible()


def test_the_ward_may_name_another_neutral_page(person):
    someone = person().opens("/demo")
    someone.page.locator("shirube-chat").evaluate("e => e.setAttribute('leave-url', '/health')")
    for _ in range(3):
        someone.page.keyboard.press("Escape")
    someone.page.wait_for_url("**/health")
