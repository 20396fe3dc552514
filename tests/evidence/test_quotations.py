"""The quotation proof on made-up texts: each way in which a text layer, a printer or a coder can differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.errors import InputError, NotFound
from kb.evidence.norm import sum_of
from kb.evidence.quotations import Proof, prove, prove_all, whole_quotation
from kb.evidence.texts import FullText, Texts

RIVER = (
    "The report opens with the harvest. Its author writes that “the river men took grain, salt and\n"
    "two boats from the hill people before the frost came, and gave back nothing but fair words”.\n"
)


def text_of(words: str) -> FullText:
    return FullText("made-up.txt", words.encode())


def cells(start: str, end: str = "", words: int | None = None, **more: Any) -> dict[str, Any]:
    given = {"quote_start": start, "quote_end": end, "quote_words": words, **more}
    return {"id": "ev", "found_in": "report"} | {c: v for c, v in given.items() if v}


def proved(text: str, quotation: str, start: str, end: str = "", **more: Any) -> Proof:
    """The proof of a selector, summed over the words that its coder saw."""
    words = len(quotation.split())
    return prove(cells(start, end, words, quote_sha256=sum_of(quotation), **more), text_of(text))


def test_a_quotation_is_found_by_its_first_and_last_words() -> None:
    """The first 8 and the last 5 words find the whole, whose sum is compared."""
    words = (
        "the river men took grain, salt and two boats from the hill people before the frost came, "
        "and gave back nothing but fair words"
    )
    proof = proved(RIVER, words, "the river men took grain, salt and two", "back nothing but fair words")
    assert (proof.verdict, proof.nearest, proof.reason) == ("exact", "", "")


def test_the_whole_words_are_given_only_when_proved() -> None:
    """Whole words come out for an exact quotation; unchecked and changed ones stay selectors."""
    selector = cells("the river men took grain, salt", "but fair words", 25)
    found = prove(selector, text_of(RIVER))
    assert found.verdict == "unchecked"
    assert whole_quotation(selector, text_of(RIVER)) == ""
    assert whole_quotation(selector | {"quote_sha256": "0" * 64}, text_of(RIVER)) == ""
    whole = whole_quotation(selector | {"quote_sha256": found.sha256}, text_of(RIVER))
    assert whole.startswith("the river men took grain, salt and two boats")
    assert whole.endswith("nothing but fair words")


@pytest.mark.parametrize(
    "text",
    [
        "the riv er men took gra in and two bo ats",
        "the river-\nmen took grain\n\nand two boats",
        "the river men took<sup>4</sup> grain and two¹² boats",
        "the **river men** took _grain_ and [two boats](#n4)",
        "the river\u00admen took grain—and two boats",
        "the river men took grain and\ttwo\u00a0boats",
    ],
)
def test_what_a_text_layer_does_is_ignored(text: str) -> None:
    """Broken words, line breaks, notes, emphasis, links and dashes do not hinder an exact proof."""
    proof = proved(
        f"He wrote “{text}”.", "the river men took grain and two boats", "the river men", "two boats"
    )
    assert proof.verdict == "exact"


@pytest.mark.parametrize("dots", ["...", ". . .", "…", "....", "[...]", "[…]", ". . . ."])
def test_every_form_of_ellipsis_is_one(dots: str) -> None:
    """The author's omission may be printed in any form."""
    proof = proved(
        f"It says “they came {dots} and took it”.", "they came ... and took it", "they came", "took it"
    )
    assert proof.verdict == "exact"


@pytest.mark.parametrize(
    "cut",
    [
        "\n\n[page 12]\n\n",
        "\n\n7 See the first letter, and the note there.\n\nTHE NORTHERN REVIEW 31\n\n",
        ",” the witness said, “",
    ],
)
def test_segments_leap_over_what_cuts_a_quotation(cut: str) -> None:
    """A page mark, a note in print or the author's words lie between segments and are not summed."""
    text = f"So “the river men took{cut}two boats and all the salt” in a week."
    proof = proved(
        text, "the river men took two boats and all the salt", "the river men took | two", " | the salt"
    )
    assert proof.verdict == "exact"
    without = proved(
        text, "the river men took two boats and all the salt", "the river men took two", "the salt"
    )
    assert without.verdict == "lost"


def test_whole_words_show_where_a_quotation_was_cut() -> None:
    """The segments of a whole quotation are joined as in the selector."""
    text = text_of("“The river men,” he said, “took\ntwo boats and<sup>3</sup> all the salt”.")
    selector = cells("The river men | took two", " | the salt", 9)
    found = prove(selector, text)
    whole = whole_quotation(selector | {"quote_sha256": found.sha256}, text)
    assert whole == "The river men | took two boats and all the salt"


