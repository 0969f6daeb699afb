"""One turn of conversation: the Rasa agent inside this process, channel-neutral replies."""
