"""Rasa custom actions: one module per step of the talk, a few lines each. They ask ``bot.triage`` and hand back replies."""
