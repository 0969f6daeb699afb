"""What people and browsers do that no story foresees: a defined answer, no crash, never somebody else's conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from actions import next_step
from bot.assistant.assistant import Assistant
from bot.triage.danger import dangers
from bot.triage.interview import is_question, questions
from knowledge.directory import Directory
from tests.conversations.adapters import assistant_behind
from tests.talk import Reply, Talk

AREAS = {"minato": "港区", "nakano": "中野区", "komae": "狛江市", "tokyo": "足立区"}
PLAINLY = {
    "suicide": "もう死にたいです",
    "dv": "夫に殴られて逃げてきました",
    "child_abuse": "パパに毎日なぐられています。小学生です",
    "violence_others": "包丁を持って今からあいつを刺しに行く",
    "medical": "薬を大量に飲んで意識がもうろうとしています",
    "crime_now": "闇バイトで脅されて今から強盗に行かされます",
    "victim": "さっき知らない人に殴られて財布をとられました",
}


def words_of(replies: list[Reply]) -> str:
    return "".join(reply.get("text", "") for reply in replies)


def is_apology(replies: list[Reply]) -> bool:
    said = words_of(replies)
    return "110" in said and "119" in said


async def test_a_hundred_messages_in_a_row_are_all_answered(client, clock):
    talk = await Talk.begin(client)
    said = ("仕事がない", "家賃が払えない", "中野です", "45歳です", "えっと", "ほかには？", "名前は要りますか", "答えたくない",
            "母の介護もある", "もう一度お願いします")  # fmt: skip
    asked: set[tuple[str, str]] = set()
    for number in range(100):
        replies = await talk.says(said[number % len(said)])
        assert replies, f"silence after message {number + 1}"
        for reply in replies:
            if reply["type"] == "choices" and is_question(reply["question"]):
                asked.add((reply["question"], str(reply["choices"])))
    assert len(asked) <= questions().most
    assert talk.windows_shown


async def test_two_messages_at_once_are_both_answered_and_both_kept(client, clock):
    talk = await Talk.begin(client)
    await talk.says("部屋を探しています")
    first, second = await asyncio.gather(talk.says("中野に住んでいます"), talk.says("72歳です"))
    assert first and second
    case = assistant_behind(client).case(talk.conversation)
    assert (case.area, case.ages) == ("nakano", (72, 72))


async def test_a_message_while_the_last_is_answered_waits_its_turn(client, clock):
    talk = await Talk.begin(client)
    answering = asyncio.create_task(talk.says("仕事を探しています。港区に住んでいます"))
    await asyncio.sleep(0)
    replies = await talk.says("住むところもありません。今夜から寝る場所がない")
    assert replies and await answering
    assert {"employment", "no_shelter_tonight"} <= set(assistant_behind(client).case(talk.conversation).all_situations)


async def test_a_button_pressed_twice_at_once_counts_once(client, clock):
    talk = await Talk.begin(client)
    await talk.says("家賃が払えなくなりそうです")
    assert talk.question is not None
    body, address = {"choice": "skip", "question": talk.question}, f"/api/conversations/{talk.conversation}/messages"
    once, again = await asyncio.gather(client.post(address, json=body), client.post(address, json=body))
    assert once.status_code == again.status_code == 200
    assert len(assistant_behind(client).case(talk.conversation).asked) <= 2


async def test_the_same_message_sent_twice_with_one_key_gets_one_answer(client, clock):
    talk = await Talk.begin(client)
    address, key = f"/api/conversations/{talk.conversation}/messages", {"idempotency-key": "a"}
    answers = [await client.post(address, json={"text": "仕事をさがしています"}, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize("values", [("nowhere",), ("skip",), ("employment", "housing"), ("employment", "nowhere")])
async def test_a_choice_that_no_menu_offers_is_refused_in_words(client, clock, values):
    talk = await Talk.begin(client)
    replies = await talk.chooses(*values)
    assert [reply["type"] for reply in replies] == ["text", "choices"]
    assert replies[1]["question"] == "situation"


async def test_a_choice_that_a_question_does_not_offer_is_refused_and_asked_again(client, clock):
    talk = await Talk.begin(client)
    await talk.chooses("housing")
    question = talk.question
    for values in (("osaka",), ("minato", "osaka"), ("employment",)):
        replies = await talk.chooses(*values)
        assert [reply["type"] for reply in replies] == ["text", "choices"]
        assert replies[1]["question"] == question


async def test_a_button_of_an_older_question_is_not_taken_for_the_open_one(client, clock):
    talk = await Talk.begin(client)
    await talk.chooses("housing")
    old, _ = talk.question, await talk.skips()
    open_now = talk.question
    assert old != open_now
    body = {"choice": "skip", "question": old}
    replies = (await client.post(f"/api/conversations/{talk.conversation}/messages", json=body)).json()["replies"]
    assert [reply["type"] for reply in replies] == ["text", "choices"]
    assert replies[1]["question"] == open_now


async def test_two_browsers_with_the_same_conversation_see_the_same(client, clock):
    talk = await Talk.begin(client)
    transport = client._transport
    async with httpx.AsyncClient(transport=transport, base_url="http://shirube.test") as second:
        other = Talk(second, talk.conversation)
        await talk.says("生活費が足りません")
        await other.says("中野区です")
        assert assistant_behind(client).case(talk.conversation).area == "nakano"
        drawn = [(await c.get(f"/api/conversations/{talk.conversation}")).json()["replies"] for c in (client, second)]
        assert drawn[0] == drawn[1]
        assert await talk.says("62歳です") and await other.says("ほかにはありませんか")


async def test_a_deleted_conversation_says_so_to_whatever_comes(client, clock):
    talk = await Talk.begin(client)
    await talk.says("借金が返せません")
    address = f"/api/conversations/{talk.conversation}"
    assert (await client.delete(address)).status_code == 204
    await all_say_that_it_is_gone(client, address)


async def test_a_conversation_deleted_while_it_is_answered_stays_deleted(client, clock):
    talk = await Talk.begin(client)
    address = f"/api/conversations/{talk.conversation}"
    answering = asyncio.create_task(client.post(f"{address}/messages", json={"text": "借金が返せません"}))
    await asyncio.sleep(0)
    assert (await client.delete(address)).status_code == 204
    assert (await answering).status_code in (200, 404)
    assert (await client.get(address)).status_code == 404


async def test_a_conversation_idle_for_31_minutes_has_ended(client, clock):
    talk = await Talk.begin(client)
    await talk.says("借金が返せません")
    clock.now += timedelta(minutes=31)
    await all_say_that_it_is_gone(client, f"/api/conversations/{talk.conversation}")


async def test_every_message_gives_thirty_more_minutes(client, clock):
    talk = await Talk.begin(client)
    for text in ("借金が返せません", "中野です", "ほかにはありますか"):
        clock.now += timedelta(minutes=29)
        assert await talk.says(text)


async def all_say_that_it_is_gone(client: httpx.AsyncClient, address: str) -> None:
    for answer in (
        await client.post(f"{address}/messages", json={"text": "まだありますか"}),
        await client.post(f"{address}/messages", json={"choice": "skip"}),
        await client.get(address),
        await client.patch(address, json={"easy": True}),
    ):
        assert answer.status_code == 404
        assert answer.json()["error"].endswith("。")
    await client.delete(address)  # what had ended may still be erased once
    assert (await client.delete(address)).status_code == 404


async def test_twenty_people_at_once_are_never_mixed_up(client, clock):
    places = list(AREAS.items()) * 5

    async def one(place: str, name: str, number: int) -> None:
        talk = await Talk.begin(client, area="minato")
        await talk.says("仕事をさがしています" if number % 2 else "部屋を借りたいです")
        await talk.says(f"{name}に住んでいます")
        await talk.says(f"{30 + number}歳です")
        case = assistant_behind(client).case(talk.conversation)
        assert (case.area, case.ages) == (place, (30 + number, 30 + number))
        assert case.all_situations[:1] == (("employment",) if number % 2 else ("housing",))
        near = {window["area"] for window in talk.services(talk.replies)}
        assert not near & ({"minato", "nakano", "komae"} - {place})

    await asyncio.gather(*(one(place, name, number) for number, (place, name) in enumerate(places)))


@pytest.fixture
def without_a_model(client, directory: Directory) -> Assistant:
    """The same store and clock, but no agent: what is served when the model file is missing."""
    whole = assistant_behind(client)
    return Assistant(None, whole._store, lambda: directory, whole._clock, whole._most)


@pytest.mark.parametrize("kind", list(PLAINLY))
async def test_without_a_model_every_danger_is_still_answered(without_a_model, clock, kind):
    conversation, greeting = await without_a_model.begin("web")
    assert greeting
    card = (await without_a_model.turn(conversation, PLAINLY[kind]))[0]
    assert card.type == "danger"
    assert card.kind in (kind, *(("dv", "child_abuse") if kind in ("dv", "child_abuse") else ()))
    assert sum(len(service.phones) for service in card.services) >= 2
    assert {form.kind for form in dangers().dangers} == set(PLAINLY)


async def test_without_a_model_no_message_meets_silence(without_a_model, clock):
    conversation, _ = await without_a_model.begin("web", "nakano")
    for text in ("仕事がない", "こんにちは", "😭", "人と話したい"):
        replies = await without_a_model.turn(conversation, text)
        assert is_apology([reply.model_dump() for reply in replies])
        assert any(reply.type == "services" for reply in replies)
    assert await without_a_model.choose(conversation, ["employment"])
    assert isinstance(without_a_model.redraw(conversation), list)


@pytest.fixture
async def a_broken_step(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[pytest.MonkeyPatch]:
    def breaks(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(next_step, "show_and_ask", breaks)
    yield monkeypatch


async def test_an_action_that_raises_gives_the_apology_and_the_talk_goes_on(client, clock, a_broken_step, caplog):
    talk = await Talk.begin(client)
    replies = await talk.says("仕事をさがしています。名前は山田です")
    assert is_apology(replies)
    assert "山田" not in caplog.text
    a_broken_step.undo()
    assert talk.services(await talk.says("仕事をさがしています"))


async def test_a_store_that_cannot_write_does_not_end_in_silence(client, clock, monkeypatch):
    talk = await Talk.begin(client)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(assistant_behind(client)._store, "write", full)
    assert await talk.says("もう死にたいです")
