"""Settings and their page say the same."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.settings import ROOT, Settings


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name):
    assert f"`SHIRUBE_{name.upper()}`" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("origin", ["*", "https://a.jp; script-src *", "javascript:alert(1)", "https://a.jp/path"])
def test_an_origin_that_is_none_is_refused(origin):
    with pytest.raises(ValidationError):
        Settings(allowed_origins=(origin,))


def test_a_frozen_moment_without_a_zone_is_japanese_time(monkeypatch):
    monkeypatch.setenv("SHIRUBE_NOW", "2026-12-30T21:00")
    assert Settings().clock().isoformat() == "2026-12-30T21:00:00+09:00"
