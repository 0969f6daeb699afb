"""Every setting of Shirube, each with a default that runs on a bare machine. Read from ``SHIRUBE_*`` variables or ``.env``."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.hours import JAPAN

ROOT = Path(__file__).parent.parent


class Settings(BaseSettings):
    """See docs/settings.md; a test holds the two together."""

    model_config = SettingsConfigDict(env_prefix="SHIRUBE_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = f"sqlite:///{ROOT / 'var' / 'shirube.db'}"
    redis_url: str | None = None
    models_folder: Path = ROOT / "models"
    key_file: Path = ROOT / "var" / "secret.key"
    secret_key: str | None = None
    default_area: str = "minato"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    now: datetime | None = None
    session_minutes_web: Annotated[int, Field(ge=1)] = 30
    session_hours_line: Annotated[int, Field(ge=1)] = 24
    max_characters: Annotated[int, Field(ge=100)] = 2000
    allowed_origins: tuple[str, ...] = ()

    @field_validator("now")
    @classmethod
    def _in_japan(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=JAPAN) if value and value.tzinfo is None else value

    @field_validator("allowed_origins")
    @classmethod
    def _are_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        """They go into a content security policy as they are: nothing but scheme, host and port."""
        for origin in origins:
            if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?", origin):
                raise ValueError(f"{origin!r} is not an origin such as https://www.example.jp")
        return origins

    def clock(self) -> datetime:
        """The one clock: real time in Japan, or the frozen moment of ``SHIRUBE_NOW``."""
        return (self.now or datetime.now(JAPAN)).astimezone(JAPAN)
