"""norm 1: what it promises to ignore, what it must see, and the way back to the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.evidence.norm import norm, normal, shown, sum_of

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéüşğñçåøßяжλωضبع語"
PLAIN = st.text(alphabet=LETTERS + "0123456789,;:!?()'\"", min_size=1, max_size=60)
# Everything that means something to norm 1, in any disorder.
TAGS = [
    "<sup>",
    "</sup>",
    "<s up>",
    "<",
    ">",
    "[",
    "]",
    "](#)",
    "(",
    ")",
    "](https://a.org/b-c)",
    "a.html",
    "#",
]
SIGNS = ["...", ". .", "…", "⋯", "¹²", "*", "__", "-", "—", "\u00ad", "\n", "\ufb01", "“", "’", "!", "/"]
MARKS = ["e\u0301", "\u0338", "가", "\u1100\u1161", "\u11a8", "\u0327\u0301", "\u212b"]
ODD = st.lists(st.sampled_from([*TAGS, *SIGNS, *MARKS]) | st.text(max_size=3), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("the river\n  valley", "the river valley"),
        ("a broken wo rd", "a broken word"),
        ("a hyphen\u00adated and hyphen-\nated word", "a hyphenated and hyphenated word"),
        ("north–south — and back", "north-south - and back"),
        ("the camp<sup>12</sup> was left", "the camp was left"),
        ('the camp<sup><a href="#n1">12</a></sup> was left', "the camp was left"),
        ("the camp¹² was left", "the camp was left"),
        ("the **old** _camp_ was *left*", "the old camp was left"),
        ("see [figure 1](#) and [this](https://example.org/a_(b)-c.html)", "see figure 1 and this"),
        ("see [the map](maps/north.png)", "see the map"),
        ("they came . . . and left", "they came ... and left"),
        ("they came […] and left", "they came... and left"),
        ("they came.... And left", "they came… And left"),
        ("“they’re ‘here’”", "\"they're 'here'\""),
        ("ﬁve oﬀers of diﬃcult ﬂags", "five offers of difficult flags"),
        ("cafe\u0301 and 가", "caf\u00e9 and \u1100\u1161"),
    ],
)
def test_variants_are_one(text: str, plain: str) -> None:
    """Each form of the same words has the same norm and the same sum."""
    assert norm(text) == norm(plain)
    assert sum_of(text) == sum_of(plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The camp", "the camp"),
        ("resume", "résumé"),
        ("the camp.", "the camp"),
        ("[c]amp", "camp"),
        ("the camp [of the north] (CN)", "the camp [of the north] (CM)"),
        ("the camp [of the north] (2014)", "the camp of the north"),
        ("12 camps", "13 camps"),
    ],
)
def test_differences_stay(one: str, other: str) -> None:
    """Case, diacritics, punctuation, brackets and what stands in them are part of the words."""
    assert norm(one) != norm(other)
    assert sum_of(one) != sum_of(other)


def test_the_sum_is_that_of_the_norm() -> None:
    """A sum is SHA-256 of norm 1 in UTF-8, so that anybody can compute it."""
    assert norm("The “first” camp – of two…") == 'The"first"campoftwo…'
    assert sum_of("ab c") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of abc


@given(ODD)
def test_twice_is_once(text: str) -> None:
    """The norm of a norm is itself, whatever the text."""
    once = norm(text)
    assert norm(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(ODD)
def test_the_map_leads_back(text: str) -> None:
    """Every character of the norm stands for a stretch of the text, and the stretches keep their order."""
    made = normal(text)
    assert made.text == norm(text)
    assert len(made.text) == len(made.starts) == len(made.ends)
    assert all(start < end for start, end in zip(made.starts, made.ends, strict=True))
    for places in (made.starts, made.ends):
        assert list(places) == sorted(places)
    assert all(start >= 0 and end <= len(text) for start, end in zip(made.starts, made.ends, strict=True))


@given(st.lists(PLAIN, min_size=1, max_size=6), st.data())
def test_a_stretch_of_the_norm_is_found_in_the_text(words: list[str], data: st.DataObject) -> None:
    """Cut anywhere, the piece of the text that a piece of the norm stands for has that norm."""
    text = data.draw(decorated(words))
    made = normal(text)
    start = data.draw(st.integers(0, len(made.text) - 1))
    end = data.draw(st.integers(start + 1, len(made.text)))
    raw_start, raw_end = made.span(start, end)
    assert norm(text[raw_start:raw_end]) == made.text[start:end]


@st.composite
def decorated(draw: st.DrawFn, words: list[str]) -> str:
    """The words as a text layer may give them: broken, marked, annotated."""
    gaps = st.sampled_from(
        [" ", "\n", "\n\n", "\t", " \u00a0", " – ", "<sup>7</sup> ", "³¹ ", " * ", "\u200b"]
    )
    breaks = st.sampled_from(["", "", "", "\u00ad", "-\n", " ", "_"])
    made = []
    for word in words:
        cut = draw(st.integers(0, len(word)))
        piece = word[:cut] + draw(breaks) + word[cut:]
        if draw(st.booleans()):
            piece = piece.replace('"', "”").replace("'", "’")
        if draw(st.booleans()):
            piece = unicodedata.normalize("NFD", piece)
        marked = draw(st.sampled_from(["{}", "**{}**", "_{}_"]))
        made.append(marked.format(piece) + draw(gaps))
    return "".join(made)


@given(st.lists(PLAIN, min_size=1, max_size=6), st.data())
def test_sums_ignore_the_text_layer(words: list[str], data: st.DataObject) -> None:
    """However a text layer breaks, marks and annotates the words, their sum is the same."""
    text = data.draw(decorated(words))
    assert sum_of(text) == sum_of(" ".join(words))


@given(st.lists(PLAIN, min_size=1, max_size=6), st.data())
def test_sums_see_one_letter(words: list[str], data: st.DataObject) -> None:
    """One letter put in the place of another changes the sum, however the words are decorated."""
    whole = " ".join(words)
    places = [n for n, char in enumerate(whole) if char in LETTERS]
    assume(places)
    at = data.draw(st.sampled_from(places))
    letter = data.draw(st.sampled_from([c for c in LETTERS if c != whole[at]]))
    other = [*whole[:at], letter, *whole[at + 1 :]]
    assert sum_of(data.draw(decorated("".join(other).split(" ")))) != sum_of(whole)


@given(st.lists(PLAIN, min_size=1, max_size=6), st.data())
def test_what_is_shown_has_the_same_sum(words: list[str], data: st.DataObject) -> None:
    """A quotation that is printed or exported can be proved by its sum again."""
    text = data.draw(decorated(words))
    assert sum_of(shown(text)) == sum_of(text)


def test_shown_reads_well() -> None:
    """Notes, emphasis, link targets and line breaks are out; letters and marks are as printed."""
    text = "The **old**\ncamp<sup>3</sup> of the [north](#n)—“snake_case” ﬁnds¹² _it_."
    assert shown(text) == "The old camp of the north—“snake_case” ﬁnds it."
