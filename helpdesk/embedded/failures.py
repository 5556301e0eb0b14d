"""What can go wrong before the desk runs, said so that the reader knows what to do."""


class CannotStart(Exception):
    """A part of the embedded desk cannot start; the message is a sentence for its reader."""
