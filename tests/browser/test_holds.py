"""Slow answers, lost connections, expired conversations, denied storage: said in plain words, nothing lost, nothing sent twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Route, expect

pytestmark = pytest.mark.browser
MESSAGES = "**/api/conversations/*/messages"


def send(chat, text: str = "家賃が払えない") -> None:
    chat.field.fill(text)
    chat.page.locator("shirube-chat button.send").click()


def test_a_typing_sign_comes_at_once_and_an_apology_with_a_number_after_eight_seconds(chat):
    held: list[Route] = []
    chat.page.route(MESSAGES, lambda route: held.append(route))
    chat.page.clock.install()
    send(chat)
    chat.page.clock.run_for(300)
    expect(chat.page.locator("shirube-chat .typing")).to_be_visible()
    status = chat.page.locator("shirube-chat .status")
    expect(status).to_be_empty()
    chat.page.clock.run_for(7_800)
    expect(status).to_contain_text("お待たせして")
    expect(status.locator("a[href='tel:0120279338']")).to_be_visible()
    held[0].continue_()
    chat.cards.first.wait_for()
    expect(status).to_be_empty()
    expect(chat.page.locator("shirube-chat .typing")).to_be_hidden()


def test_a_short_loss_of_connection_is_not_even_noticed(chat):
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        lost.append(route.request.headers["idempotency-key"])
        route.abort() if len(lost) == 1 else route.continue_()

    chat.page.route(MESSAGES, lose_the_first)
    chat.says("家賃が払えない")
    assert len(lost) == 2
    assert lost[0] == lost[1], "the second try must be the same message"
    assert chat.page.locator("shirube-chat .mine").count() == 1


def test_a_long_loss_keeps_the_words_and_sends_them_again_by_one_press(chat):
    chat.page.clock.install()
    chat.page.route(MESSAGES, lambda route: route.abort())
    send(chat)
    for _ in range(6):
        chat.page.clock.run_for(1_000)
        chat.page.wait_for_timeout(50)
    unsent = chat.page.locator("shirube-chat .unsent")
    expect(unsent).to_contain_text("まだ送れていません")
    expect(unsent.locator("a[href^='tel:']")).to_be_visible()
    keys = {request.headers["idempotency-key"] for request in chat.sent()}
    chat.page.unroute(MESSAGES)
    unsent.locator("[data-act=again]").click()
    chat.cards.first.wait_for()
    assert keys == {chat.sent()[-1].headers["idempotency-key"]}
    expect(unsent).to_have_count(0)


def test_unsent_words_can_be_written_anew(chat):
    chat.page.clock.install()
    chat.page.route(MESSAGES, lambda route: route.abort())
    send(chat, "書きかけの言葉")
    for _ in range(6):
        chat.page.clock.run_for(1_000)
        chat.page.wait_for_timeout(50)
    chat.page.locator("shirube-chat [data-act=rewrite]").click()
    assert chat.field.input_value() == "書きかけの言葉"
    assert chat.page.locator("shirube-chat .mine").count() == 0


def test_the_connection_that_comes_back_sends_by_itself(chat):
    chat.page.clock.install()
    chat.page.context.set_offline(True)
    send(chat)
    for _ in range(6):
        chat.page.clock.run_for(1_000)
        chat.page.wait_for_timeout(50)
    chat.page.locator("shirube-chat .unsent").wait_for()
    chat.page.context.set_offline(False)
    chat.cards.first.wait_for()


def test_a_choice_that_did_not_get_through_can_be_made_again(chat):
    chat.page.clock.install()
    chat.page.route(MESSAGES, lambda route: route.abort())
    chat.choices.get_by_text("住まいを探したい", exact=True).click()
    for _ in range(6):
        chat.page.clock.run_for(1_000)
        chat.page.wait_for_timeout(50)
    chat.page.unroute(MESSAGES)
    chat.page.locator("shirube-chat [data-act=rewrite]").click()
    assert chat.choices.locator("button").count() == 9
    chat.presses("仕事のこと")


def test_an_answer_that_was_lost_on_its_way_back_is_not_taken_twice(chat):
    """The server must answer a message id it has seen with the answer it gave."""
    answers: list[str] = []

    def lose_the_answer(route: Route) -> None:
        answers.append(route.fetch().text())
        route.abort() if len(answers) == 1 else route.fulfill(body=answers[-1], content_type="application/json")

    chat.page.route(MESSAGES, lose_the_answer)
    chat.choices.get_by_text("住まいを探したい", exact=True).click()
    chat.turns.nth(1).wait_for()
    assert answers[0] == answers[1]
    assert chat.cards.count() >= 1


def test_an_expired_conversation_begins_anew_and_keeps_what_was_typed(chat, session_clock):
    chat.says("家賃が払えない")
    session_clock.now += timedelta(minutes=31)
    send(chat, "来月からどうしよう")
    expect(chat.log).to_contain_text("前の会話は消えました")
    expect(chat.field).to_have_value("来月からどうしよう")
    expect(chat.choices.locator("button")).to_have_count(9)
    chat.page.locator("shirube-chat button.send").click()
    expect(chat.page.locator("shirube-chat .typing")).to_be_hidden()


def test_an_expired_conversation_is_said_so_after_a_reload(chat, session_clock):
    chat.says("家賃が払えない")
    session_clock.now += timedelta(minutes=31)
    chat.page.reload()
    expect(chat.log).to_contain_text("前の会話は消えました")
    expect(chat.choices.locator("button")).to_have_count(9)


def test_when_the_server_is_down_the_emergency_numbers_stay(chat, person):
    other = person()
    other.page.route("**/api/**", lambda route: route.abort())
    other.page.clock.install()
    other.page.goto(other.site)
    for _ in range(6):
        other.page.clock.run_for(1_000)
        other.page.wait_for_timeout(50)
    expect(other.log).to_contain_text("つながりにくくなっています")
    for number in ("110", "119"):
        expect(other.page.locator(f"shirube-chat .emergency a[href='tel:{number}']")).to_be_visible()
    other.page.locator("shirube-chat .emergency summary").click()
    expect(other.page.locator("shirube-chat .emergency a[href='tel:0120279338']")).to_be_visible()
    other.page.unroute("**/api/**")
    other.page.locator("shirube-chat [data-act=try_again]").click()
    other.choices.first.wait_for()


@pytest.mark.parametrize("denied", ["sessionStorage", "localStorage"])
def test_denied_storage_is_no_hindrance(person, denied):
    someone = person()
    someone.page.add_init_script(
        f"Object.defineProperty(window, '{denied}', {{get() {{ throw new DOMException('denied', 'SecurityError') }}}})"
    )
    someone.opens()
    someone.says("家賃が払えない")
    someone.menu().get_by_role("switch", name="やさしい日本語").click()
    someone.closes_dialog()
    someone.says("仕事もない")
    assert len({request.url for request in someone.sent()}) == 1, "one conversation"


def test_no_cookie_is_ever_set(chat):
    chat.says("家賃が払えない")
    assert chat.page.context.cookies() == []


def test_two_messages_in_quick_succession_are_answered_in_order(chat):
    send(chat, "家賃が払えない")
    send(chat, "仕事もない")
    expect(chat.turns).to_have_count(3)
    assert [request.post_data_json["text"] for request in chat.sent()] == ["家賃が払えない", "仕事もない"]
