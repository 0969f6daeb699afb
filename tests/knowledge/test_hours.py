"""Opening hours: what a person is told at a given moment, checked by hand against the published words."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.hours import JAPAN, Closing, Hours, Rule, State, is_closed_day, is_holiday, opening_at

TABLE = Path(__file__).parent / "opening_pairs.tsv"
PAIRS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
EVERY_DAY = ("mo", "tu", "we", "th", "fr", "sa", "su")


def moment(words: str) -> datetime | None:
    return None if words == "-" else datetime.fromisoformat(words).replace(tzinfo=JAPAN)


def hours_of(directory, name: str) -> Hours | None:
    window_id, _, number = name.partition(":")
    window = directory.get(window_id)
    assert window is not None, f"{window_id} is not in the directory"
    return next(phone.hours for phone in window.phones if phone.number == number) if number else window.hours


@pytest.mark.parametrize(("name", "at", "state", "when", "words"), PAIRS, ids=[f"{p[0]} {p[1]}" for p in PAIRS])
def test_the_window_is_open_when_its_published_words_say_so(directory, name, at, state, when, words):
    opening = opening_at(hours_of(directory, name), moment(at))
    assert opening.state == State(state), words
    assert (opening.until or opening.next) == moment(when), words


def test_there_are_at_least_three_hundred_checked_pairs():
    assert len({(pair[0], pair[1]) for pair in PAIRS}) >= 300


def test_a_confirmed_closing_that_is_written_is_in_the_rules(directory):
    """Words and rules of the same entry may not part ways."""
    for window in directory:
        for hours in (window.hours, *(phone.hours for phone in window.phones)):
            if hours is None or not hours.confirmed:
                continue
            if "年末年始は休み" in hours.text or "12/29～1/3は休み" in hours.text:
                assert Closing.NEW_YEAR in hours.closed, (window.id, hours.text)
            if "祝日は休み" in hours.text or "祝日・年末年始は休み" in hours.text:
                assert Closing.HOLIDAYS in hours.closed, (window.id, hours.text)
            if "元日を除く" in hours.text:
                assert Closing.NEW_YEARS_DAY in hours.closed, (window.id, hours.text)
            if Closing.HOLIDAYS in hours.closed:
                assert any(word in hours.text for word in ("祝", "平日", "年末年始")), (window.id, hours.text)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        ("2026-05-03", True), ("2026-05-04", True), ("2026-05-05", True), ("2026-05-06", True), ("2026-05-07", False),
        ("2026-09-21", True), ("2026-09-22", True), ("2026-09-23", True), ("2026-11-23", True), ("2026-12-29", False),
        ("2027-01-01", True), ("2027-01-02", False), ("2027-01-11", True), ("2027-03-22", True),
    ],
)  # fmt: skip
def test_substitute_and_squeezed_holidays_are_holidays(day, holiday):
    assert is_holiday(date.fromisoformat(day)) is holiday


@pytest.mark.parametrize("day", ["2026-12-28", "2027-01-04"])
def test_new_year_closing_ends_where_the_offices_open(day):
    assert not is_closed_day(date.fromisoformat(day), frozenset({Closing.NEW_YEAR}))


def test_hours_that_could_not_be_confirmed_are_unknown_at_every_moment():
    hours = Hours("昼ごろ", confirmed=False)
    assert opening_at(hours, datetime(2026, 11, 20, 12, tzinfo=JAPAN)).state is State.UNKNOWN
    assert opening_at(None, datetime(2026, 11, 20, 12, tzinfo=JAPAN)).state is State.UNKNOWN


def test_a_rule_that_has_run_out_opens_nothing():
    rule = Rule(days=EVERY_DAY, opens=time(9), closes=time(17), valid_to=date(2026, 3, 31))
    opening = opening_at(Hours("3月まで", True, (rule,)), datetime(2026, 4, 1, 12, tzinfo=JAPAN))
    assert opening.state is State.CLOSED and opening.next is None


def test_a_rule_that_begins_later_says_when():
    rule = Rule(days=EVERY_DAY, opens=time(9), closes=time(17), valid_from=date(2026, 4, 1))
    opening = opening_at(Hours("4月から", True, (rule,)), datetime(2026, 3, 30, 12, tzinfo=JAPAN))
    assert opening.next == datetime(2026, 4, 1, 9, tzinfo=JAPAN)


a_rule = st.builds(
    Rule,
    days=st.sets(st.sampled_from(EVERY_DAY), min_size=1).map(tuple),
    opens=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    closes=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
some_hours = st.builds(
    Hours,
    text=st.just("words"),
    confirmed=st.just(True),
    rules=st.lists(a_rule, min_size=1, max_size=3).map(tuple),
    closed=st.sets(st.sampled_from(list(Closing))).map(frozenset),
)
a_moment = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)).map(lambda m: m.replace(tzinfo=JAPAN))


@given(some_hours, a_moment)
def test_what_is_promised_comes_true(hours, now):
    """When it says closed until X, X is open; when it says open until X, X is closed."""
    opening = opening_at(hours, now)
    if opening.state is State.OPEN and opening.until is not None:
        assert opening.until > now
        assert opening_at(hours, opening.until).state is State.CLOSED
    if opening.state is State.CLOSED and opening.next is not None:
        assert opening.next > now
        assert opening_at(hours, opening.next).state is State.OPEN
