"""Plays scripted talks against a bot and says which of them went as they should."""
