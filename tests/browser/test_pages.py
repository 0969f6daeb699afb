"""The pages around the widget: without scripts, in an iframe, on another site; their headers, their weight."""

from __future__ import annotations

import gzip
import http.server
import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.channels.web.pages import STATIC
from bot.triage.danger import dangers
from tests.browser.conftest import DESKTOP, PHONE, WARD

pytestmark = pytest.mark.browser
WIDGET = STATIC / "widget"


@pytest.fixture
def plain(person):
    """A person whose browser runs no scripts."""
    someone = person(PHONE, java_script_enabled=False)
    someone.page.goto(someone.site)
    return someone.page


def test_without_scripts_the_nine_situations_and_the_field_are_a_plain_form(plain):
    assert plain.locator("form.choices button").count() == 9
    expect(plain.get_by_role("link", name="110 警察")).to_be_visible()
    plain.get_by_label("困っていることを書いてください").fill("家賃が払えない")
    plain.get_by_role("button", name="送る").click()
    expect(plain.locator(".card").first).to_be_visible()
    assert plain.context.cookies() == []


def test_without_scripts_questions_dangers_and_erasing_work_too(plain):
    plain.get_by_role("button", name="住まいを探したい").click()
    expect(plain.locator(".card").first).to_be_visible()
    plain.get_by_role("button", name="答えたくない").first.click()
    plain.get_by_label("困っていることを書いてください").fill("もう死にたいです")
    plain.get_by_role("button", name="送る").click()
    expect(plain.locator(".danger a[href^='tel:']").first).to_be_visible()
    plain.get_by_role("button", name="やさしい日本語にする").click()
    expect(plain.locator("ruby").first).to_be_visible()
    plain.get_by_role("button", name="ここまでを全部消す").click()
    expect(plain.get_by_text("全部消しました")).to_be_visible()


def test_without_scripts_an_old_page_says_that_the_conversation_has_ended(plain, session_clock):
    from datetime import timedelta

    plain.get_by_role("button", name="仕事のこと").click()
    session_clock.now += timedelta(minutes=31)
    plain.get_by_label("困っていることを書いてください").fill("家賃が払えない")
    plain.get_by_role("button", name="送る").click()
    expect(plain.locator(".note")).to_contain_text("もう残っていません")
    expect(plain.get_by_label("困っていることを書いてください")).to_have_value("家賃が払えない")


def test_without_scripts_what_is_typed_is_never_executed(plain):
    plain.get_by_label("困っていることを書いてください").fill("<script>alert(1)</script><b>太い</b>" * 200)
    plain.get_by_role("button", name="送る").click()
    assert plain.locator("main b").count() == 0
    expect(plain.get_by_label("困っていることを書いてください")).to_have_value(re.compile("<b>太い</b>"))


def test_the_plain_form_has_no_violations(person):
    someone = person(PHONE)
    someone.page.route("**/*.js", lambda route: route.abort())  # the widget does not come; axe needs scripts
    someone.page.goto(someone.site)
    someone.page.wait_for_timeout(4_200)
    expect(someone.page.locator("#text")).to_be_visible()
    assert someone.violations() == []
    someone.page.locator("#text").fill("もう死にたいです")
    someone.page.get_by_role("button", name="送る").click()
    assert someone.violations() == []


@pytest.mark.parametrize("path", ["/", "/embed", "/demo", "/form"])
def test_every_page_has_a_strict_policy(chat, path):
    ask = chat.page.request.post if path == "/form" else chat.page.request.get
    headers = ask(chat.site + path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert (WARD in policy) == (path == "/embed")


def test_the_widget_weighs_at_most_60_kilobytes_compressed(chat):
    files = [p for p in WIDGET.rglob("*") if p.suffix in (".js", ".css")]
    assert sum(len(gzip.compress(p.read_bytes())) for p in files) <= 60_000


def test_the_first_paint_weighs_at_most_100_kilobytes(person):
    someone = person(DESKTOP)
    sizes: list[int] = []
    someone.page.on("response", lambda response: sizes.append(len(gzip.compress(response.body()))))
    someone.opens()
    assert sum(sizes) <= 100_000


def test_the_numbers_of_the_widget_are_those_of_the_knowledge():
    written = (WIDGET / "texts.js").read_text(encoding="utf-8")
    for entry in dangers().numbers:
        assert f'number: "{entry.number}", label: "{entry.label}", easy: "{entry.easy}"' in written


def test_a_code_is_drawn_as_the_standard_says(chat):
    """The very modules that a reader (zbar) was seen to read as this text."""
    rows = chat.page.evaluate(
        "async () => (await import('/widget/qr.js')).code('https://shirube.example/?w=minato-shiba').map(r => r.map(Number).join(''))"
    )
    expected = (Path(__file__).parent / "code.txt").read_text().split()
    assert rows == expected


def test_an_iframe_shows_the_chat(person):
    someone = person(PHONE)
    someone.page.goto(someone.site + "/embed")
    someone.choices.first.wait_for()
    assert someone.choices.locator("button").count() == 9


@pytest.fixture
def ward_site(site: str, tmp_path: Path):
    """A ward's own site on another origin, with the one line in its page and a strict policy of its own."""
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="ja"><title>区</title><h1>区</h1>'
        f'<script type="module" src="{site}/widget/shirube.js" data-area="nakano"></script>',
        encoding="utf-8",
    )

    class Ward(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(tmp_path))

        def end_headers(self) -> None:
            self.send_header(
                "Content-Security-Policy",
                f"default-src 'none'; script-src {site}; style-src {site}; connect-src {site}",
            )
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("localhost", int(WARD.rsplit(":", 1)[1])), Ward) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield WARD
        server.shutdown()


def test_one_line_puts_the_chat_on_another_site(person, ward_site):
    someone = person(DESKTOP)
    someone.page.goto(ward_site)
    someone.page.get_by_role("button", name="相談先をさがす").click()
    someone.choices.first.wait_for()
    someone.says("家賃が払えない")
    assert someone.cards.count() >= 1
    assert not someone.complaints
    someone.page.keyboard.press("Escape")
    someone.page.keyboard.press("Escape")
    someone.page.keyboard.press("Escape")
    someone.page.wait_for_url("https://www.jma.go.jp/**")
