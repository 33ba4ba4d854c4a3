"""How the database is used, whatever is kept in it."""
