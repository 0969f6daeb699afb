"""Readings, やさしい日本語, size, colours, voice: each by itself, remembered on the device only."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from knowledge.taxonomy import KNOWLEDGE
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
WITHOUT_READINGS = """(element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('rt').forEach((reading) => reading.remove());
  return copy.textContent;
}"""
PAIR = re.compile(r"[一-龥]（[ぁ-ゖ]+）")


def toggle(chat, name: str) -> None:
    chat.page.locator("shirube-chat .toggles").get_by_role("switch", name=name).click()


def test_easy_japanese_shows_the_twins_and_tells_the_server(chat):
    toggle(chat, "やさしい日本語")
    expect(chat.log).to_contain_text("機械です。")
    expect(chat.choices.last).to_contain_text("仕事の こと")
    assert not PAIR.search(chat.log.inner_text()), "readings are shown as ruby or not at all"
    assert chat.sent("PATCH", "")[0].post_data_json == {"easy": True}


def test_readings_stand_above_the_kanji_of_easy_texts(chat):
    toggle(chat, "やさしい日本語")
    toggle(chat, "ふりがな")
    ruby = chat.choices.last.locator("ruby", has_text="仕事").first
    expect(ruby.locator("rt")).to_have_text("しごと")


def test_readings_alone_leave_the_words_as_they_are(chat):
    before = chat.choices.last.locator("button").last.inner_text()
    toggle(chat, "ふりがな")
    chat.choices.last.locator("rt").first.wait_for()
    assert chat.choices.last.locator("button").last.evaluate(WITHOUT_READINGS) == before
    expect(chat.choices.last.locator("ruby", has_text="仕事").locator("rt").first).to_have_text("しごと")


def test_readings_of_plain_texts_are_those_that_the_knowledge_never_reads_otherwise(chat):
    readings = chat.page.request.get(f"{chat.site}/widget/readings.json").json()
    assert readings["窓口"] == "まどぐち"
    assert len(readings) > 300
    assert KNOWLEDGE.exists()


def test_choices_of_reading_outlive_the_browser_and_nothing_else_does(person):
    someone = person(DESKTOP).opens()
    menu = someone.menu()
    menu.get_by_text("とても大きい").click()
    menu.get_by_role("switch", name="ふりがな").click()
    someone.page.wait_for_timeout(100)
    assert set(someone.page.evaluate("() => Object.keys(localStorage)")) == {"shirube.reading"}
    someone.page.reload()
    someone.choices.first.wait_for()
    size = someone.log.evaluate("log => getComputedStyle(log).fontSize")
    assert size == "24px"


def test_dark_follows_the_device_and_can_be_chosen(person):
    ground = "e => getComputedStyle(e).backgroundColor"
    dark = person(PHONE, color_scheme="dark").opens()
    panel = dark.page.locator("shirube-chat .panel")
    assert panel.evaluate(ground) == "rgb(26, 26, 28)"
    dark.menu().get_by_text("明るい", exact=True).click()
    assert panel.evaluate(ground) == "rgb(255, 255, 255)"


def test_forced_colours_keep_every_border(person):
    someone = person(PHONE, forced_colors="active").opens()
    assert someone.choices.locator("button").first.evaluate("b => getComputedStyle(b).borderTopWidth") == "1px"
    assert not someone.violations()


def test_reduced_motion_moves_nothing(person):
    someone = person(PHONE, reduced_motion="reduce").opens()
    assert someone.page.locator("shirube-chat .scroller").evaluate("e => getComputedStyle(e).scrollBehavior") == "auto"


def test_a_device_without_a_voice_of_its_own_says_so(chat):
    """Voices that work over the net would hand the words to a company: they are not used."""
    chat.menu().get_by_role("switch", name="声で読み上げる").click()
    chat.closes_dialog()
    expect(chat.page.locator("shirube-chat .status")).to_contain_text("日本語の声がありません")


def test_with_a_voice_every_answer_is_read_and_a_new_message_interrupts(person):
    someone = person()
    someone.page.add_init_script("""
      window.spoken = [];
      const synth = {getVoices: () => [{lang: 'ja-JP', localService: true, name: 'own'}], speak: (s) => spoken.push(s.text),
                     cancel: () => spoken.push('-'), addEventListener() {}};
      Object.defineProperty(window, 'speechSynthesis', {value: synth});
      window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } };
    """)
    someone.opens()
    someone.menu().get_by_role("switch", name="声で読み上げる").click()
    someone.closes_dialog()
    someone.says("もう死にたいです")
    spoken = someone.page.evaluate("() => window.spoken")
    assert spoken[-3] == "-" or "-" in spoken
    assert any("命がいちばん大切" in words for words in spoken)


def test_numbers_within_a_text_can_be_tapped(chat):
    expect(chat.log.locator("a[href='tel:110']").first).to_be_visible()
