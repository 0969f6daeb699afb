"""The chat without JavaScript: one plain form, one page for each step. Keeps nothing: the conversation's id travels in a hidden field."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.assistant.assistant import Assistant, UnknownConversation
from bot.messages import BadMessage, error_sentences
from bot.triage.danger import EmergencyNumber, dangers
from bot.triage.interview import questions
from bot.triage.replies import ChoiceReply, ChoicesReply, Reply
from knowledge.taxonomy import KNOWLEDGE, taxonomy

PAIR = re.compile(r"([一-龥々](?:[一-龥々ノヶ]*[一-龥々])?)（([ぁ-ゖー]+)）([ぁ-ゖ]?)")
NUMBER = re.compile(r"(?<![\d#-])(0\d{1,4}-\d{1,4}-\d{3,4}|#\d{4}|11[089]|18[89])(?![\d\-円人件日月年分時か％%])")
MOST_BYTES = 100_000


@dataclass(frozen=True)
class FormPage:
    """One step as the template draws it. ``typed``: words that could not be sent and must not be lost."""

    conversation: str
    replies: list[Reply]
    easy: bool = False
    note: str = ""
    typed: str = ""
    erased: bool = False


@dataclass(frozen=True)
class Sent:
    """What the form posted."""

    conversation: str
    text: str
    choice: list[str]
    question: str | None
    act: str
    easy: bool


def first_page(request: Request) -> FormPage:
    """What can be shown before there is a conversation: the nine situations and the writing field."""
    words = questions().menus["situation"]
    buttons = [ChoiceReply(value=s.key, label=s.button, easy=s.easy) for s in taxonomy().situations]
    menu = ChoicesReply(question="situation", prompt=words.prompt, easy=words.easy, choices=buttons)
    return FormPage("", [menu], easy=request.query_params.get("easy") == "1")


async def answer(request: Request) -> FormPage:
    """Take one step. Whatever goes wrong is a sentence on the page, with the typed words kept."""
    sent = _read(await _body(request))
    assistant: Assistant = request.app.state.assistant
    area = request.app.state.settings.default_area
    try:
        if sent.act in ("erase", "again"):
            return await _forget(assistant, sent, area)
        return await _step(assistant, sent, area)
    except UnknownConversation:
        ident, replies = await assistant.begin("web", area, sent.easy)
        return FormPage(ident, replies, sent.easy, error_sentences().unknown_conversation, sent.text)


async def _step(assistant: Assistant, sent: Sent, area: str) -> FormPage:
    ident = sent.conversation
    replies: list[Reply] = []
    if not ident:
        ident, replies = await assistant.begin("web", area, sent.easy)
    elif assistant.case(ident).easy != sent.easy:
        assistant.set_easy(ident, sent.easy)
    try:
        if sent.choice:
            replies = await assistant.choose(ident, sent.choice, sent.question)
        elif sent.act == "send":
            replies = await assistant.turn(ident, sent.text)
        elif not replies:
            replies = assistant.redraw(ident)
    except BadMessage as error:
        return FormPage(ident, assistant.redraw(ident), sent.easy, str(error), sent.text)
    return FormPage(ident, replies, sent.easy, typed=sent.text if sent.act == "show" else "")


async def _forget(assistant: Assistant, sent: Sent, area: str) -> FormPage:
    if sent.conversation:
        assistant.erase(sent.conversation)
    if sent.act == "erase":
        return FormPage("", [], sent.easy, erased=True)
    ident, replies = await assistant.begin("web", area, sent.easy)
    return FormPage(ident, replies, sent.easy)


async def _body(request: Request) -> str:
    """The posted form; what is longer than any form of ours is cut off."""
    body = b""
    async for part in request.stream():
        body = (body + part)[:MOST_BYTES]
    return body.decode("ascii", "ignore")


def _read(body: str) -> Sent:
    fields = parse_qs(body, keep_blank_values=True, errors="ignore", max_num_fields=None)
    one = {name: values[-1] for name, values in fields.items()}
    return Sent(
        conversation=one.get("conversation", ""),
        text=one.get("text", "").replace("\r\n", "\n"),
        choice=fields.get("choice", [])[:20] if one.get("act", "choose") == "choose" else [],
        question=one.get("question") or None,
        act=one.get("act", "choose"),
        easy=one.get("easy") == "1",
    )


def numbers() -> tuple[EmergencyNumber, ...]:
    """The numbers that stand on every page."""
    return tuple(dangers().numbers)


@cache
def templates() -> Environment:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(words=words, tel=telephone)
    environment.tests["web_address"] = lambda value: bool(re.match(r"https?://", value or ""))
    return environment


def words(text: str | None, easy: str | None = None, speak_easily: bool = False) -> Markup:
    """A text in the wished kind of Japanese: readings as ruby, telephone numbers as links, everything else escaped."""
    chosen = str(escape((easy if speak_easily and easy else text) or ""))
    linked = NUMBER.sub(lambda m: f'<a href="{telephone(m[1])}">{m[1]}</a>', chosen)
    return Markup(PAIR.sub(r'<ruby>\1<rt aria-hidden="true">\2</rt></ruby>\3', linked))


def telephone(number: str) -> str:
    return "tel:" + re.sub(r"[^\d#*+]", "", number).replace("#", "%23")


@cache
def readings() -> dict[str, str]:
    """Readings that the knowledge uses without exception: of words of two kanji or more, and of one kanji before a certain kana."""
    heard: dict[str, set[str]] = defaultdict(set)
    for path in (*sorted(KNOWLEDGE.rglob("*.yml")), KNOWLEDGE.parent / "domain.yml"):
        for kanji, kana, following in PAIR.findall(path.read_text(encoding="utf-8")):
            if following:
                heard[kanji + following].add(kana)
            if len(kanji) > 1:
                heard[kanji].add(kana)
    return {word: kana.pop() for word, kana in heard.items() if len(kana) == 1}
