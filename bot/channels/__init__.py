"""The faces: each draws the same replies its own way."""
