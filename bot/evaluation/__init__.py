"""How well it understands: figures on messages it was never trained on. Above the assistant; nothing of the product imports it."""
