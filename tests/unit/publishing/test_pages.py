"""What is printed in a terminal stands in columns, Japanese or not."""

from __future__ import annotations

from orchestration.publishing.pages import CELL_WIDTH, text_table


def test_columns_line_up_though_a_japanese_letter_is_two_wide() -> None:
    lines = list(text_table(["Who", "Points"], [["山田", 12.34], ["Bo", None]]))

    # 山田 fills four places, as "Who" and "Bo" do with their blanks.
    assert lines == ["Who   Points", "山田  12.3", "Bo    –"]


def test_a_long_text_is_cut_at_the_width_of_a_cell() -> None:
    fits, cut, japanese = (
        list(text_table(["Why"], [[text]]))[1]
        for text in ("x" * CELL_WIDTH, "x" * (CELL_WIDTH + 1), "あ" * CELL_WIDTH)
    )

    assert fits == "x" * CELL_WIDTH
    assert cut == "x" * (CELL_WIDTH - 1) + "…"
    # Half as many letters, the last one given up for the dots.
    assert japanese == "あ" * (CELL_WIDTH // 2 - 1) + "…"


def test_headings_alone_are_shown_where_there_are_no_rows() -> None:
    assert list(text_table(["Rank", "Person"], [])) == ["Rank  Person"]
