"""The chat on the ward's website."""
