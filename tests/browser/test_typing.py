"""Typing Japanese, and whatever else people put into the field."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NAUGHTY = [
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "\u202e逆さまの文字\u202c\u2066 と普通の文字",
    "こ" + "\u0301\u0302\u0303\u0304" * 30 + "ま" + "\u0489" * 30 + "る",
    "javascript:alert(1) 家賃が払えない",
    "😢🏠💴 家がない 👨‍👩‍👧‍👦",
    "/restart",
    "a" * 300,
]


def test_enter_sends_and_shift_enter_is_a_new_line(chat):
    chat.field.click()
    chat.page.keyboard.type("家賃が払えない")
    chat.page.keyboard.press("Shift+Enter")
    chat.page.keyboard.type("来月から困る")
    assert chat.field.input_value() == "家賃が払えない\n来月から困る"
    assert not chat.sent()
    chat.page.keyboard.press("Enter")
    chat.cards.first.wait_for()
    assert chat.sent()[0].post_data_json == {"text": "家賃が払えない\n来月から困る"}
    assert chat.field.input_value() == ""


def test_enter_that_confirms_a_conversion_never_sends(chat):
    """With the browser's own composition, as an input method makes it."""
    chat.field.click()
    devtools = chat.page.context.new_cdp_session(chat.page)
    devtools.send("Input.imeSetComposition", {"text": "やちん", "selectionStart": 3, "selectionEnd": 3})
    devtools.send(
        "Input.dispatchKeyEvent", {"type": "keyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    )
    devtools.send(
        "Input.dispatchKeyEvent", {"type": "keyUp", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
    )
    devtools.send("Input.insertText", {"text": "家賃"})
    assert chat.field.input_value() == "家賃"
    assert not chat.sent()


@pytest.mark.parametrize("event", [{"isComposing": True, "keyCode": 13}, {"isComposing": False, "keyCode": 229}])
def test_enter_of_an_input_method_is_left_to_it(chat, event):
    """The first is what Chromium and Firefox report, the second Safari after the composition has ended."""
    chat.field.fill("やちん")
    left = chat.field.evaluate(
        "(field, event) => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, ...event}))",
        event,
    )
    assert left, "the widget took the key away"
    assert not chat.sent()


def test_a_held_enter_key_sends_once(chat):
    chat.field.fill("家賃が払えない")
    for repeat in (False, True, True):
        chat.field.evaluate(
            "(f, repeat) => f.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', repeat, bubbles: true, cancelable: true}))",
            repeat,
        )
    chat.cards.first.wait_for()
    assert len(chat.sent()) == 1


def test_dictated_and_pasted_words_are_taken_as_they_are(chat):
    chat.field.click()
    chat.page.keyboard.insert_text("今夜、泊まる所がありません\nお金も")  # what dictation and the clipboard do
    assert chat.field.input_value() == "今夜、泊まる所がありません\nお金も"
    assert not chat.sent()


def test_nothing_written_is_said_so_and_not_sent(chat):
    chat.field.fill("   \n ")
    chat.page.locator("shirube-chat button.send").click()
    expect(chat.page.locator("shirube-chat .status")).to_contain_text("まだ何も書かれていません")
    assert not chat.sent()


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_naughty_text_is_shown_as_text_and_answered(chat, text):
    chat.page.on("dialog", lambda dialog: pytest.fail("something was executed"))
    chat.says(text)
    assert chat.page.locator("shirube-chat .said img, shirube-chat .said script").count() == 0
    assert chat.overflow() == 0
    assert not chat.complaints


def test_ten_thousand_characters_are_counted_and_come_back_to_be_cut(chat):
    chat.field.fill("家賃が払えません。" * 1112)
    expect(chat.page.locator("shirube-chat .count")).to_contain_text("文字")
    chat.page.locator("shirube-chat button.send").click()
    expect(chat.log.locator(".note")).to_contain_text("分けて送ってください")
    assert len(chat.field.input_value()) == 10_008
    assert chat.page.locator("shirube-chat .said").inner_text().__len__() <= 400
