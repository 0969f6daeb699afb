"""Which of the windows that may take a person come first. Points for each window, then one near, one special, and the next best.

About four in ten referrals of Tokyo's own line go to the near window (soudan-flow), therefore it comes first where it takes the
trouble; when a bed is needed tonight, who can act at this hour does. Eligibility is decided in ``knowledge.directory``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.triage.case import Case
from knowledge.directory import Directory, Person, Window
from knowledge.hours import Opening, State, opening_at
from knowledge.schema import MUNICIPALITIES
from knowledge.taxonomy import taxonomy

URGENT = ("no_shelter_tonight",)
BESIDE = (
    "family_response",
)  # asks how, not what: a window for one thing only must also be for the thing that was told
WARD_OFFICE = (
    "shiba"  # the district whose counters are in Minato's ward office itself: shown while the district is unknown
)
MOST_SHOWN = 3
OLD = 65  # a window that ends below this age is for the young: not the first guess while no age is known
NARROW = 2  # a window that names no more things than this is for these only
GOOD_ENOUGH = 0.7  # share of the near window's points that a specialist needs who does not name the trouble
Ranked = list[tuple[Window, float]]


def by_urgency(situations: tuple[str, ...]) -> tuple[str, ...]:
    """The urgent situation first, the others in the order in which they were heard."""
    return tuple(sorted(situations, key=lambda key: key not in URGENT))


def window_opening(window: Window, now: datetime) -> Opening:
    """The best of the window's own hours and those of its phones."""
    candidates = [window.hours, *(phone.hours for phone in window.phones)]
    openings = [opening_at(hours, now) for hours in candidates if hours is not None]
    order = (State.OPEN, State.CLOSED, State.UNKNOWN)
    return min(openings, key=lambda opening: order.index(opening.state), default=opening_at(None, now))


def rank(situation: str, case: Case, directory: Directory, now: datetime) -> Ranked:
    """Every eligible window for this situation with its points, best first."""
    scored = [
        (w, _score(w, situation, case, now)) for w in directory.for_situation(situation, _person(case, situation))
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].id))


def _person(case: Case, situation: str) -> Person:
    """Who hires is an employer for the windows of work only."""
    return replace(case.person(), speaker=replace(case, situations=(situation,)).person().speaker)


def needs_of(case: Case, situation: str) -> set[str]:
    """The needs of the case that belong to this situation; none told, a state of custody says what is needed (an old man
    who came out of prison needs what the old need who came out)."""
    told = {need for need in case.needs if taxonomy().situation_of_need(need) == situation}
    return told or {form.key for form in taxonomy().situation(situation).needs if set(form.custody) & set(case.custody)}


def _score(window: Window, situation: str, case: Case, now: datetime) -> float:
    """Points for a window; each line is one reason that could be said aloud."""
    person = case.person()
    needs = needs_of(case, situation)
    points = 10.0 * window.fit[situation]
    points += _points_for_needs(window, situation, needs)
    points += 6 * (window.area == person.area and window.area in MUNICIPALITIES)
    points += 2 * (person.area in window.serves)
    points += 5 * (window.district is not None and window.district == case.district)
    points -= 4 * (window.district is not None and window.district not in (case.district, WARD_OFFICE))
    points += 8 * bool(window.custody and window.custody & person.custody)
    points += 4 * (person.ages is not None and (window.min_age is not None or window.max_age is not None))
    points -= 6 * (person.ages is None and (window.max_age or OLD) < OLD)
    points += 3 * (case.speaker in ("family", "supporter") and "self" not in window.audience)
    points += _points_for_the_hour(window, situation, case, now)
    points += _points_for_ways_in(window, case)
    points -= 6 * (window.kind == "scheme")
    points -= _too_grave(window, needs, case)
    return points


def _points_for_needs(window: Window, situation: str, needs: set[str]) -> float:
    """A known need wants a window that names it; while none is known, a broad window is better than a narrow one."""
    named = _named(window, situation)
    if needs:
        met = len(_met(window, situation, needs))
        return 11 + met if met else -8 if named else 0
    if len(named.difference(BESIDE)) == 1:  # for one thing only, and that was not told
        return -2
    return 1.5 * min(len(named), 4) if named else 4


