"""Search by free words: kana, short forms and slips of the pen, with the same answer on SQLite and PostgreSQL."""

from __future__ import annotations

import pytest

from knowledge.database import open_directory, transaction
from knowledge.search import asked_terms, search, sound

ASKED = {
    "はろーわーく": "ハローワーク", "ハロワ": "ハローワーク", "ハローワク": "ハローワーク", "ﾊﾛｰﾜｰｸ": "ハローワーク",
    "ほうてらす": "法テラス", "法てらす": "法テラス", "ﾎｳﾃﾗｽ": "法テラス", "ほーてらす": "法テラス",
    "せいかつほご": "生活保護", "生活保護": "生活保護", "セイカツホゴ": "生活保護", "せいかつほこ": "生活保護",
    "でぃーぶい": "DV", "ＤＶ": "DV", "dv": "DV",
    "ぎゃんぶる": "ギャンブル", "ほごかんさつしょ": "保護観察所", "保護観察": "保護観察所",
}  # fmt: skip


@pytest.fixture(scope="module")
def session(database_url):
    open_directory(database_url)
    with transaction(database_url) as session:
        yield session


@pytest.mark.parametrize(("words", "name"), ASKED.items())
def test_what_was_meant_is_found_first(session, words, name):
    hits = search(session, words)
    assert hits and name in hits[0].name


def test_two_words_want_the_service_that_has_both(session):
    assert search(session, "DV 港区")[0].key == "minato-dv-soudan"


@pytest.mark.parametrize(
    "nothing", ["", " ", "？！", "xyzzy qwrtp", "ヴォイニッチ手稿", "'; DROP TABLE service; --", '" OR "a', "*", "\x00"]
)
def test_nonsense_finds_nothing_and_breaks_nothing(session, nothing):
    assert search(session, nothing) == []


def test_a_very_long_text_is_searched_by_its_beginning(session):
    assert search(session, "生活保護 " * 5000)[0].score > 0


def test_what_is_for_staff_only_is_found_by_staff_only(session):
    assert "minato-aopato" not in [hit.key for hit in search(session, "青色防犯パトロール")]
    assert "minato-aopato" in [hit.key for hit in search(session, "青色防犯パトロール", staff=True)]


def test_both_databases_give_the_same_answer(tmp_path_factory):
    from tests.knowledge.conftest import postgres_database

    answers = []
    for urls in ([f"sqlite:///{tmp_path_factory.mktemp('same') / 'a.db'}"], postgres_database()):
        for url in urls:
            open_directory(url)
            with transaction(url) as session:
                answers.append(
                    [search(session, words, 50, staff=True) for words in (*ASKED, "相談", "東京 相談 窓口", "家族")]
                )
    assert answers[0] == answers[1]


def test_long_vowels_small_kana_and_width_do_not_matter():
    assert sound("ディーブイ") == sound("でぃーぶい") == sound("ﾃﾞｨｰﾌﾞｲ") == "でいぶい"
    assert asked_terms("ハロワ") == ("はろ", "ろわ")
