"""Offsets survive cutting: every kept character is found again at its place of record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_reform.spans import OffsetMap, Span, View


@given(st.text(min_size=1, max_size=60), st.sets(st.integers(0, 59)))
def test_every_kept_character_maps_to_itself(text: str, gone: set[int]) -> None:
    gone = {n for n in gone if n < len(text)}
    kept = [n for n in range(len(text)) if n not in gone]
    view = View(text, "".join(text[n] for n in kept), [(n, n + 1) for n in sorted(gone)])
    assert [view.map.origin(i) for i in range(len(kept))] == kept
    assert [view.map.clean(n) for n in kept] == list(range(len(kept)))
    assert all(view.cite(i, i + 1)[2] == text[n] for i, n in enumerate(kept))


def test_a_cut_at_the_end_stays_outside_and_one_inside_is_covered() -> None:
    view = View("二 万人 。", "二万人。", [(1, 2), (4, 5)])
    assert view.span(0, 3) == Span(0, 4)
    assert view.cite(0, 3) == (0, 4, "二 万人")
    assert view.map.span(3, 3) == Span(5, 5)


def test_spans_that_overlap_are_half_open() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))
    assert Span(0, 5).contains(Span(3, 5))


def test_cuts_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        OffsetMap([(4, 5), (1, 2)])
