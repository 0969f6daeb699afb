"""How we decide: the case, danger, the next question, the referral. Pure Python: no Rasa, no web, no clock of its own."""
