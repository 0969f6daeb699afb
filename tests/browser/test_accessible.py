"""WCAG 2.2 AA: axe in every state, reflow, targets, focus, keyboard. docs/accessibility.md names the test of each criterion."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}
MAGNIFIED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
RELEASED = "刑務所を出たばかりで今夜泊まる所がない。金も2千円しかない"
DEVICES = [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light"), (DESKTOP, "dark")]
ROOT = "document.querySelector('shirube-chat').shadowRoot"
WIDER = (
    f"() => Math.max(...[...{ROOT}.querySelectorAll('.scroller, .pinned')].map((e) => e.scrollWidth - e.clientWidth))"
)
FOCUSED = """() => {
  let element = document.activeElement;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element.textContent || element.id;
}"""
SMALL_TARGETS = """() => {
  const root = document.querySelector('shirube-chat').shadowRoot;
  const inText = (e) => e.tagName === 'A' && e.closest('.bubble, .note, .danger-text, .tell, .paper, dd, .source, .status, .hint');
  const area = (e) => (e.closest('label') || e).getBoundingClientRect();
  return [...root.querySelectorAll('button, a, input, textarea, summary')]
    .filter((e) => e.checkVisibility() && !inText(e) && !e.disabled && e.getAttribute('aria-disabled') !== 'true')
    .filter((e) => area(e).width < 43.5 || area(e).height < 43.5)
    .map((e) => `${e.tagName} ${e.textContent || e.name} ${Math.round(area(e).width)}×${Math.round(area(e).height)}`);
}"""


def open_everything(chat) -> None:
    chat.page.evaluate(f"() => {ROOT}.querySelectorAll('details').forEach((details) => (details.open = true))")


@pytest.mark.parametrize(("viewport", "scheme"), DEVICES)
def test_axe_finds_nothing_from_the_greeting_to_the_end(person, viewport, scheme):
    chat = person(viewport, color_scheme=scheme).opens()
    found = {"greeting": chat.violations()}
    chat.says(RELEASED)
    open_everything(chat)
    found["windows and a question with several choices"] = chat.violations()
    chat.says("もう死にたいです")
    open_everything(chat)
    found["danger"] = chat.violations()
    chat.presses("いまは安全です")
    chat.gets_to_the_end()
    chat.presses("窓口で見せるメモを作る")
    found["memo"] = chat.violations()
    chat.presses("終わる")
    found["end"] = chat.violations()
    chat.menu()
    found["menu"] = chat.violations()
    for switch in (0, 1):  # ふりがな, やさしい日本語
        chat.page.locator("shirube-chat dialog [role=switch]").nth(switch).click()
    chat.page.locator("shirube-chat dialog rt").first.wait_for()
    found["easy menu"] = chat.violations()
    chat.page.locator("shirube-chat dialog [data-act=erase]").click()
    found["question whether to erase"] = chat.violations()
    chat.page.locator("shirube-chat dialog [data-act=yes]").click()
    found["erased"] = chat.violations()
    assert {state: problems for state, problems in found.items() if problems} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_when_things_go_wrong(person, scheme):
    chat = person(PHONE, color_scheme=scheme).opens()
    chat.page.route("**/api/**", lambda route: route.abort())
    chat.field.fill("家賃が払えない")
    chat.page.locator("shirube-chat button.send").click()
    chat.page.locator("shirube-chat .unsent").wait_for()
    assert chat.violations() == []
    chat.page.reload()
    chat.page.locator("shirube-chat [data-act=try_again]").wait_for()
    assert chat.violations() == []


def test_axe_finds_nothing_in_the_gentle_question_and_the_code(person):
    chat = person(DESKTOP).opens()
    chat.says("夫が怖い")
    expect(chat.log.locator(".danger.check")).to_be_visible()
    assert chat.violations() == []
    chat.says(RELEASED)
    chat.page.locator("shirube-chat .to-phone").last.click()
    assert chat.violations() == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_axe_finds_nothing_on_a_wards_page(person, viewport):
    someone = person(viewport).opens("/demo")
    someone.page.get_by_role("button", name="相談先をさがす").wait_for()
    assert someone.violations() == []
    someone.page.get_by_role("button", name="相談先をさがす").click()
    someone.choices.first.wait_for()
    assert someone.violations() == []


@pytest.mark.parametrize("viewport", [NARROW, MAGNIFIED])
def test_nothing_is_cut_off_on_a_narrow_or_magnified_screen(person, viewport):
    chat = person(viewport).opens()
    assert chat.overflow() <= 0
    chat.says(RELEASED)
    open_everything(chat)
    assert chat.overflow() <= 0
    chat.says("もう死にたいです")
    open_everything(chat)
    assert chat.overflow() <= 0
    assert chat.page.evaluate(WIDER) <= 0
    chat.menu()
    assert chat.overflow() <= 0


def test_magnified_text_of_the_largest_size_stays_within_320_pixels(person):
    chat = person(NARROW).opens()
    chat.menu().get_by_text("とても大きい").click()
    chat.closes_dialog()
    chat.says(RELEASED)
    assert chat.overflow() <= 0


def test_every_target_is_at_least_44_pixels(person):
    chat = person(PHONE).opens()
    assert chat.page.evaluate(SMALL_TARGETS) == []
    chat.says(RELEASED)
    open_everything(chat)
    assert chat.page.evaluate(SMALL_TARGETS) == []
    chat.says("もう死にたいです")
    assert chat.page.evaluate(SMALL_TARGETS) == []
    chat.menu()
    assert chat.page.evaluate(SMALL_TARGETS) == []


def test_the_whole_talk_can_be_had_by_keyboard(person):
    chat = person(DESKTOP).opens()
    order = []
    for _ in range(10):
        chat.page.keyboard.press("Tab")
        order.append(chat.page.evaluate(FOCUSED))
    assert order[0] == "メニュー"
    assert order[1] == "すぐ離れる"
    assert "110" in order[2]
    assert any("今夜の寝る所" in text for text in order)
    chat.choices.locator("button").nth(1).focus()
    chat.page.keyboard.press("Space")
    chat.cards.first.wait_for()
    chat.page.keyboard.press("Shift+Tab")
    outline = chat.page.evaluate(f"() => getComputedStyle({ROOT}.activeElement).outlineWidth")
    assert outline == "3px"


def test_a_dialog_takes_the_focus_and_gives_it_back(chat):
    dialog = chat.menu()
    assert dialog.evaluate("d => d.contains(d.getRootNode().activeElement)")
    chat.page.keyboard.press("Escape")
    expect(chat.page.locator("shirube-chat [data-act=menu]").first).to_be_focused()


def test_the_launcher_gives_the_focus_to_the_field_and_takes_it_back(person):
    someone = person(DESKTOP).opens("/demo")
    someone.page.get_by_role("button", name="相談先をさがす").click()
    expect(someone.field).to_be_focused()
    someone.page.locator("shirube-chat [data-act=close]").click()
    expect(someone.page.get_by_role("button", name="相談先をさがす")).to_be_focused()


def test_what_is_said_is_announced_by_role_and_language(chat):
    expect(chat.log).to_have_attribute("aria-live", "polite")
    expect(chat.log).to_have_attribute("aria-label", "会話")
    assert chat.page.locator("html").get_attribute("lang") == "ja"
    assert chat.page.locator("shirube-chat [role=status]").count() >= 1
    assert chat.page.locator("shirube-chat .pinned[role=alert]").count() == 1
    assert chat.page.title()


def test_the_focus_never_jumps_when_an_answer_comes(chat):
    chat.says("家賃が払えない")
    chat.field.focus()
    chat.field.fill("それから")
    chat.page.keyboard.press("Enter")
    expect(chat.turns).to_have_count(3)
    expect(chat.field).to_be_focused()
