"""Files that are no tables, or not what they seem: each gets one clear line, none takes the memory."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow
import pytest
import xlsxwriter
from pyarrow import parquet

from communique_tools.errors import CannotRun
from communique_tools.importing.given import given_rows
from communique_tools.importing.reading import read_sheets
from communique_tools.importing.sheet import Formula, Sheet

HEADER = "place_id,name,place_kind"
NULLS = "FILE: holds null characters, so it is no CSV in UTF-8; save it as CSV UTF-8"
ROW = ("lima", "Lima", "city")


def told(path: Path, table: str | None = "places") -> str:
    """The one line that says why a file cannot be read."""
    with pytest.raises(CannotRun) as refused:
        read_sheets([path], table)
    message = str(refused.value.message)
    assert "\n" not in message
    assert str(path) in message
    return message.replace(str(path), "FILE")


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "FILE: is empty"),
        ("a.csv", b"\n", "FILE:1  is empty; expected a header with the names of the columns"),
        ("a.csv", f"{HEADER}\nlima,Lima\n".encode(), "FILE:2  2 cells; the header has 3"),
        ("a.csv", b"place_id;name", "FILE:1  the columns are separated by semicolons; expected commas"),
        ("a.csv", b"place_id\tname", "FILE:1  the columns are separated by tabs; expected commas"),
        ("a.csv", f"{HEADER}\nlima,\"Li\"ma,city\n".encode(), "FILE:2  no CSV: ',' expected after '\"'"),
        ("a.csv", f"{HEADER}\nlima,\"Lima\n".encode(), "FILE:2  no CSV: unexpected end of data"),
        (
            "a.csv",
            f"{HEADER}\nzurich,Zürich,city\n".encode("latin-1"),
            "FILE: not UTF-8: invalid start byte at byte 33; save it as CSV UTF-8",
        ),
        ("a.csv", HEADER.encode("utf-16"), "FILE: not UTF-8: invalid start byte at byte 0; save it as CSV UTF-8"),
        ("a.csv", HEADER.encode("utf-16-le"), NULLS),
        ("a.csv", f"{HEADER}\n{'x' * 5000},a,city\n".encode(), "FILE:2  a cell of more than 4000 characters"),
        ("a.csv", ",".join(map(str, range(201))).encode(), "FILE:1  201 columns; no table has as many"),
        ("a.txt", HEADER.encode(), "FILE: expected a file that ends in .csv, .parquet, .xlsx"),
        ("a.parquet", HEADER.encode(), "FILE: is truncated or no Parquet file"),
        ("a.xlsx", HEADER.encode(), "FILE: is truncated, locked or no workbook"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "FILE: is no workbook"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    assert told(file(tmp_path, name, content)) == message


def test_what_names_no_table_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "mine.csv", HEADER.encode())
    assert told(path, None) == "FILE: is named after no table; say which with --table"
    assert told(tmp_path, None) == "FILE: holds no file named after a table, such as status_steps.csv"
    with pytest.raises(CannotRun, match="--table plces: no such table; did you mean 'places'"):
        read_sheets([path], "plces")
    with pytest.raises(CannotRun, match="--table places: expected one file beside it, not 2"):
        read_sheets([path, path], "places")


def test_only_regular_files_of_a_bearable_size_are_opened(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as handle:
        handle.truncate(50_000_001)
    assert told(huge) == "FILE: 50000001 bytes; expected no more than 50000000"
    link = tmp_path / "null.csv"
    link.symlink_to("/dev/zero")
    assert told(link) == "FILE: is no regular file"
    assert told(tmp_path / "absent.csv") == "FILE: cannot be read: No such file or directory"


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("csv_file", "parquet_file", "workbook_scan"):
        monkeypatch.setattr(f"communique_tools.importing.{module}.MOST_ROWS", 2)
    rows = [ROW] * 4
    assert told(csv_file(tmp_path, rows)) == "FILE: more than 2 rows; import it in parts"
    assert told(parquet_file(tmp_path, rows)) == "FILE: 4 rows; import no more than 2 at once"
    assert told(workbook(tmp_path, rows)).startswith(
        "FILE: a sheet reaches to row 3, column 1; expected at most 2 rows"
    )


def csv_file(folder: Path, rows: Sequence[tuple[str, ...]]) -> Path:
    lines = "\r\n".join([HEADER, *map(",".join, rows), ""])
    return file(folder, "places.csv", b"\xef\xbb\xbf" + lines.encode())


def parquet_file(folder: Path, rows: Sequence[tuple[str, ...]]) -> Path:
    columns = dict(zip(HEADER.split(","), map(list, zip(*rows, strict=True)), strict=True))
    parquet.write_table(pyarrow.table(columns), folder / "places.parquet")
    return folder / "places.parquet"


def workbook(folder: Path, rows: Sequence[tuple[str, ...]], **sheets: Sequence[tuple[str, ...]]) -> Path:
    path = folder / "places.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, content in {"places": rows, **sheets}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate([tuple(HEADER.split(",")), *content]):
                sheet.write_row(number, 0, row)
    return path


@pytest.mark.parametrize("write", [csv_file, parquet_file, workbook])
def test_each_format_yields_the_same_rows(
    tmp_path: Path, write: Callable[[Path, Sequence[tuple[str, ...]]], Path]
) -> None:
    [sheet] = read_sheets([write(tmp_path, [ROW, ("busan", "Busan", "city")])], None)
    rows, problems = given_rows(sheet)
    assert problems == []
    assert [row.values for row in rows] == [
        {"place_id": "lima", "name": "Lima", "place_kind": "city"},
        {"place_id": "busan", "name": "Busan", "place_kind": "city"},
    ]


def test_a_row_is_named_by_the_number_that_a_person_sees(tmp_path: Path) -> None:
    paths = [csv_file(tmp_path, [ROW]), workbook(tmp_path, [ROW]), parquet_file(tmp_path, [ROW])]
    places = [sheet.place(sheet.rows[0][0]) for sheet in read_sheets(paths, None)]
    assert places == [f"{paths[0]}:2", f"{paths[1]}:places row 2", f"{paths[2]}:row 1"]


def test_a_folder_stands_for_its_tables(tmp_path: Path) -> None:
    csv_file(tmp_path, [ROW])
    file(tmp_path, "notes.csv", b"anything")
    assert [sheet.table for sheet in read_sheets([tmp_path], None)] == ["places"]


def test_a_workbook_names_its_sheets_after_tables(tmp_path: Path) -> None:
    path = workbook(tmp_path, [ROW], series=[ROW])
    assert [sheet.table for sheet in read_sheets([path], None)] == ["places", "series"]
    assert [sheet.table for sheet in read_sheets([path], "series")] == ["series"]
    assert told(path, "actors") == "FILE: has no sheet 'actors'; its sheets are 'places', 'series'"
    path = workbook(tmp_path, [ROW], Sheet2=[ROW])
    assert told(path, None) == "FILE: sheet 'Sheet2' is named after no table; rename it, or name one with --table"


def test_blank_rows_and_columns_of_a_workbook_are_passed_over(tmp_path: Path) -> None:
    [sheet] = read_sheets([workbook(tmp_path, [("", "", ""), ROW])], None)
    assert sheet.rows == ((3, ROW),)
    assert (
        told(workbook(tmp_path, [(*ROW, "x")]))
        == "FILE:places row 2  a cell stands beside the last column of the header"
    )


def test_a_cell_that_computes_is_no_value(tmp_path: Path) -> None:
    path = tmp_path / "places.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, HEADER.split(","))
        sheet.write_row(1, 0, ROW)
        sheet.write_formula(1, 1, '=HYPERLINK("x")', None, "Lima")
    [found] = read_sheets([path], "places")
    assert found.rows == ((2, ("lima", Formula(), "city")),)
    assert [str(problem) for problem in given_rows(found)[1]] == [
        f"{path}:Sheet1 row 2  name: holds a formula; paste its value instead"
    ]


def repacked(path: Path, name: str, part: bytes) -> Path:
    """The workbook with another text for one of its parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, content in {**parts, name: part}.items():
            archive.writestr(key, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"
START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "part", "message"),
    [
        ("xl/media/a.bin", b"\0" * 60_000_000, "FILE: unpacks to more than 50000000 bytes; no table is as large"),
        (SHEET, BOMB + START, "FILE: declares a document type, which no workbook does"),
        (SHEET, START + b'<row r="1"><c r="XFD1"/></row>', "FILE: a sheet reaches to row 1, column 16384; expected at"),
        (SHEET, START + b'<row r="1"><c r="A999999"/></row>', "FILE: a sheet reaches to row 999999, column 1"),
        (SHEET, START + b'<row r="-1"/>', "FILE: numbers a row '-1'"),
        (SHEET, START + b'<row r="1"><c r="1A"/></row>', "FILE: names a cell '1A'"),
        (SHEET, START + b"<row>", "FILE: is no workbook: no element found"),
        (
            SHEET,
            START + b'<row r="1"><c r="A1"/></row><row r="200000"><c r="CV200000"/></row></sheetData></worksheet>',
            "FILE: a sheet reaches over 200000 rows and 100 columns; clear the far cells",
        ),
        (
            "xl/sharedStrings.xml",
            b"<sst><si><r><t>" + b"x" * 3000 + b"</t></r><r><t>" + b"x" * 3000 + b"</t></r></si></sst>",
            "FILE: holds a cell of more than 4000 characters",
        ),
        ("xl/_rels/workbook.xml.rels", b"<Relationships/>", "FILE: is damaged or no workbook"),
    ],
    ids=["bomb", "entities", "far-column", "far-row", "row", "cell", "cut", "far-corner", "text", "links"],
)  # fmt: skip
def test_a_workbook_that_would_take_the_memory_is_refused(tmp_path: Path, name: str, part: bytes, message: str) -> None:
    path = repacked(workbook(tmp_path, [ROW]), name, part)
    assert told(path).startswith(message)


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = repacked(workbook(tmp_path, [ROW]), "xl/media/a.bin", b"\0" * 1_000_000)
    content = path.read_bytes()
    size = (1_000_000).to_bytes(4, "little")
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, (10).to_bytes(4, "little")))
    assert told(path) == "FILE: is truncated, locked or no workbook"


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    for path in (workbook(tmp_path, [ROW]), parquet_file(tmp_path, [ROW])):
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        assert told(path).startswith("FILE: is truncated")


