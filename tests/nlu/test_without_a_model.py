"""Danger is heard even when the model cannot be loaded."""

from __future__ import annotations

import pytest

from bot.assistant.assistant import Assistant
from bot.settings import Settings


@pytest.fixture
def broken(directory, session_clock) -> Assistant:
    """The assistant of a house whose model is gone; understanding needs neither store nor clock."""
    return Assistant(None, None, lambda: directory, session_clock, Settings().max_characters)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("死にたい", "suicide"),
        ("ｼﾆﾀｲ", "suicide"),
        ("夫に殴られています", "dv"),
        ("母が倒れて動かない。意識がない", "medical"),
    ],
)
async def test_a_plain_danger_is_still_heard(broken, text, kind):
    understood = await broken.understand(text)
    assert understood.danger is not None
    assert (understood.danger.kind, understood.danger.level) == (kind, "now")


async def test_an_ordinary_message_is_still_no_danger(broken):
    understood = await broken.understand("仕事を探しています")
    assert understood.danger is None
    assert understood.selected == ()
