"""Nobody is ever sent where they cannot be taken: whoever asks, from wherever, of whatever age, by day or by night."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.triage.case import Case
from bot.triage.referral import refer, something_open, tonight_help
from knowledge.directory import WIDE, Person, is_eligible
from knowledge.hours import JAPAN
from knowledge.schema import MUNICIPALITIES
from knowledge.taxonomy import taxonomy

NEW_YEAR_NIGHT = datetime(2027, 1, 1, 3, 0, tzinfo=JAPAN)
WEEKDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=JAPAN)
CUSTODY = ("in_custody", "released", "parole", "probation", "suspended_sentence", "not_prosecuted", "fined", "juvenile")
every_situation = pytest.mark.parametrize("situation", taxonomy().keys)
every_municipality = pytest.mark.parametrize("area", MUNICIPALITIES)

an_age = st.integers(0, 110).flatmap(lambda low: st.tuples(st.just(low), st.integers(low, 110)))
a_case = st.builds(
    Case,
    situations=st.lists(st.sampled_from(taxonomy().keys), min_size=1, max_size=3, unique=True).map(tuple),
    needs=st.lists(st.sampled_from(sorted(taxonomy().need_keys)), max_size=3, unique=True).map(tuple),
    speaker=st.sampled_from([None, "self", "family", "supporter", "employer"]),
    area=st.sampled_from([None, *MUNICIPALITIES, "tokyo", "outside"]),
    district=st.sampled_from([None, "shiba", "azabu", "akasaka", "takanawa", "shibaura_konan"]),
    ages=st.none() | an_age,
    custody=st.lists(st.sampled_from(CUSTODY), max_size=2, unique=True).map(tuple),
    woman=st.sampled_from([None, True, False]),
    tonight=st.sampled_from([None, True, False]),
    phone=st.sampled_from([None, True, False]),
    default_area=st.sampled_from(MUNICIPALITIES),
)
a_moment = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)).map(lambda m: m.replace(tzinfo=JAPAN))
many = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def takes_age(window, age):
    return (window.min_age or 0) <= age <= (120 if window.max_age is None else window.max_age)


def everyone_shown(case, directory, now):
    referral = refer(case, directory, now)
    return [r.window for r in (*referral.first, *referral.more, *tonight_help(case, directory, now))]


@many
@given(case=a_case, now=a_moment)
def test_whoever_asks_is_only_sent_where_they_are_taken(directory, case, now):
    person = case.person()
    for window in everyone_shown(case, directory, now):
        assert window.public
        assert window.area in (*WIDE, person.area)
        assert not window.serves or person.area in window.serves
        assert (person.speaker or "self") in window.audience
        assert not window.custody or window.custody & person.custody
        assert not window.women_only or person.woman is True
        if person.ages is not None:
            taken = [age for age in range(person.ages[0], person.ages[1] + 1) if takes_age(window, age)]
            assert 2 * len(taken) >= person.ages[1] - person.ages[0] + 1, "most of the possible ages are not taken"


@many
@given(case=a_case, now=a_moment, age=st.integers(0, 110))
def test_a_known_age_is_always_one_that_is_taken(directory, case, now, age):
    someone = Case(**{**case.__dict__, "ages": (age, age)})
    assert all(takes_age(window, age) for window in everyone_shown(someone, directory, now))


@many
@given(case=a_case, now=a_moment)
def test_a_fifteen_year_old_is_never_sent_to_an_adults_only_window(directory, case, now):
    child = Case(**{**case.__dict__, "ages": (15, 15)})
    assert all((window.min_age or 0) <= 15 for window in everyone_shown(child, directory, now))


@many
@given(case=a_case, now=a_moment)
def test_a_komae_resident_is_never_sent_to_a_minato_only_window(directory, case, now):
    resident = Case(**{**case.__dict__, "area": "komae"})
    for window in everyone_shown(resident, directory, now):
        assert window.area not in ("minato", "nakano") and (not window.serves or "komae" in window.serves)


@many
@given(case=a_case, now=a_moment)
def test_a_family_member_is_never_sent_to_a_window_for_the_person_alone(directory, case, now):
    mother = Case(**{**case.__dict__, "speaker": "family"})
    asks_as = mother.person().speaker  # who asks as an employer is one, whoever else they are
    assert all(asks_as in window.audience for window in everyone_shown(mother, directory, now))


@given(ages=st.none() | an_age, woman=st.sampled_from([None, False]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_not_known_never_opens_a_restricted_window(directory, ages, woman):
    person = Person("minato", None, ages, frozenset(), woman)
    for window in directory:
        if window.custody or window.women_only or not window.public:
            assert not is_eligible(window, person)


@every_municipality
@every_situation
def test_each_situation_has_a_near_window_and_a_specialist(directory, situation, area):
    ages = (10, 17) if situation == "children_youth" else None
    windows = directory.for_situation(situation, Person(area, ages=ages))
    assert any(w.area == area and w.kind != "scheme" and (w.phones or w.address) for w in windows)
    assert any(w.area in WIDE and w.fit[situation] >= 2 and w.phones for w in windows)


@every_municipality
@every_situation
@pytest.mark.parametrize("speaker", ["self", "family"])
def test_at_three_on_new_years_night_somebody_answers_everyone(directory, situation, area, speaker):
    case = Case(situations=(situation,), area=area, speaker=speaker)
    answering = (*refer(case, directory, NEW_YEAR_NIGHT).first, *tonight_help(case, directory, NEW_YEAR_NIGHT))
    assert any(r.opening.state == "open" and r.window.phones for r in answering), "nobody answers, and nothing says so"
    assert something_open(refer(case, directory, NEW_YEAR_NIGHT)) or tonight_help(case, directory, NEW_YEAR_NIGHT)


@every_municipality
@every_situation
def test_without_a_phone_there_is_a_door_or_another_way(directory, situation, area):
    case = Case(situations=(situation,), area=area, phone=False)
    shown = refer(case, directory, WEEKDAY_NOON).first
    assert any(r.window.address or any(way.kind != "fax" for way in r.window.other_ways) for r in shown)


@every_municipality
def test_the_same_windows_come_back_whatever_the_index(directory, area):
    """The index by area is only a shortcut: asking every window gives the same answer."""
    person = Person(area)
    for situation in taxonomy().keys:
        slow = {w.id for w in directory if situation in w.fit and is_eligible(w, person)}
        assert {w.id for w in directory.for_situation(situation, person)} == slow
