"""What can go wrong, and how a program should end.

    ClaimtrackError                 1  nothing could be done
    ├── DocumentError               3  one input failed, the rest go on
    │   ├── UnreadableDocument         missing file, no permission, broken PDF, binary data
    │   └── EmptyDocument              a file, page or record without text
    ├── StoreError                  1  the store cannot be opened, read or written
    │   └── StoreVersionError          the store was written by a newer claimtrack
    ├── ModelError                  1  weights or a spaCy pipeline are missing or broken
    └── LexiconError                1  a lexicon or alias file does not hold what it should
UsageError                          2  an option's value makes no sense (also a ClaimtrackError)

The library raises these and nothing of its own besides; foreign errors are mapped where they enter. It never
prints and never exits: only `cli` turns an error into a message and an exit code.
"""


class ClaimtrackError(Exception):
    """Anything claimtrack reports to its user; the message names the thing, the fault and the next step."""

    exit_code = 1


class DocumentError(ClaimtrackError):
    """One document could not be read or processed."""

    exit_code = 3


class UnreadableDocument(DocumentError):  # noqa: N818  the name says what the document is, the tree that it is an error
    """The input is missing, forbidden, broken or not text."""


class EmptyDocument(DocumentError):  # noqa: N818  as above
    """The input holds no text to read."""


class StoreError(ClaimtrackError):
    """The store could not be opened, read or written."""


class StoreVersionError(StoreError):
    """The store was written by a newer version of claimtrack."""


class ModelError(ClaimtrackError):
    """Trained weights or a spaCy pipeline are missing or broken."""


class LexiconError(ClaimtrackError):
    """A lexicon or alias file does not hold what it should."""


class UsageError(ClaimtrackError):
    """An option's value makes no sense."""

    exit_code = 2
