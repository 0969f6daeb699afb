"""Pictures of the main states, to look at. ``PICTURES=docs/pictures pytest tests/browser/test_pictures.py`` renews those of the README."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
DEVICES = {"phone": PHONE, "desktop": DESKTOP}
RELEASED = "刑務所を出たばかりで今夜泊まる所がない。金も2千円しかない"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", DEVICES)
def test_the_main_states_are_pictured(person, tmp_path, device, scheme):
    folder = Path(os.environ.get("PICTURES", tmp_path))

    def picture(chat, name: str) -> None:
        chat.page.wait_for_timeout(800)  # until the scrolling has come to rest
        path = folder / f"{name}-{device}-{scheme}.png"
        chat.page.screenshot(path=path)
        assert path.stat().st_size > 10_000

    chat = person(DEVICES[device], color_scheme=scheme).opens()
    picture(chat, "greeting")
    chat.says(RELEASED)
    picture(chat, "windows")
    chat.choices.scroll_into_view_if_needed()
    picture(chat, "question")
    chat.says("もう死にたいです")
    picture(chat, "danger")
    chat.presses("いまは安全です")
    chat.gets_to_the_end()
    chat.presses("窓口で見せるメモを作る")
    picture(chat, "memo")
    chat.menu()
    picture(chat, "menu")
    for switch in (0, 1):
        chat.page.locator("shirube-chat dialog [role=switch]").nth(switch).click()
    chat.closes_dialog()
    chat.says("家賃が払えない")
    picture(chat, "easy")
    ward = person(DEVICES[device], color_scheme=scheme).opens("/demo")
    ward.page.locator("shirube-chat .launcher").wait_for()
    picture(ward, "ward")
    ward.page.locator("shirube-chat .launcher").click()
    ward.choices.first.wait_for()
    picture(ward, "launcher")
