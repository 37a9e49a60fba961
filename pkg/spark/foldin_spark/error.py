"""What cannot be used."""


class FoldinSparkError(ValueError):
    """Data or settings cannot be used; the message says what is wrong, where, and what to do."""
