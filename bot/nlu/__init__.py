"""How we understand: Rasa graph components named in config.yml. Uses knowledge's keys and triage's danger patterns."""