def test_one_changed_letter_is_changed() -> None:
    """The passage is there between its first and last words, but not with the words that were summed."""
    words = "the river men took grain, bread and two boats from the hill"
    proof = proved(RIVER, words, "the river men took grain", "from the hill")
    assert proof.verdict == "changed"
    assert "salt and two boats" in proof.nearest
    assert proof.line == 1


def test_a_quotation_that_is_not_there_is_lost_with_the_nearest_passage() -> None:
    """The words nearest to the first words are shown, with their line."""
    proof = proved(RIVER, "the river man toke grain and salt", "the river man toke grain and salt")
    assert proof.verdict == "lost"
    assert proof.nearest.startswith("the river men took grain, salt and")
    assert proof.line == 1
    assert proof.reason == "the first words are not in the text"


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("the river men took", "silver and gold", "the last words are not in the text"),
        ("the frost came", "the river men", "the first and the last words are there, but not in this order"),
        ("the river men | lost all", "grain | ", "the first words of segment 2 are not in the text"),
    ],
)
def test_a_lost_quotation_says_which_words_fail(start: str, end: str, reason: str) -> None:
    """The coder learns whether the first or the last words are wrong."""
    proof = prove(cells(start, end, 20), text_of(RIVER))
    assert (proof.verdict, proof.reason) == ("lost", reason)
    assert proof.nearest


def test_selectors_are_whole_words() -> None:
    """`the hill` is not found in `the hillside`: a proof is never of half a word."""
    text = text_of("They left the hillside and went on.")
    assert prove(cells("They left the hill"), text).verdict == "lost"
    assert prove(cells("hey left the hillside"), text).verdict == "lost"
    assert prove(cells("They left the hillside"), text).verdict == "unchecked"


def test_scripts_without_spaces_are_found() -> None:
    """A script that writes words without a space has no whole words to keep."""
    assert prove(cells("河人取了"), text_of("他们说河人取了盐。")).verdict == "unchecked"
    assert prove(cells("رجال النهر"), text_of("قال إن رجال النهر أخذوا الملح")).verdict == "unchecked"


def test_the_same_words_twice_are_ambiguous() -> None:
    """A quotation that stands twice is not chosen between, and both lines are named."""
    text = text_of(RIVER + "Much later: the river men took grain and left.\n")
    proof = prove(cells("the river men took grain", line=3), text)
    assert proof.verdict == "ambiguous"
    assert proof.reason == "it stands 2 times in the text, in lines 1, 3"
    assert proof.line == 3  # the line orders what is shown, and decides nothing


def test_the_sum_decides_between_two_places() -> None:
    """Two passages that begin and end alike are told apart by the sum."""
    text = "“They came by night and left by boat.” But: “They came by day and left by boat.”"
    proof = proved(text, "They came by day and left by boat.", "They came by", "left by boat.")
    assert proof.verdict == "exact"
    assert prove(cells("They came by", "left by boat.", 8), text_of(text)).verdict == "ambiguous"


def test_an_equal_sum_in_two_places_decides_nothing() -> None:
    """The very same words printed twice stay ambiguous although they are summed."""
    text = "“They came by boat in May.” And again: “They came by boat in May.”"
    proof = proved(text, "They came by boat in May.", "They came by boat in May.")
    assert proof.verdict == "ambiguous"
    assert "with the same sum" in proof.reason


ENDS = (
    "the boats came to the north shore and then, after a day of rest, to the south shore, to the last shore"
)


@pytest.mark.parametrize(
    ("words", "last"), [(8, "north shore"), (17, "the south shore"), (22, "the last shore")]
)
def test_of_several_ends_the_length_decides(words: int, last: str) -> None:
    """Without a sum the passage nearest in length to quote_words is taken."""
    proof = prove(cells("the boats came", "shore", words), text_of(ENDS))
    assert proof.verdict == "unchecked"
    assert proof.nearest.endswith(last)


def test_of_several_ends_an_equal_sum_wins() -> None:
    """The sum is asked before the length, even when quote_words is far off."""
    whole = ENDS.removesuffix(", to the last shore")
    for words in (3, 8, 60):
        found = prove(cells("the boats came", "shore", words, quote_sha256=sum_of(whole)), text_of(ENDS))
        assert found.verdict == "exact"


def test_an_end_beyond_twice_the_length_is_lost() -> None:
    """Last words that follow only much later are not those of this quotation."""
    proof = prove(cells("the boats came", "south shore", 8), text_of(ENDS))
    assert proof.verdict == "lost"
    assert proof.reason == "the last words follow only after 18 words, quote_words is 8"
    assert prove(cells("the boats came", "south shore", 9), text_of(ENDS)).verdict == "unchecked"


