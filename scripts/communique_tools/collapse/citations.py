"""The evidence of one event as its record holds it: spans under local names, cited row by row."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from communique_tools.record_keys import COLUMNS_OF, SPAN, TABLE_OF
from communique_tools.records import Row

Data = dict[str, Any]

_NUMBER = re.compile(r"([0-9]+)")


def span_names(spans: Iterable[Row]) -> dict[str, str]:
    """The local names of the spans of one record, by span_id: the shortest form that no other bears."""
    forms = {
        span["span_id"]: [f"{span['source_id'].partition('-')[0]}-{span['sha256'][:digits]}" for digits in (4, 8)]
        for span in spans
    }
    borne = Counter(form for own in forms.values() for form in own)
    return {span_id: next((form for form in own if borne[form] == 1), span_id) for span_id, own in forms.items()}


def _by_page(span: Row) -> tuple[str, list[tuple[str, int]], str]:
    """The order of spans: by page, then down the page, where paragraph 10 follows paragraph 9."""
    words = _NUMBER.split(span["locator"] or "")
    places = [(text, int(number or 0)) for text, number in zip(words[::2], [*words[1::2], ""], strict=True)]
    return span["source_id"], places, span["sha256"]


class Citations:
    """The evidence of one event; each item also says which attribution is ``implied`` when none is typed."""

    def __init__(self, evidence: Iterable[Row], spans: Mapping[str, Row]) -> None:
        known = [item for item in evidence if item["span_id"] in spans]
        self._spans = sorted((spans[span_id] for span_id in {item["span_id"] for item in known}), key=_by_page)
        self._names = span_names(self._spans)
        place = {span["span_id"]: number for number, span in enumerate(self._spans)}
        self._of: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for item in sorted(known, key=lambda item: place[item["span_id"]]):
            self._of[item["table_name"], item["row_id"]].append(item)

    def whole(self, table: str, row_id: str) -> list[Row]:
        """What supports a row as a whole, in the order of the spans."""
        of = self._of.get((table, row_id), [])
        return [item for item in of if item["column_name"] is None and item["stance"] == "supports"]

    def cited(self, table: str, row_id: str, default: str | None = None) -> Data:
        """The key ``spans`` of a row: names, each with its attribution where that is not the default."""
        names = [
            " ".join([self._names[item["span_id"]], *_unlike(item["attribution"], default or item["implied"])])
            for item in self.whole(table, row_id)
        ]
        return {"spans": names} if names else {}

    def columns(self, section: str, row_id: str) -> Data:
        """The evidence of a row's columns, under their short keys in the order of the section."""
        short = {column: key for key, column in COLUMNS_OF[section].items()}
        place = {column: number for number, column in enumerate(short)}
        found: dict[str, list[Data]] = {}
        of = [item for item in self._of.get((TABLE_OF[section], row_id), []) if item["column_name"] is not None]
        for item in sorted(of, key=lambda item: (place.get(item["column_name"], len(place)), item["column_name"])):
            name = str(item["column_name"])
            found.setdefault(short.get(name, name), []).append(self._entry(item))
        return found

    def _entry(self, item: Row) -> Data:
        typed = {
            "span": self._names[item["span_id"]],
            "contradicts": item["contradicting"],
            "attribution": next(iter(_unlike(item["attribution"], item["implied"])), None),
            "note": item["note"],
        }
        return {key: value for key, value in typed.items() if value is not None}

    def section(self) -> Data:
        """The section ``spans``."""
        columns = dict(zip(SPAN, ("source_id", "words", "sha256", "locator"), strict=True))
        return {
            self._names[span["span_id"]]: {key: span[name] for key, name in columns.items() if span[name] is not None}
            for span in self._spans
        }


def _unlike(attribution: str | None, default: str | None) -> list[str]:
    return [] if attribution in {None, default} else [str(attribution)]
