"""What goes wrong, and what one should know."""


class AlignError(Exception):
    """What the program says of an input that cannot be used, or of itself: what, where and what to do."""


class AlignWarning(UserWarning):
    """What the program says of a document that it could read, but perhaps not as it was meant."""
