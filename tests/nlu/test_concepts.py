"""The same thing said in many ways is heard as the same."""

from __future__ import annotations

import pytest

from bot.nlu.concepts import ConceptsFile
from knowledge.schema import KnowledgeError, read_form


@pytest.mark.parametrize(
    "text", ["夫に殴られた", "旦那にどつかれて", "ﾀﾞﾝﾅﾆﾅｸﾞﾗﾚﾀ", "おやじに手をあげられた", "彼からビンタされた"]
)
def test_being_hit_is_one_thing_in_many_words(tiny, text):
    assert "hit_suffered" in tiny.views(text).concepts


def test_two_concepts_in_one_sentence_are_a_pair_and_those_of_two_sentences_are_not(tiny):
    assert "fear&hit_suffered" in tiny.views("殴られるのが怖い").concepts
    assert "fear&hit_suffered" not in tiny.views("昨日は殴られた。夜道が怖いね").concepts


@pytest.mark.parametrize("text", ["", "😂", "ごみの収集日を教えて", "あ" * 5000])
def test_messages_without_harm_name_nothing(tiny, text):
    assert tiny.views(text).concepts == ()


@pytest.mark.parametrize(("pattern", "says"), [("ナイフ", "hiragana"), ("(", "regular expression")])
def test_a_mistake_in_the_file_is_told_with_the_concept(tmp_path, pattern, says):
    path = tmp_path / "concepts.yml"
    path.write_text(f"concepts: {{weapon: ['{pattern}']}}", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=f"weapon.*{says}"):
        read_form(path, ConceptsFile)
