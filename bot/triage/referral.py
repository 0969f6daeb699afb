"""リファー: which one to three windows are shown for a case, in which order, and why. The near window first, the specialist next.

Eligibility is the directory's; this room only ranks. Rules of order follow docs/referral.md and soudan-flow.md: about four in ten
referrals of Tokyo's own line go to the near window, therefore it comes first; when a bed is needed tonight, who can act today comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.triage.case import Case
from bot.triage.danger import dangers
from bot.triage.phrases import Phrase, Said, phrases
from bot.triage.ranking import MOST_SHOWN, URGENT, WARD_OFFICE, by_urgency, choose, needs_of, rank, window_opening
from knowledge.directory import Directory, Window
from knowledge.hours import Opening, State
from knowledge.schema import MUNICIPALITIES
from knowledge.taxonomy import taxonomy

MOST_MORE = 7


@dataclass(frozen=True)
class Recommendation:
    """One window for one situation, with the reason in words and whether it is open now."""

    window: Window
    situation: str | None
    why: Said
    opening: Opening


@dataclass(frozen=True)
class Referral:
    """``first``: one to three to show at once; ``more``: the rest in order."""

    first: tuple[Recommendation, ...]
    more: tuple[Recommendation, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(r.window.id for r in self.first)


def refer(case: Case, directory: Directory, now: datetime, situations: tuple[str, ...] | None = None) -> Referral:
    """The windows for these situations (default: all that are open in the case), each situation covered as far as three allow."""
    situations = by_urgency(situations if situations is not None else case.situations)
    ranked = {key: rank(key, case, directory, now) for key in situations}
    first = choose(ranked, case)
    chosen = {window.id for window, _ in first}
    rest = dict.fromkeys((window, key) for key in situations for window, _ in ranked[key] if window.id not in chosen)
    more: dict[str, tuple[Window, str]] = {}
    for window, key in rest:
        more.setdefault(window.id, (window, key))
    return Referral(
        tuple(_recommend(window, key, case, now) for window, key in first),
        tuple(_recommend(window, key, case, now) for window, key in list(more.values())[:MOST_MORE]),
    )


def _recommend(
    window: Window, situation: str | None, case: Case, now: datetime, danger: str | None = None
) -> Recommendation:
    opening = window_opening(window, now)
    return Recommendation(window, situation, _why(window, situation, case, opening, danger), opening)


def recommend(window: Window, case: Case, now: datetime, danger: str | None = None) -> Recommendation:
    """A window that was asked for by name, or for a kind of danger, not by a situation."""
    return _recommend(window, None, case, now, danger)


def _why(window: Window, situation: str | None, case: Case, opening: Opening, danger: str | None) -> Said:
    words = phrases().why
    parts: list[Phrase] = []
    if window.area in MUNICIPALITIES and window.role == "near":
        area = phrases().areas[window.area]
        parts.append(Phrase(text=words.near.text.format(area=area.text), easy=words.near.easy.format(area=area.easy)))
    if situation is not None:
        parts.append(_subject(window, situation, case))
    elif not parts:
        parts.extend(_without_situation(window, danger))
    if window.custody and window.custody & case.person().custody:
        parts.append(words.custody)
    elif window.same_day and situation in URGENT:
        parts.append(words.same_day)
    if case.speaker in ("family", "supporter"):
        parts.append(getattr(words, case.speaker))
    if case.phone is False and window.address:
        parts.append(words.without_phone)
    elif opening.state is State.OPEN and window.phones:
        parts.append(words.answers_now)
    return Said("".join(f"{p.text}。" for p in parts[:3]), "".join(f"{p.easy}。" for p in parts[:3]))


def _subject(window: Window, situation: str, case: Case) -> Phrase:
    """What of the person's trouble this window takes: the needs it shares with the case, else the situation itself."""
    shared = [need for need in case.needs if need in window.needs]
    names = [taxonomy().need(need) for need in shared[:2]]
    form = taxonomy().situation(situation)
    text = "・".join(need.label for need in names) or form.button
    easy = "・".join(need.easy for need in names) or form.easy
    phrase = phrases().why.specialist if window.role == "specialist" else phrases().why.helps
    return phrase.filled(subject="{subject}").model_copy(
        update={"text": phrase.text.format(subject=text), "easy": phrase.easy.format(subject=easy)}
    )


def _without_situation(window: Window, danger: str | None) -> list[Phrase]:
    """That it takes this danger, or listens to anything. Of 110 and 119 neither: they are no place to talk things over."""
    listens = "first_contact" in window.themes
    if window.role == "emergency" and not listens:
        return []
    titles = [form.title for form in dangers().dangers if form.kind in window.dangers and danger in (None, form.kind)]
    if listens and (danger is None or not titles):
        return [phrases().why.listens]
    return [phrases().why.helps.filled(subject=titles[0])] if titles else [phrases().why.listens]


def something_open(referral: Referral) -> bool:
    """Whether at least one shown window is open now."""
    return any(r.opening.state is State.OPEN for r in referral.first)


def tonight_help(case: Case, directory: Directory, now: datetime) -> tuple[Recommendation, ...]:
    """Who answers at this hour when everything shown is closed: made for the trouble, or ready to listen to any; two at most."""
    person = case.person()
    general = [w for w in directory.for_theme("first_contact", person) if w.role == "emergency"]
    seen: dict[str, Recommendation] = {}
    for situation in by_urgency(case.situations):
        fitting = [w for w, _ in rank(situation, case, directory, now) if _made_for(w, situation, case)]
        for window in (*fitting, *general):
            recommendation = _recommend(window, situation if situation in window.fit else None, case, now)
            if recommendation.opening.state is State.OPEN:
                seen.setdefault(window.id, recommendation)
    by_number = {next((phone.number for phone in r.window.phones), r.window.id): r for r in reversed(seen.values())}
    return tuple(reversed(by_number.values()))[:2]


def _made_for(window: Window, situation: str, case: Case) -> bool:
    needs = needs_of(case, situation)
    return bool(needs & window.needs) or (window.fit[situation] == 3 and not needs and window.role == "emergency")


def people_to_talk_to(case: Case, directory: Directory, now: datetime) -> tuple[Recommendation, ...]:
    """Where a human listens to any trouble, each with its hours: the near first contact, Tokyo's own line, a line open now."""
    windows = directory.for_theme("first_contact", case.person())
    listening = [
        w for w in windows
        if w.phones and w.kind != "scheme" and w.district in (None, case.district or WARD_OFFICE)
        and (w.hours or any(phone.hours for phone in w.phones))
    ]  # fmt: skip
    found = [_recommend(window, None, case, now) for window in listening]
    order = (State.OPEN, State.UNKNOWN, State.CLOSED)
    near = case.person().area
    ranked = sorted(found, key=lambda r: (order.index(r.opening.state), r.window.area != near, r.window.id))
    return tuple(ranked[:MOST_SHOWN])