def _met(window: Window, situation: str, needs: set[str]) -> set[str]:
    """The needs that it takes. A group for the families of gamblers does not take a family that never spoke of gambling."""
    named = _named(window, situation)
    topics = named.difference(BESIDE)
    if topics and len(topics) <= NARROW and not needs & topics:
        return set()
    return needs & named


def _named(window: Window, situation: str) -> set[str]:
    return {need for need in window.needs if taxonomy().situation_of_need(need) == situation}


def _points_for_the_hour(window: Window, situation: str, case: Case, now: datetime) -> float:
    """Tonight it matters most who answers at this hour and can act today."""
    state = window_opening(window, now).state
    if situation in URGENT or case.tonight is True:
        return {State.OPEN: 6, State.CLOSED: -3, State.UNKNOWN: 0}[state] + 8 * (
            window.same_day and state is not State.CLOSED
        )
    return 2 * (state is State.OPEN)


def _points_for_ways_in(window: Window, case: Case) -> float:
    if case.phone is False:
        return 0 if window.address else -11
    points = 5 * any(phone.primary for phone in window.phones) - 6 * (not window.phones)
    return points - 10 * (not window.phones and not window.other_ways and not window.address)


def _too_grave(window: Window, needs: set[str], case: Case) -> float:
    """Lifelines and emergency numbers are for dangers, not for ordinary trouble; regular windows that name the need stay."""
    if not window.dangers or case.tonight is True or case.situations[:1] == URGENT:
        return 0
    if needs & window.needs:
        return 4 if window.role == "emergency" else 0
    return 8


def choose(ranked: dict[str, Ranked], case: Case) -> list[tuple[Window, str]]:
    """Near and specialist for one situation; with several, the best for each in turn until three are there."""
    orders = {key: _near_then_specialist(key, ranked[key], case) for key in ranked}
    chosen: dict[str, tuple[Window, str]] = {}
    for depth in range(MOST_SHOWN):
        for key, order in orders.items():
            covered = depth == 0 and any(window.fit.get(key, 0) >= 2 for window, _ in chosen.values())
            if len(chosen) < MOST_SHOWN and depth < len(order) and not covered:
                chosen.setdefault(order[depth].id, (order[depth], key))
    return list(chosen.values())


def _near_then_specialist(situation: str, ranked: Ranked, case: Case) -> list[Window]:
    """The near window first, unless only the specialist names what is needed; then whoever takes what is still left open."""
    windows = _without_twins([window for window, _ in ranked])
    points, needs = {window.id: p for window, p in ranked}, needs_of(case, situation)
    near = next((w for w in windows if w.area in MUNICIPALITIES and w.kind != "scheme"), None)
    enough = GOOD_ENOUGH * (points[near.id] if near else 0)
    specials = [w for w in windows if _is_special(w) and (_takes(w, situation, needs) or points[w.id] >= enough)]
    left = needs - _met(near, situation, needs) if near else needs
    special = next((w for w in specials if _met(w, situation, left)), next(iter(specials), None))
    if near and special and needs and not _takes(near, situation, needs) and _met(special, situation, needs):
        near, special = special, near
    first = [window for window in (near, special) if window is not None]
    left = needs.difference(*(_met(window, situation, needs) for window in first))
    rest = [window for window in windows if window not in first]
    return first + sorted(rest, key=lambda window: not _met(window, situation, left))


def _is_special(window: Window) -> bool:
    return window.area not in MUNICIPALITIES and window.role != "emergency"


def _takes(window: Window, situation: str, needs: set[str]) -> bool:
    """Whether it names a need of the case, or names none at all."""
    return not _named(window, situation) or not needs or bool(_met(window, situation, needs))


def _without_twins(windows: list[Window]) -> list[Window]:
    """Of counters that differ only in their place the best stays, and no scheme beside the window that has its number."""
    seen: set[str] = set()
    kept = []
    for window in windows:
        counter = window.id.replace(window.district.replace("_", "-"), "") if window.district else window.id
        marks = {counter, f"{window.area}{window.what}"}
        numbers = {phone.number for phone in window.phones[:1]}
        if not seen & marks and not (window.kind == "scheme" and seen & numbers):
            kept.append(window)
        seen |= marks | numbers
    return kept
