"""Evidence without copying: the fingerprint scheme ``words-1``.

A page's text is cut into words the same way whoever copies it, so that a fingerprint of some of its words
can be found again in any copy: navigation, advertisements and line breaks move nothing.

>>> fingerprint("They met in Seoul on 26 September 2023.").words
8
>>> cut("Ｓｅｏｕｌ: 日中韓")
('seoul', '日', '中', '韓')

A fingerprint proves that these words stood on a page. It does not prove that they are true.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

SCHEME = "words-1"

# Han, Hiragana and Katakana are written without spaces: each of their characters is a word of its own.
_ALONE = (
    (0x3005, 0x3005),
    (0x3007, 0x3007),
    (0x3041, 0x309F),
    (0x30A0, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


class Fingerprint(NamedTuple):
    """How many words were fingerprinted, and the SHA-256 of them joined by single spaces."""

    words: int
    sha256: str


def _stands_alone(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _ALONE)


def _belongs_to_word(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd" or character == "〇"


def cut(text: str) -> tuple[str, ...]:
    """The words of a text, normalised (NFKC) and case-folded."""
    words: list[str] = []
    letters: list[str] = []
    for character in unicodedata.normalize("NFKC", text).casefold() + " ":
        inside = _belongs_to_word(character)
        alone = inside and _stands_alone(character)
        if letters and (alone or not inside):
            words.append("".join(letters))
            letters.clear()
        if alone:
            words.append(character)
        elif inside:
            letters.append(character)
    return tuple(words)


def _digest(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def fingerprint(sentence: str) -> Fingerprint:
    """The fingerprint of a sentence, or of the part of it that supports a row."""
    words = cut(sentence)
    return Fingerprint(len(words), _digest(words))


def stands_in(span: Fingerprint, page: Sequence[str]) -> bool:
    """Whether the words of a fingerprint stand in a page that was cut by :func:`cut`."""
    return any(_digest(page[start : start + span.words]) == span.sha256 for start in range(len(page) - span.words + 1))


def shared_run(ours: str, page: Sequence[str], length: int = 8) -> str | None:
    """The first run of ``length`` words that our own sentence shares with a page, or None."""
    runs = {tuple(page[start : start + length]) for start in range(len(page) - length + 1)}
    words = cut(ours)
    for start in range(len(words) - length + 1):
        if words[start : start + length] in runs:
            return " ".join(words[start : start + length])
    return None
