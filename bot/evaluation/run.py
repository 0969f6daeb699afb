"""``shirube evaluate``: trains, asks, counts and writes ``docs/evaluation.md``. Under fifteen minutes on two cores."""

from __future__ import annotations

import asyncio
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from math import isclose
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from actions.step import understanding_of
from bot.assistant.model import inputs_fingerprint, model_path
from bot.assistant.model import train as train_with_rasa
from bot.evaluation import baselines, diet, pictures
from bot.evaluation.answers import Answers
from bot.evaluation.data import Example, Truth, frozen, read_sets, truth_of
from bot.evaluation.metrics import FIGURES, by_situation, calibration, confusion, gate_curve, measure
from bot.evaluation.product import PRODUCT, Workshop
from bot.evaluation.report import Findings, figures_table, write_report
from bot.evaluation.slices import BY, danger_kinds, misses, slices
from bot.messages import clean_message
from bot.settings import ROOT, Settings
from bot.triage.case import Understanding

RUNS = 5
COMPARED_WITH_RASA = 50  # lines, spread over all three sets
ROUNDING = 2e-4  # scores are rounded to four digits
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures" / "evaluation"

Say = Callable[[str], None]


def evaluate(say: Say, runs: int = RUNS) -> None:
    """The whole evaluation; ``say`` is told how far it is, and the table at the end."""
    examples = read_sets()
    truth, texts = truth_of(examples), [example.text for example in examples]
    say(f"{len(examples)} evaluation lines; preparing the training utterances")
    workshop = Workshop()
    messages = workshop.messages(texts)
    answered = []
    for run in range(runs):
        say(f"run {run + 1} of {runs}")
        heard, answers = workshop.train(run).understand(messages)
        answered.append(answers)
        if run == PRODUCT:
            understood = heard
    say("asking the model of `shirube train` the same")
    same = _same_as_rasa(examples, understood)
    compared = _compare(workshop.utterances, texts, truth, say)
    found = _findings(examples, truth, understood, answered, compared, same, len(workshop.utterances))
    _draw(truth, answered, found, PICTURES)
    write_report(found, DOCS)
    say(figures_table(found.measured))
    say(f"{DOCS / 'evaluation.md'} is written")


def record_diet(say: Say) -> None:
    """Train Rasa's stock pipeline and keep its figures for the report."""
    examples = read_sets()
    say("training Rasa's stock DIET pipeline twice; this takes long")
    texts, day = [example.text for example in examples], Settings().clock().date().isoformat()
    recorded = diet.record(Workshop().utterances, texts, truth_of(examples), day, frozen())
    for figure, value in zip(FIGURES, recorded.figures, strict=True):
        say(f"{figure.name}: {value:.3f}")


def _findings(
    examples: Sequence[Example], truth: Truth, understood: Sequence[Understanding], answered: Sequence[Answers],
    compared: dict[str, Sequence[float] | None], same: tuple[int, int], utterances: int,
) -> Findings:  # fmt: skip
    product = answered[PRODUCT]
    measured = measure(truth, answered)
    return Findings(
        inputs=inputs_fingerprint(),
        utterances=utterances,
        lines=Counter(example.source for example in examples),
        measured=measured,
        by_situation=by_situation(truth, product),
        kinds=danger_kinds(examples, understood),
        slices={by: slices(by, examples, truth, product) for by in BY},
        compared={"Shirube": [one.value for one in measured], **compared},
        gap=calibration(truth, product)[3],
        gates=[answers.gate_from for answers in answered],
        misses=misses(examples, understood),
        same_as_rasa=same,
    )


def _compare(
    utterances: baselines.Utterances, texts: Sequence[str], truth: Truth, say: Say
) -> dict[str, Sequence[float] | None]:
    compared: dict[str, Sequence[float] | None] = {}
    methods: dict[str, Callable[[], Answers]] = {
        "TF-IDF + logistic regression": lambda: baselines.learnt(baselines.tfidf, utterances, texts),
        "spaCy textcat": lambda: baselines.learnt(baselines.textcat, utterances, texts),
        "keyword lists": lambda: baselines.keywords(texts),
    }
    for name, answer in methods.items():
        say(f"for comparison: {name}")
        answers = answer()
        compared[name] = [figure.of(truth, answers) for figure in FIGURES]
    recorded = diet.read_record(frozen())
    compared["DIET"] = recorded.figures if recorded else None
    return compared


def _draw(truth: Truth, answered: Sequence[Answers], found: Findings, folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pictures.draw_figures(found.measured, folder)
        pictures.draw_confusion(confusion(truth, answered[PRODUCT]), folder)
        pictures.draw_gate([gate_curve(truth, one) for one in answered], found.gates, folder)
        pictures.draw_calibration(*calibration(truth, answered[PRODUCT])[:3], folder)
        pictures.draw_comparison({name: figures for name, figures in found.compared.items() if figures}, folder)


def _same_as_rasa(examples: Sequence[Example], understood: Sequence[Understanding]) -> tuple[int, int]:
    """How many of so many lines the model trained by Rasa understands in the same way; trains it if there is none."""
    settings = Settings()
    path = model_path(settings.models_folder)
    if not path.exists():
        path = train_with_rasa(settings.models_folder)
    rows = range(0, len(examples), max(1, len(examples) // COMPARED_WITH_RASA))
    texts = [clean_message(examples[row].text, settings.max_characters) for row in rows]
    by_rasa = asyncio.run(_ask_rasa(path, texts))
    return sum(_alike(one, understood[row]) for one, row in zip(by_rasa, rows, strict=True)), len(rows)


async def _ask_rasa(model: Path, texts: Sequence[str]) -> list[Understanding]:
    agent = Agent.load(str(model))
    return [understanding_of(await agent.processor.parse_message(UserMessage(text))) for text in texts]


def _alike(one: Understanding, other: Understanding) -> bool:
    mine, theirs = ({s.key: s.score for s in side.situations} for side in (one, other))
    return (
        set(one.selected) == set(other.selected)
        and (one.danger and (one.danger.kind, one.danger.level))
        == (other.danger and (other.danger.kind, other.danger.level))
        and all(isclose(mine[key], theirs[key], abs_tol=ROUNDING) for key in mine)
    )
