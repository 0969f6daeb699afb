"""A handful of utterances by two writers, and the components of ``config.yml`` trained on them: small, but the real thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language

from bot.nlu.acts import ActClassifier
from bot.nlu.dangers import DangerDetector
from bot.nlu.featurizer import JapaneseFeaturizer
from bot.nlu.ginza_nlp import GinzaNLP
from bot.nlu.hearing import FactExtractor
from bot.nlu.situations import SituationClassifier
from bot.nlu.views import Views, views_of

TOLD = {  # every class needs examples by each writer; the second and fourth are by the other one
    "no_shelter_tonight": ("今夜寝る所がない", "今夜泊まる場所がありません", "泊まる所を追い出された", "駅で寝ています、泊まる所がない"),
    "housing": ("部屋を借りたい", "アパートを探しています", "保証人がいなくて部屋を借りられない", "アパートの部屋の審査に落ちた"),
    "livelihood": ("借金が返せない", "生活が苦しくて借金がある", "家賃と電気代が払えない", "電気代が払えなくて生活が苦しい"),
    "employment": ("仕事を探しています", "仕事が見つからない", "面接で仕事を断られた", "仕事をクビになった"),
    "elderly": ("認知症の父の介護", "八十歳の母の介護で疲れた", "年寄りの母がひとり暮らし", "父が認知症かもしれない"),
    "disability": ("発達障害があります", "障害者手帳を取りたい", "知的障害の手帳", "発達障害かもしれない"),
    "mental_health_addiction": ("お酒がやめられない", "パチンコがやめられない", "薬物がやめられない", "眠れなくてお酒を飲む"),
    "relearning": ("高校に行き直したい", "勉強をやり直したい", "高校の卒業資格がほしい", "読み書きの勉強がしたい"),
    "children_youth": ("中学生の息子が学校に行かない", "娘が家出した", "息子が学校で万引きした", "中学生の娘がいじめられている"),
}  # fmt: skip
DANGERS = {
    "suicide": ("死にたい", "もう死にたいです"),
    "dv": ("夫に殴られた", "夫に殴られています"),
    "child_abuse": ("父に叩かれる子ども", "子どもが父に叩かれています"),
    "violence_others": ("あいつを殺す", "あいつを殺してやる"),
    "medical": ("母が倒れて意識がない", "倒れて意識がありません"),
    "crime_now": ("闇バイトで脅されている", "闇バイトを抜けたいのに脅される"),
    "victim": ("知らない男に襲われた", "さっき男に襲われた"),
}
TALK = ("こんにちは", "ありがとう", "今日は暑いですね", "粗大ごみの出し方", "暑くて死にそう", "死ぬほど眠い")


class Bench:
    """Trains and asks components one by one, as Rasa's graph would."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ginza = GinzaNLP.create({**GinzaNLP.get_default_config(), "model": "ja_ginza"}, None, None, None)
        self._trained: list = []

    def train(self, data: TrainingData) -> Bench:
        for made in (JapaneseFeaturizer, ActClassifier, FactExtractor, SituationClassifier, DangerDetector):
            component = made.create({}, *self._wiring(made))
            component.train(data, *self._given(component))
            data = component.process_training_data(data, *self._given(component))
            self._trained.append(component)
        return self

    def _given(self, component: object) -> tuple:
        """What the graph hands on beside the messages: GiNZA, to the featurizer."""
        return (self._ginza.provide(),) if isinstance(component, JapaneseFeaturizer) else ()

    def loaded_again(self) -> Bench:
        """Another one with what was stored."""
        other = Bench.__new__(Bench)
        other._folder, other._ginza = self._folder, self._ginza
        other._trained = [type(one).load({}, *self._wiring(type(one))) for one in self._trained]
        return other

    def ask(self, text: str) -> Message:
        messages = [Message({TEXT: text})]
        for component in self._trained:
            messages = component.process(messages, *self._given(component))
        return messages[0]

    @property
    def nlp(self) -> Language:
        return self._ginza.provide().model

    def views(self, text: str) -> Views:
        return views_of(self.nlp, text)

    def _wiring(self, made: type) -> tuple:
        return LocalModelStorage.create(self._folder), Resource(made.__name__), ExecutionContext(GraphSchema({}))


def tiny_training_data() -> TrainingData:
    told = [(texts, "tell_situation", [key], None) for key, texts in TOLD.items()]
    dangers = [(texts, "tell_situation", [], f"{kind}:now") for kind, texts in DANGERS.items()]
    data = TrainingData()
    for texts, act, situations, danger in (*told, *dangers, (TALK, "small_talk", [], None)):
        for number, text in enumerate(texts):
            about = {"situations": situations, "danger": danger, "speaker": "self", "hand": f"h{number % 2}"}
            data.training_examples.append(Message({TEXT: text, INTENT: act, METADATA: {METADATA_EXAMPLE: about}}))
    return data


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Trained on the tiny set."""
    return Bench(tmp_path_factory.mktemp("components")).train(tiny_training_data())
