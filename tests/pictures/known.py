"""Faults that are known and not mended yet: words out of what is said of a page, by the page's name.

A run stays green with them. It turns red again once they are not seen any more, so that the list stays true.
"""

KNOWN: dict[str, list[str]] = {
    # An empty column of the board says “None”, which reads as if a value were missing.
    "enquiries-board": ["it shows “None”"],
    # A command of `config.demo --run` does not know the demo's port: links that it sends begin with http://localhost.
    "inbox-all": ["it shows links to http://localhost,"],
    "conversation-payment": ["it shows links to http://localhost,"],
    # A help text says /chat/<slug>/ and is put into the page as markup.
    "bot": ["words are taken for markup and not shown: <slug>", "id_wordings-0-"],
    # In a table inside of a form the column's title is not tied to the fields under it (also `id_wordings` above).
    "place": ["id_hours-0-"],
}
