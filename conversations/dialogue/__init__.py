"""How a conversation keeps its thread: what is talked about, what was asked and offered, and who says what next."""
