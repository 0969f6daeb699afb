"""`GET /api/services`: windows by their ids, for a page that kept some or took them over by its QR code."""

from __future__ import annotations

from datetime import time

from bot.triage.phrases import hours_easy, phrases
from knowledge.hours import Closing, Hours, Rule


async def test_the_windows_that_were_asked_for_come_in_that_order(client, clock):
    answer = await client.get(
        "/api/services", params={"ids": "japan-yorisoi-hotline,nowhere,minato-shiba-seikatsu-fukushi"}
    )
    assert answer.status_code == 200
    assert [w["id"] for w in answer.json()["services"]] == ["japan-yorisoi-hotline", "minato-shiba-seikatsu-fukushi"]


async def test_what_is_for_staff_only_is_not_given(client, clock, directory):
    staff_only = [window.id for window in directory if not window.public][:5]
    answer = await client.get("/api/services", params={"ids": ",".join(staff_only)})
    assert answer.json()["services"] == []


async def test_ten_windows_at_most(client, clock, directory):
    ids = ",".join([window.id for window in directory if window.public][:30])
    assert len((await client.get("/api/services", params={"ids": ids})).json()["services"]) == 10


async def test_no_ids_or_too_many_are_answered_with_a_sentence(client, clock):
    for address in ("/api/services", f"/api/services?ids={'a' * 1001}"):
        answer = await client.get(address)
        assert answer.status_code == 422 and answer.json()["error"].endswith("。")


async def test_it_is_part_of_the_described_interface(client, clock):
    assert "/api/services" in (await client.get("/api/openapi.json")).json()["paths"]


async def test_who_reads_slowly_gets_hours_and_fee_in_easy_words(client, clock):
    answer = await client.get("/api/services", params={"ids": "minato-shiba-seikatsu-fukushi,japan-yorisoi-hotline"})
    always = answer.json()["services"][1]
    assert "時間（じかん）" in (always["hours_easy"] or always["phones"][0]["hours_easy"])


def test_confirmed_hours_are_said_in_easy_words():
    weekdays = Rule(days=("mo", "tu", "we", "th", "fr"), opens=time(8, 30), closes=time(17))
    closed = frozenset({Closing.HOLIDAYS})
    easy = hours_easy(Hours("平日8:30～17:00", True, (weekdays,), closed))
    assert easy == "月曜日（げつようび）〜金曜日（きんようび） 8:30〜17:00。祝日（しゅくじつ）は 休（やす）みです"
    night = Rule(days=("fr", "sa"), opens=time(21), closes=time(5))
    assert (
        hours_easy(Hours("", True, (night,)))
        == "金曜日（きんようび）・土曜日（どようび） 21:00〜次（つぎ）の 日（ひ）の 5:00"
    )


def test_hours_that_are_not_confirmed_are_not_put_into_easy_words():
    assert hours_easy(Hours("平日の昼間")) is None
    assert hours_easy(Hours("第3水曜", True, (Rule(days=("3we",), opens=time(9), closes=time(12)),))) is None


def test_every_fee_with_a_twin_stands_in_the_directory(directory):
    assert set(phrases().fees) <= {window.fee for window in directory}
