"""Who comes: how many, how old, one more or one fewer."""