def test_a_text_that_a_parquet_file_repeats_is_judged_before_it_is_spelled_out(tmp_path: Path) -> None:
    path = parquet_file(tmp_path, [("x" * 4001, "Lima", "city")] * 100_000)
    assert path.stat().st_size < 100_000
    assert told(path) == "FILE: a cell of more than 4000 characters"


def test_a_parquet_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet_file(tmp_path, [ROW])
    monkeypatch.setattr("communique_tools.importing.parquet_file.LONGEST_FILE", 10)
    assert told(path).endswith("bytes; expected no more than 10")


def sheet_of(**columns: pyarrow.Array) -> Sheet:
    from communique_tools.importing.parquet_file import read_parquet

    target = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), target)
    return read_parquet(target.getvalue(), Path("x.parquet"), "places")


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (pyarrow.array([["a"]]), "name: is a list<element: string>, which no column holds"),
        (pyarrow.array([b"a"]), "name: is a binary, which no column holds"),
        (pyarrow.array([1695686400], pyarrow.timestamp("s")), "name: 2023-09-26 is no text"),
        (pyarrow.array([1], pyarrow.timestamp("ns")), "name: is a time of day, which no column holds"),
        (pyarrow.array([4]), "name: 4 is no text"),
    ],
)
def test_a_column_of_another_type_is_told(column: pyarrow.Array, message: str) -> None:
    rows, problems = given_rows(sheet_of(place_id=pyarrow.array(["lima"]), name=column))
    assert rows == []
    assert problems[0].message.startswith(message)


