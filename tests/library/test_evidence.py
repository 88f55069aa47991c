"""The fingerprint scheme words-1: what it cuts, what moves it and what does not."""

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.evidence import Fingerprint, cut, fingerprint, shared_run, stands_in

VECTORS = [
    ("Hello, World!", ("hello", "world")),
    ("Ｓｅｏｕｌ 日中韓", ("seoul", "日", "中", "韓")),
    ("U.S.-Japan don't", ("u", "s", "japan", "don", "t")),
    ("STRASSE straße", ("strasse", "strasse")),
    ("カタカナ", ("カ", "タ", "カ", "ナ")),
    ("서울 회담", ("서울", "회담")),
    ("26 September 2023", ("26", "september", "2023")),
    (" \n\t", ()),
]


@pytest.mark.parametrize(("text", "words"), VECTORS)
def test_words_are_cut_as_the_scheme_says(text: str, words: tuple[str, ...]) -> None:
    assert cut(text) == words


def test_a_fingerprint_is_the_hash_of_words_joined_by_spaces() -> None:
    expected = hashlib.sha256(b"they met in seoul").hexdigest()
    assert fingerprint("They met -- in Seoul!") == Fingerprint(4, expected)


@given(st.text())
def test_cutting_the_joined_words_again_changes_nothing_in_number(text: str) -> None:
    words = cut(text)
    assert all(word and not word.isspace() for word in words)


@given(st.text(alphabet="abc de", min_size=1), st.text(alphabet="abc de"), st.text(alphabet="abc de"))
def test_words_are_found_wherever_they_stand_on_a_page(sentence: str, before: str, after: str) -> None:
    page = cut(f"{before} {sentence} {after}")
    assert stands_in(fingerprint(sentence), page)


def test_words_that_do_not_stand_there_are_absent() -> None:
    assert not stands_in(fingerprint("they met in Busan"), cut("They met in Seoul on Tuesday"))


def test_a_copied_run_of_eight_words_is_noticed() -> None:
    page = cut("one two three four five six seven eight nine")
    assert shared_run("zero one two three four five six seven eight", page) == "one two three four five six seven eight"
    assert shared_run("one two three four five six seven ocho", page) is None


def test_the_codebook_page_tells_the_same_words() -> None:
    page = Path(__file__).parents[2] / "dataset" / "codebook" / "words-1.md"
    text = page.read_text(encoding="utf-8")
    vectors = re.findall(r"^\| `(.+)` \| (.+) \|$", text, flags=re.MULTILINE)
    assert len(vectors) >= 4
    for line, words in vectors:
        assert cut(line) == tuple(words.split(" · "))
    assert fingerprint("They met in Seoul!").sha256 in text
