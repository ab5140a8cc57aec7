"""Names as they may stand in a record: whoever chose them, they are one plain line."""

from __future__ import annotations


def one_line(text: str, most: int = 400) -> str:
    """A text without what moves a terminal's cursor, breaks a line or is no letter at all.

    Names of files and programs may hold all of that; a file name that is no UTF-8 holds
    half characters that no file of ours could take.

    Args:
        text: From wherever.
        most: Longest text that is returned.
    """
    return "".join(c if c.isprintable() else "_" for c in text)[:most]
