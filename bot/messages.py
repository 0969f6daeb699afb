"""What is wrong with a request, and the sentences for it (``knowledge/errors.yml``)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from knowledge.schema import Form, read_form
from knowledge.taxonomy import KNOWLEDGE

COMMAND_SIGNS = "/／ 　\t\n"
KEPT_CONTROLS = "\n\t"


class ErrorSentences(Form):
    empty: str
    too_long: str
    unknown_conversation: str
    not_json: str
    invalid: str
    unknown_area: str
    not_found: str
    not_allowed: str
    busy: str
    out_of_order: str


@cache
def error_sentences() -> ErrorSentences:
    return read_form(KNOWLEDGE / "errors.yml", ErrorSentences)


class BadMessage(ValueError):
    """A message that cannot be taken; its text is a sentence for the person."""


def clean_message(text: str, most: int) -> str:
    """What may go on to be understood: no half surrogates, no control or direction characters, no command sign in front.

    Raises :class:`BadMessage` when nothing is left or it is longer than ``most`` characters.
    """
    whole = text.encode("utf-8", "ignore").decode()
    plain = "".join(
        c for c in whole if c in KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cn", "Cs")
    )
    plain = re.sub(r"(.)[\u0300-\u036f]{3,}", r"\1", plain).lstrip(COMMAND_SIGNS).rstrip()
    if not plain:
        raise BadMessage(error_sentences().empty)
    if len(plain) > most:
        raise BadMessage(error_sentences().too_long.format(most=most))
    return plain