def test_a_categorical_column_is_text() -> None:
    [row] = given_rows(sheet_of(place_id=pyarrow.array(["lima"]).dictionary_encode()))[0]
    assert row.values == {"place_id": "lima"}


@pytest.mark.parametrize(
    ("header", "messages"),
    [
        ("place_id,nam", ["unknown column 'nam' for places; did you mean 'name'?"]),
        ("place_id,xyzzy", ["unknown column 'xyzzy' for places; expected some of place_id, name, place_kind"]),
        ("place_id,name,name", ["column 'name' stands twice"]),
        ("name", ["the key of places needs the columns place_id"]),
    ],
)
def test_a_header_that_does_not_fit_is_told(tmp_path: Path, header: str, messages: list[str]) -> None:
    [sheet] = read_sheets([file(tmp_path, "places.csv", header.encode())], None)
    rows, problems = given_rows(sheet)
    assert rows == []
    assert [problem.message[: len(message)] for problem, message in zip(problems, messages, strict=True)] == messages


def test_an_id_is_needed(tmp_path: Path) -> None:
    [sheet] = read_sheets([csv_file(tmp_path, [("", "Lima", "city")])], None)
    assert [str(problem) for problem in given_rows(sheet)[1]] == [
        f"{tmp_path / 'places.csv'}:2  place_id: is empty, but is part of the key"
    ]
