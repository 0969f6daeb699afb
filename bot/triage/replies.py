"""What the bot answers, whatever the channel: the reply forms of the chat contract, and how they are made from triage's values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.triage.case import Case
from bot.triage.danger import ChoiceList, DangerForm, dangers, words_for
from bot.triage.interview import Question, is_question, open_choices, question_named, questions
from bot.triage.phrases import hours_easy, opening_in_words, phrases
from bot.triage.referral import Recommendation
from knowledge.hours import State

MAP = "https://www.google.com/maps/search/?api=1&query="


class ReplyForm(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PhoneReply(ReplyForm):
    number: str
    label: str
    free: bool | None
    hours: str | None
    hours_easy: str | None = None


class WayReply(ReplyForm):
    kind: Literal["mail", "line", "chat", "visit", "fax", "web"]
    value: str


class OpenReply(ReplyForm):
    """``until`` and ``next`` are moments (ISO 8601); ``words`` says the same in Japanese."""

    state: State
    until: datetime | None = None
    next: datetime | None = None
    words: str
    words_easy: str


class ServiceReply(ReplyForm):
    """One window as a person sees it. An ``…_easy`` that is None has no やさしい日本語 twin that could be had without guessing."""

    id: str
    name: str
    area: str
    what: str
    what_easy: str
    why: str
    why_easy: str
    phones: list[PhoneReply]
    other_ways: list[WayReply]
    open: OpenReply
    hours_text: str
    hours_easy: str | None = None
    address: str | None = None
    map_url: str | None = None
    fee: str | None = None
    fee_easy: str | None = None
    bring: list[str] = []
    say: str
    verified_on: date | None = None
    source_url: str


class TextReply(ReplyForm):
    type: Literal["text"] = "text"
    text: str
    easy: str | None = None
    read_aloud: str | None = None


class ChoiceReply(ReplyForm):
    value: str
    label: str
    easy: str | None = None


class ChoicesReply(ReplyForm):
    type: Literal["choices"] = "choices"
    question: str
    prompt: str
    easy: str | None = None
    read_aloud: str | None = None
    why: str | None = None
    choices: list[ChoiceReply]
    multiple: bool = False
    skippable: bool = False
    remaining: int = 0


class ServicesReply(ReplyForm):
    type: Literal["services"] = "services"
    services: list[ServiceReply]
    more: list[ServiceReply] = []


class DangerReply(ReplyForm):
    type: Literal["danger"] = "danger"
    kind: str
    level: Literal["now", "check"]
    text: str
    easy: str | None = None
    ask: str | None = None
    tell: str | None = None
    tell_easy: str | None = None
    services: list[ServiceReply]


class MemoReply(ReplyForm):
    type: Literal["memo"] = "memo"
    lines: list[str]


class EndedReply(ReplyForm):
    type: Literal["ended"] = "ended"


Reply = Annotated[
    TextReply | ChoicesReply | ServicesReply | DangerReply | MemoReply | EndedReply, Field(discriminator="type")
]
REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
SKIP = "skip"


def service_reply(recommendation: Recommendation, now: datetime) -> ServiceReply:
    """Only what has a source: a window without a confirmed number shows none."""
    window = recommendation.window
    opening = recommendation.opening
    words = opening_in_words(opening, now)
    return ServiceReply(
        id=window.id,
        name=window.name,
        area=window.area,
        what=window.what,
        what_easy=window.what_easy,
        why=recommendation.why.text,
        why_easy=recommendation.why.easy,
        phones=[
            PhoneReply(
                number=p.number,
                label=p.label,
                free=p.free,
                hours=p.hours.text if p.hours else None,
                hours_easy=hours_easy(p.hours),
            )
            for p in window.phones
        ],
        other_ways=[WayReply(kind=way.kind, value=way.value) for way in window.other_ways],
        open=OpenReply(
            state=opening.state, until=opening.until, next=opening.next, words=words.text, words_easy=words.easy
        ),
        hours_text=window.hours.text if window.hours else "",
        hours_easy=hours_easy(window.hours),
        address=window.address,
        map_url=MAP + quote(window.address) if window.address else None,
        fee=window.fee,
        fee_easy=phrases().fees.get(window.fee or ""),
        bring=list(window.bring),
        say=window.say or "",
        verified_on=window.verified_on,
        source_url=next((s.url for s in window.sources if s.url.startswith("http")), window.sources[0].url),
    )


def services_reply(first: tuple[Recommendation, ...], more: tuple[Recommendation, ...], now: datetime) -> ServicesReply:
    return ServicesReply(services=[service_reply(r, now) for r in first], more=[service_reply(r, now) for r in more])


def question_reply(question: Question) -> ChoicesReply:
    return ChoicesReply(
        question=question.id,
        prompt=question.prompt,
        easy=question.form.easy,
        read_aloud=question.form.read_aloud,
        why=question.form.why,
        choices=[ChoiceReply(value=c.value, label=c.label, easy=c.easy) for c in question.choices]
        + [ChoiceReply(value=SKIP, label=questions().skip.label, easy=questions().skip.easy)],
        multiple=question.form.multiple,
        skippable=True,
        remaining=question.remaining,
    )


def menu_reply(menu: str, choices: tuple[Any, ...]) -> ChoicesReply:
    """One of the fixed menus; ``choices`` have a value, a label and an easy label."""
    words = questions().menus[menu]
    listed = [ChoiceReply(value=c.value, label=c.label, easy=c.easy) for c in choices]
    return ChoicesReply(question=menu, prompt=words.prompt, easy=words.easy, choices=listed)


def choice_list_reply(question: str, content: ChoiceList) -> ChoicesReply:
    choices = [ChoiceReply(value=c.value, label=c.label, easy=c.easy) for c in content.choices]
    return ChoicesReply(question=question, prompt=content.prompt, easy=content.easy, choices=choices)


def danger_reply(
    content: DangerForm, level: str, case: Case, recommendations: list[Recommendation], now: datetime
) -> DangerReply:
    text, easy = words_for(content.kind, case) if level == "now" else (content.check, content.check_easy)
    return DangerReply(
        kind=content.kind,
        level=level,
        text=text,
        easy=easy,
        ask=content.ask if level == "now" else None,
        tell=content.tell,
        tell_easy=content.tell_easy,
        services=[service_reply(r, now) for r in recommendations] or _bare_numbers(content),
    )


def _bare_numbers(content: DangerForm) -> list[ServiceReply]:
    """When the directory cannot be read: the numbers that stand in ``dangers.yml`` itself."""
    return [
        ServiceReply(
            id=number.number, name=number.label, area="japan", what=content.title, what_easy=number.easy, why=content.title,
            why_easy=number.easy, phones=[PhoneReply(number=number.number, label=number.label, free=True, hours=None)],
            other_ways=[], open=OpenReply(state=State.UNKNOWN, words="", words_easy=""), hours_text="", say=content.tell,
            source_url="",
        )
        for number in dangers().numbers
    ]  # fmt: skip


def open_question_reply(case: Case) -> ChoicesReply | None:
    """The open question or menu once more, with the choices that were offered."""
    name = case.open_question
    if is_question(name):
        return question_reply(question_named(name, case))
    if name in questions().menus:
        return menu_reply(name, tuple(c for c in open_choices(case) if c.value in case.offered))
    lists = {"check": dangers().check_choices, "way_on": dangers().way_on}
    return choice_list_reply(name, lists[name]) if name in lists else None


def as_json(reply: Any) -> dict[str, Any]:
    return REPLY.dump_python(reply, mode="json")
