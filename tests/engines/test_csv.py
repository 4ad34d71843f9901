"""CSV as the world writes it: read the same however it is written, or refused with a remedy."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from sextant.engines.errors import SourceError
from sextant.metrics.requests import Scores
from sextant.metrics.tally import Tally

Text = str | bytes
BROKEN, NOT_UTF8 = "line does not fit the header", "line is not UTF-8"


@pytest.fixture(scope="module")
def plain() -> str:
    """300 rows y,p,g; each value of g holds an é."""
    rng = np.random.default_rng(8)
    p = rng.uniform(size=300).round(3)
    held = pd.DataFrame({"y": (rng.uniform(size=300) < p).astype(int), "p": p, "g": "é"})
    return held.to_csv(index=False)


@pytest.fixture
def read(count, tmp_path: Path) -> Callable[..., Tally]:
    def read(text: Text, name: str = "a.csv", **roles) -> Tally:
        file = tmp_path / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return count(file, "auc >= 0.1", **({"segments": {"g": "g"}} | roles))

    return read


def refusal(read, text: Text, name: str = "a.csv") -> str:
    with pytest.raises(SourceError) as caught:
        read(text, name)
    return "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.csv", lambda text: "\ufeff" + text),
        ("a.csv", lambda text: text.replace(",", ";")),
        ("a.csv", lambda text: text.replace(",", "|")),
        ("a.tsv", lambda text: text.replace(",", "\t")),
        ("a.txt", lambda text: text.replace(",", "\t")),
        ("a.csv", lambda text: text.replace("\n", "\r\n")),
        ("a.csv", lambda text: text.replace("\n", "\r")),
        ("a.csv", lambda text: text.rstrip("\n")),
        ("a.csv", lambda text: text.replace("y,p,g", "y , p, g", 1)),
        ("a.csv", lambda text: text.replace(",é", ',"é"')),
        ("a.csv", lambda text: text.replace("\n", ",\n")),
        ("a.csv", lambda text: text.replace("\n", ",x,y\n").replace("x,y", "z,z", 1)),
        ("A.CSV", lambda text: text),
        ("a.csv.gz", lambda text: gzip.compress(text.encode())),
    ],
)
def test_the_same_rows_however_written(read, plain: str, name: str, write) -> None:
    expected, found = read(plain, "plain.csv"), read(write(plain), name)
    assert found.cells == expected.cells
    assert found.snapshot == expected.snapshot
    assert found.set_aside == ()


def test_zstd(read, count, plain, tmp_path: Path) -> None:
    expected = read(plain)
    target = tmp_path / "a.csv.zst"
    duckdb.execute(f"COPY (FROM '{tmp_path}/a.csv') TO '{target}' (COMPRESSION zstd)")
    assert count(target, "auc >= 0.1").cells[()] == expected.cells[()]


def test_newlines_and_quotes_in_values(read) -> None:
    found = read('y,p,g\n1,0.5,"a\nb"\n0,0.25,"say ""hi"", so"\n')
    assert set(found.counts[("g",)]) == {("a\nb",), ('say "hi", so',)}


def test_lines_that_do_not_fit_are_set_aside_and_counted(read, plain) -> None:
    lines = plain.splitlines()
    broken = ["1,0.5", "1,0.5,é,é", '1,0.5,"é" é']
    for at in (1, 150, len(lines)):
        found = read("\n".join([*lines[:at], *broken, *lines[at:]]) + "\n")
        assert found.set_aside == ((BROKEN, 3),)
        assert (found.rows, found.snapshot.rows) == (303, 300)


def test_a_quote_left_open_counts_every_line_that_it_swallows(read, plain) -> None:
    lines = plain.splitlines()
    lines[101] = lines[101].replace("é", '"é')
    found = read("\n".join(lines) + "\n")
    assert found.set_aside == ((BROKEN, 200),)
    assert (found.rows, found.labelled) == (300, 100)


def test_lines_of_another_encoding_are_set_aside_under_their_name(read, plain) -> None:
    found = read(plain.encode().replace("é".encode(), "é".encode("latin-1"), 2))
    assert found.set_aside == ((NOT_UTF8, 2),)
    assert found.rows == 300


def test_no_line_can_be_read(read, plain) -> None:
    said = refusal(read, plain.replace(".", ","))
    assert "No line of" in said
    assert f"300 × {BROKEN}" in said
    assert f"300 × {NOT_UTF8}" in refusal(read, plain.encode("latin-1"))


def test_header_only_is_an_empty_table(read, plain) -> None:
    found = read("y,p,g\n")
    assert (found.rows, found.labelled, found.set_aside) == (0, 0, ())
    assert found.notes[0].endswith("a.csv has no row.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "is empty (0 bytes)"),
        ("\n\ny,p,g\n1,0.5,a\n", "has no header: its first line is empty. Add one."),
        ("y,p,g\n1,0.5,a\n".encode("utf-16"), "is UTF-16. Export it again as UTF-8 CSV."),
        ("y,p,gé\n1,0.5,a\n".encode("latin-1"), "The header of a.csv is not UTF-8 text."),
        (b"y,p,g\0\n1,0.5,a\n", "is not text"),
        ("y,p,p,g\n1,0.5,0.6,a\n", "'p' (the score) stands more than once in"),
        ("y,P,g\n1,0.5,a\n", "Column 'p' (the score) is not in"),
        ("1,0.5,a\n0,0.2,a\n", "Known columns: 1, 0.5, a."),
        ("y,p,g\n1,0.5,a\r\n0,0.2,a\n", "its lines end in two ways"),
    ],
)
def test_what_cannot_be_used(read, text: Text, said: str) -> None:
    assert said in refusal(read, text)


def test_packed_files_that_are_damaged(read, plain) -> None:
    packed = gzip.compress(plain.encode())
    assert "cannot be opened" in refusal(read, packed[:-30], "a.csv.gz")
    assert "cannot be opened" in refusal(read, plain, "b.csv.gz")


def test_a_name_twice_that_nobody_needs_is_no_problem(read) -> None:
    assert read("y,p,g,x,x,X\n1,0.5,a,1,2,3\n0,0.2,a,1,2,3\n").rows == 2


def test_decimal_commas_are_named_with_the_remedy(read, plain) -> None:
    said = refusal(read, plain.replace(",", ";").replace(".", ","))
    assert "Numbers in 'p' cannot be read ('0,0" in said
    assert "These are decimal commas: export the file with decimal points." in said


@pytest.mark.parametrize("word", ["", " ", "NA", "n/a", "NaN", "null", "NULL"])
def test_words_for_nothing(read, word: str) -> None:
    """A label or a score that R or a database left out; but a segment may well be called NA."""
    text = f"y,p,g\n1,0.9,{word}\n{word},0.4,x\n0,{word},x\n0,0.1,x\n"
    found = read(text, label={"column": "y", "positive": 1})
    assert found.labelled == 3
    assert found.set_aside == (("no score", 1),)
    assert found.cells[()][Scores()][()].whole.counts.sum(axis=0).tolist() == [1, 1, 1]
    assert set(found.counts[("g",)]) == {(word.strip(),), ("x",)}


def test_files_whose_columns_stand_in_another_order(read, count, tmp_path: Path, plain) -> None:
    held = read(plain)
    lines = plain.splitlines()
    turned = [",".join(reversed(line.split(","))) for line in lines]
    (tmp_path / "p1.csv").write_text("\n".join(lines[:101]))
    (tmp_path / "p2.csv").write_text("\n".join([turned[0], *turned[101:]]).replace(",", ";"))
    found = count(tmp_path / "p*.csv", "auc >= 0.1", segments={"g": "g"})
    assert found.cells == held.cells
    assert found.snapshot == held.snapshot


def test_broken_lines_of_several_files_add_up(count, tmp_path: Path) -> None:
    for name, head in (("a", "y,p"), ("b", "p,y"), ("c", "y,p")):
        (tmp_path / f"{name}.csv").write_text(f"{head}\n1,0\n1\n1,0\n1\n")
    found = count(tmp_path / "*.csv", "auc >= 0.1")
    assert found.set_aside == ((BROKEN, 6),)
    assert found.rows == 12


def test_a_large_file_with_broken_lines_everywhere(count, tmp_path: Path) -> None:
    """Counted exactly also where several threads read and the head was looked at before."""
    lines = ["1,0.75,3.5", "0,0.25,4.5"] * 100_000
    lines[::1000] = ["1,0.5"] * 200
    (tmp_path / "a.csv").write_text("y,p,v\n" + "\n".join(lines) + "\n")
    found = count(tmp_path / "a.csv", "auc >= 0.1", "quantile(v, q=0.5) <= 4")
    assert found.set_aside == ((BROKEN, 200),)
    assert (found.rows, found.labelled) == (200_000, 199_800)
