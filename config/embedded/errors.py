"""What can go wrong with the servers."""


class ServerError(Exception):
    """A server cannot be started or stopped. The text says why and what to do, for the person at the keyboard."""
