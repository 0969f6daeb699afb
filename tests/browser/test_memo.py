"""The memo to show at a window: on paper, copied, saved, shared; all of it on the person's own device."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP

pytestmark = pytest.mark.browser
ADDED = "右の耳が聞こえにくいです"


@pytest.fixture
def memo(person):
    someone = person(DESKTOP, permissions=["clipboard-read", "clipboard-write"]).opens()
    someone.says("刑務所を出たばかりで今夜泊まる所がない。金も2千円しかない")
    someone.gets_to_the_end()
    someone.presses("窓口で見せるメモを作る")
    someone.page.get_by_label("伝えたいことを書き足せます").fill(ADDED)
    someone.asked.clear()
    return someone


def test_the_memo_prints_on_one_page_and_only_the_memo(memo, tmp_path: Path):
    memo.page.evaluate("() => { window.print = () => {} }")
    memo.page.locator("[data-act=print]").click()
    memo.page.emulate_media(media="print")
    expect(memo.page.locator(".shirube-sheet")).to_contain_text(ADDED)
    expect(memo.page.locator("main")).to_be_hidden()
    paper = tmp_path / "memo.pdf"
    memo.page.pdf(path=paper, format="A4")
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper.read_bytes())) == 1
    memo.page.emulate_media(media="screen")
    expect(memo.page.locator(".shirube-sheet")).to_have_count(0)  # the browser has said that it has printed
    expect(memo.page.locator("main")).to_be_visible()


def test_the_memo_is_copied_with_what_was_added(memo):
    memo.page.locator("[data-act=copy]").click()
    expect(memo.page.locator("shirube-chat .status")).to_contain_text("コピーしました")
    copied = memo.page.evaluate("() => navigator.clipboard.readText()")
    assert "相談メモ" in copied
    assert copied.endswith(ADDED)


def test_the_memo_is_saved_under_a_name_that_says_nothing(memo, tmp_path: Path):
    with memo.page.expect_download() as waiting:
        memo.page.locator("[data-act=save]").click()
    assert waiting.value.suggested_filename == "memo.txt"
    waiting.value.save_as(tmp_path / "memo.txt")
    assert ADDED in (tmp_path / "memo.txt").read_text(encoding="utf-8-sig")


def test_nothing_of_the_memo_is_sent(memo):
    memo.page.locator("[data-act=copy]").click()
    assert [request.url for request in memo.asked if not request.url.startswith("blob:")] == []


def test_the_memo_can_be_handed_to_another_app(person):
    someone = person()
    someone.page.add_init_script("navigator.share = async (data) => { window.shared = data.text }")
    someone.opens()
    someone.says("家賃が払えない")
    someone.gets_to_the_end()
    someone.presses("窓口で見せるメモを作る")
    someone.page.locator("[data-act=share]").click()
    assert "相談メモ" in someone.page.evaluate("() => window.shared")