def test_short_quotations_are_found_by_the_words_in_front() -> None:
    """Under five words the words in front choose the place; marks may stand between."""
    text = text_of("They spoke of “fair words” and the king gave (“fair words”) to all.")
    assert prove(cells("fair words", words=2), text).verdict == "ambiguous"
    assert prove(cells("fair words", words=2, quote_before="the king gave"), text).verdict == "unchecked"
    assert prove(cells("fair words", words=2, quote_before="They spoke of “"), text).verdict == "unchecked"
    lost = prove(cells("fair words", words=2, quote_before="the queen gave"), text)
    assert (lost.verdict, lost.reason) == ("lost", "the words do not follow those of quote_before")


def test_last_words_may_be_among_the_first() -> None:
    """A quotation of nine words has eight first and five last ones, which overlap."""
    words = "grain, salt and two boats from the hill people"
    proof = proved(RIVER, words, "grain, salt and two boats from the hill", "boats from the hill people")
    assert proof.verdict == "exact"


def test_an_empty_text_loses_everything() -> None:
    """A text without a word is no accident: its quotations are lost, with nothing near."""
    proof = prove(cells("the river men took"), text_of("  \n"))
    assert (proof.verdict, proof.nearest, proof.line) == ("lost", "", None)


WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=6), min_size=12, max_size=80)


@given(WORDS, st.data())
def test_any_stretch_of_a_text_is_proved_by_its_own_selector(words: list[str], data: st.DataObject) -> None:
    """Whatever is cut out of a text is found by its first and last words and summed alike."""
    first = data.draw(st.integers(0, len(words) - 9))
    last = data.draw(st.integers(first + 9, len(words)))
    quotation = words[first:last]
    text = text_of(data.draw(st.sampled_from([" ", "\n", "<sup>1</sup> ", " — "])).join(words))
    selector = cells(" ".join(quotation[:8]), " ".join(quotation[-5:]), len(quotation))
    selector["quote_sha256"] = sum_of(" ".join(quotation))
    proof = prove(selector, text)
    assume(proof.verdict != "ambiguous")
    assert proof.verdict == "exact"
    assert sum_of(whole_quotation(selector, text)) == selector["quote_sha256"]


@given(st.text("ab ", max_size=200), st.text("ab", min_size=1, max_size=30))
def test_the_index_finds_what_a_scan_finds(text: str, needle: str) -> None:
    """The index gives every place, in order, where the normed words stand."""
    made = text_of(text)
    assert made._places(needle.ljust(15, "a")) == made._scan(needle.ljust(15, "a"))


def test_texts_are_opened_once(tmp_path: Path) -> None:
    """A folder of texts reads each file when it is asked for, and keeps it."""
    (tmp_path / "a.txt").write_text("\ufeffone two", encoding="utf-8")
    texts = Texts(tmp_path)
    text = texts.of({"text": "a.txt"})
    assert text.raw == "one two"
    assert texts.of({"text": "a.txt"}) is text


def test_texts_that_are_not_there(tmp_path: Path) -> None:
    """No source, no file name or no file is not found; a file outside or not in UTF-8 is an input error."""
    texts = Texts(tmp_path)
    for source in (None, {}, {"text": "b.txt"}):
        with pytest.raises(NotFound):
            texts.of(source)
    (tmp_path / "latin.txt").write_bytes("é".encode("latin-1"))
    for name in ("latin.txt", "../a.txt"):
        with pytest.raises(InputError):
            texts.of({"text": name})
    with pytest.raises(InputError):
        Texts(tmp_path / "nowhere")


def test_only_evidence_with_a_selector_is_proved(tmp_path: Path) -> None:
    """A passage without quotation marks has nothing to prove; one without a text says so."""
    passage = {"id": "passage", "found_in": "report"}
    proofs = prove_all(
        [passage, cells("fair words of old men")], {"report": {"text": "x.txt"}}, Texts(tmp_path)
    )
    assert [(p.evidence, p.verdict) for p in proofs] == [("ev", "no_text")]


def test_ten_thousand_quotations_are_found_in_a_long_text() -> None:
    """A text of a megabyte whose words come again and again in another order."""
    words = [f"w{n * 7919 % 180_001:x}" for n in range(180_000)]
    text = text_of(" ".join(words))
    assert len(text.raw) > 1_000_000
    for first in range(0, 170_000, 17):
        some = words[first : first + 40]
        assert prove(cells(" ".join(some[:8]), " ".join(some[-5:]), 40), text).verdict == "unchecked"
