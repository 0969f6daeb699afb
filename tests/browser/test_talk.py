"""A person talks with the chat in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP

pytestmark = pytest.mark.browser
RELEASED = "刑務所を出たばかりで今夜泊まる所がない。金も2千円しかない"


def test_the_page_greets_with_nine_situations_and_a_field_to_write_in(chat):
    assert chat.choices.locator("button").count() == 9
    expect(chat.log).to_contain_text("機械がお答えします")
    expect(chat.field).to_be_visible()
    assert not chat.complaints


def test_words_are_answered_with_windows_to_call(chat):
    chat.says(RELEASED)
    card = chat.cards.first
    assert card.locator("a.phone").first.get_attribute("href").startswith("tel:0")
    for part in (".reason", ".opening", ".say", ".source"):
        expect(card.locator(part)).to_be_visible()
    card.locator("summary").click()
    expect(card.get_by_role("link", name="地図で見る")).to_have_attribute("href", re.compile("^https://"))


def test_a_double_click_sends_once(chat):
    chat.choices.get_by_text("住まいを探したい", exact=True).dblclick()
    chat.cards.first.wait_for()
    assert len(chat.sent()) == 1


def test_a_pressed_button_keeps_the_focus(chat):
    chat.choices.get_by_role("button", name="住まいを探したい").focus()
    chat.page.keyboard.press("Enter")
    chat.cards.first.wait_for()
    assert chat.page.evaluate(
        "() => document.querySelector('shirube-chat').shadowRoot.activeElement.textContent"
    ).startswith("住まい")


def test_several_can_be_chosen_and_how_many_questions_are_left_is_said(chat):
    chat.presses("生活が苦しい・お金の不安")
    boxes = chat.choices.locator("input[type=checkbox]")
    while boxes.count() == 0:
        chat.presses("答えたくない")
    expect(chat.choices).to_contain_text("質問はあと")
    already = len(chat.sent())
    chat.choices.get_by_text("これで進む").click()
    expect(chat.choices).to_contain_text("ひとつ以上選んでください")
    assert len(chat.sent()) == already
    boxes.nth(0).check()
    boxes.nth(1).check()
    chat.presses("これで進む")
    assert len(chat.sent()[-1].post_data_json["choice"]) == 2


def test_every_question_can_be_skipped_until_the_ways_to_go_on(chat):
    chat.says(RELEASED)
    chat.gets_to_the_end()


def test_a_danger_stays_on_top_until_the_person_chooses_to_go_on(chat):
    chat.says("もう死にたいです")
    expect(chat.danger).to_be_in_viewport()
    assert chat.danger.locator("a.phone").count() >= 2
    chat.presses("人と話したい")
    expect(chat.danger).to_be_in_viewport()
    chat.danger.locator("[data-act=close_danger]").click()
    expect(chat.danger).to_have_count(0)


def test_who_says_to_be_safe_goes_on_without_the_card(chat):
    chat.says("もう死にたいです")
    chat.presses("いまは安全です")
    expect(chat.danger).to_have_count(0)


def test_a_danger_can_be_made_small_but_keeps_a_number(chat):
    chat.says("もう死にたいです")
    chat.danger.get_by_role("button", name="小さくする").click()
    expect(chat.danger.locator("a.phone").first).to_be_visible()
    expect(chat.danger.locator(".danger-text")).to_be_hidden()
    chat.danger.get_by_role("button", name="ひらく").click()
    expect(chat.danger.locator(".danger-text")).to_be_visible()


def test_the_talk_ends_with_a_question_how_it_was_and_a_way_to_erase(chat):
    chat.says(RELEASED)
    chat.gets_to_the_end()
    chat.presses("終わる")
    expect(chat.log).to_contain_text("お役に立てましたか")
    chat.log.locator("[data-act=erase]").click()
    chat.page.locator("shirube-chat dialog [data-act=yes]").click()
    expect(chat.log).to_contain_text("全部消しました")
    assert chat.turns.count() == 0
    assert not [name for name in chat.kept() if "conversation" in name]
    assert len(chat.sent("DELETE", "")) == 1


def test_starting_again_erases_and_greets(chat):
    first = chat.kept()["shirube.conversation"]
    chat.says(RELEASED)
    chat.menu().locator("[data-act=start_again]").click()
    expect(chat.choices.locator("button")).to_have_count(9)
    assert chat.cards.count() == 0
    assert chat.kept()["shirube.conversation"] != first
    assert chat.page.request.get(f"{chat.site}/api/conversations/{first.strip(chr(34))}").status == 404


def test_a_reloaded_page_goes_on_where_it_was(chat):
    chat.says(RELEASED)
    chat.page.reload()
    expect(chat.log).to_contain_text("続きからどうぞ")
    assert chat.cards.count() >= 1
    assert chat.choices.count() == 1
    assert RELEASED not in str(chat.kept())


def test_another_page_and_back_goes_on_too(chat):
    chat.says(RELEASED)
    chat.page.goto(f"{chat.site}/api/docs")
    chat.page.go_back()
    chat.cards.first.wait_for()


def test_a_closed_browser_remembers_nothing(chat, person):
    chat.says(RELEASED)
    other = person().opens()
    assert other.cards.count() == 0


def test_two_tabs_are_two_conversations(chat):
    chat.says(RELEASED)
    tab = chat.page.context.new_page()
    tab.goto(chat.site)
    tab.locator("shirube-chat .choices").first.wait_for()
    assert tab.evaluate("() => sessionStorage['shirube.conversation']") != chat.kept()["shirube.conversation"]


def test_windows_can_be_carried_to_a_phone_by_their_ids_alone(person):
    desk = person(DESKTOP).opens()
    desk.says(RELEASED)
    names = desk.cards.locator("h3").all_inner_texts()
    desk.page.locator("shirube-chat .to-phone").first.click()
    address = desk.page.locator("shirube-chat dialog .address").inner_text()
    assert address.startswith(f"{desk.site}/?w=")
    phone = person().opens(address.removeprefix(desk.site))
    phone.cards.first.wait_for()
    assert phone.cards.locator("h3").first.inner_text() == names[0]
    assert not phone.sent("POST", "/conversations")
    phone.says("家賃が払えない")
    assert phone.cards.count() > len(names)


def test_no_page_asks_anyone_else_for_anything(chat):
    chat.says(RELEASED)
    chat.gets_to_the_end()
    assert {request.url.split("/")[2] for request in chat.asked if not request.url.startswith("data:")} == {
        chat.site.split("/")[2]
    }
