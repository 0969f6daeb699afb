"""Other ways to hear the same things, for comparison: keyword lists, TF-IDF with logistic regression, spaCy's text categoriser.

Each is trained on the same utterances and judges the same lines. Those that learn give eleven scores a text: the nine situations,
any danger, danger of level now; their thresholds are chosen on writers held out, as the product's are, never on the evaluation sets.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier

from bot.evaluation.answers import Answers
from bot.evaluation.data import CHECK, LEVELS, NO_DANGER, NOW, level_of
from bot.evaluation.metrics import NINE
from bot.nlu.labels import Label
from bot.nlu.views import normalise
from bot.triage.danger import find
from bot.triage.hearing import facts
from knowledge.taxonomy import taxonomy

Utterances = Sequence[tuple[str, Label]]
# From texts, their truth (n, 11) and other texts to those texts' scores (m, 11)
Learner = Callable[[Sequence[str], np.ndarray, Sequence[str]], np.ndarray]
FALSE_NOW, FALSE_ANY = 0.01, 0.06  # of harmless utterances of writers held out, as in bot.nlu.dangers
HANDS_APART = 5
LABEL_PARTS = re.compile(r"[・、（）()]|など|から|が(?=な)")
SHORTEST_KEYWORD = 2
EPOCHS = 3
BATCH = 64


def keywords(texts: Sequence[str]) -> Answers:
    """Counts the words of the nine's labels (knowledge/situations.yml) and the needs heard (knowledge/hearing.yml)."""
    lists = [_keywords(key) for key in taxonomy().keys]
    counts = np.array(
        [[sum(word in text for word in words) for words in lists] for text in map(normalise, texts)], float
    )
    column = {key: i for i, key in enumerate(taxonomy().keys)}
    for row, text in enumerate(texts):
        for need in facts(text).get("needs", ()):
            counts[row, column[taxonomy().situation_of_need(need)]] += 1
    found = [find(text) for text in texts]
    danger = np.array([LEVELS[one.level] if one else NO_DANGER for one in found])
    return Answers(counts, counts > 0, danger, (counts.max(axis=1) > 0).astype(float))


def _keywords(key: str) -> set[str]:
    form = taxonomy().situation(key)
    labels = [form.title, form.button, *(need.label for need in form.needs)]
    return {part for label in labels for part in LABEL_PARTS.split(label) if len(part) >= SHORTEST_KEYWORD}


def learnt(learner: Learner, utterances: Utterances, texts: Sequence[str]) -> Answers:
    """Train twice: without a fifth of the writers to choose thresholds on them, then with all to judge ``texts``."""
    words = [text for text, _ in utterances]
    truth = truth_table(utterances)
    out = held_out([label.hand for _, label in utterances])
    rest = [word for word, is_out in zip(words, out, strict=True) if not is_out]
    unseen = learner(rest, truth[~out], [word for word, is_out in zip(words, out, strict=True) if is_out])
    return judged(learner(words, truth, texts), *thresholds(unseen, truth[out]))


def held_out(hands: Sequence[str]) -> np.ndarray:
    """Bool of shape (n,): utterances of every fifth writer."""
    chosen = set(sorted(set(hands))[::HANDS_APART])
    return np.array([hand in chosen for hand in hands])


def truth_table(utterances: Utterances) -> np.ndarray:
    """Bool of shape (n, 11): the nine, any danger, danger now."""
    keys = taxonomy().keys
    levels = [level_of(label.danger) for _, label in utterances]
    return np.array([
        [*(key in label.situations for key in keys), level >= CHECK, level == NOW]
        for (_, label), level in zip(utterances, levels, strict=True)
    ])  # fmt: skip


def thresholds(scores: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, float, float]:
    """For each of the nine the threshold of its best F1; for danger those that keep false alarms rare."""
    candidates = np.linspace(0.05, 0.95, 19)
    nine = []
    for column in range(NINE):
        f1 = [f1_score(truth[:, column], scores[:, column] >= t, zero_division=0) for t in candidates]
        nine.append(float(candidates[int(np.argmax(f1))]))
    harmless = scores[~truth[:, NINE]]
    any_from = float(np.quantile(harmless[:, NINE], 1 - FALSE_ANY))
    return np.array(nine), any_from, float(np.quantile(harmless[:, NINE + 1], 1 - FALSE_NOW))


def judged(scores: np.ndarray, nine: np.ndarray, any_from: float, now_from: float) -> Answers:
    danger = np.where(scores[:, NINE + 1] >= now_from, NOW, np.where(scores[:, NINE] >= any_from, CHECK, NO_DANGER))
    situations = scores[:, :NINE]
    return Answers(situations, situations >= nine, danger, situations.max(axis=1))


def tfidf(words: Sequence[str], truth: np.ndarray, texts: Sequence[str]) -> np.ndarray:
    """Character 1- to 4-grams and one logistic regression a class."""
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True, dtype=np.float32)
    rows = vectorizer.fit_transform([normalise(word) for word in words])
    regression = LogisticRegression(C=8.0, solver="liblinear", dual=True, tol=1e-3, random_state=0)
    model = OneVsRestClassifier(regression).fit(rows, truth.astype(int))
    return np.asarray(model.predict_proba(vectorizer.transform([normalise(text) for text in texts])))


def textcat(words: Sequence[str], truth: np.ndarray, texts: Sequence[str]) -> np.ndarray:
    """spaCy's ``textcat_multilabel`` as it comes (bag of words with a small network), on GiNZA's tokens."""
    import spacy
    from spacy.training import Example

    nlp = spacy.load("ja_ginza", exclude=["parser", "ner", "tok2vec", "morphologizer", "bunsetu_recognizer"])
    names = [str(column) for column in range(truth.shape[1])]
    cats = [dict(zip(names, map(float, row), strict=True)) for row in truth]
    examples = [
        Example.from_dict(nlp.make_doc(normalise(word)), {"cats": c}) for word, c in zip(words, cats, strict=True)
    ]
    categoriser = nlp.add_pipe("textcat_multilabel")
    categoriser.initialize(lambda: examples[:200], nlp=nlp, labels=names)
    dice, optimizer = random.Random(0), nlp.create_optimizer()
    for _ in range(EPOCHS):
        dice.shuffle(examples)
        for start in range(0, len(examples), BATCH):
            categoriser.update(examples[start : start + BATCH], sgd=optimizer, drop=0.2)
    docs = categoriser.pipe(map(nlp.make_doc, map(normalise, texts)))
    return np.array([[doc.cats[name] for name in names] for doc in docs])
