"""The tables of where, and of the series to which events belong."""

from communique.tables.base import Boolean, Series, Table, edtf, foreign_key, key, term, text, value


class Places(Table):
    """A place at which events happen."""

    place_id: Series[str] = key("The place's permanent name.")
    name: Series[str] = text("The name in English.", nullable=False, longest=200)
    place_kind: Series[str] = term("place_kind", "What sort of place.")
    country_id: Series[str] = foreign_key("actors", "The state in whose territory it lies.", nullable=True)
    lat: Series[float] = value("Latitude.", unit="degrees north, WGS 84", ge=-90, le=90)
    lon: Series[float] = value("Longitude.", unit="degrees east, WGS 84", ge=-180, le=180)
    geonames_id: Series[str] = text("The GeoNames identifier.", longest=20)
    wikidata_id: Series[str] = text("The Wikidata identifier.", longest=20)
    is_disputed: Series[Boolean] = value("Whether states dispute whose it is.")
    naming_note: Series[str] = text("Why the name was chosen, where names are disputed.")


class SeriesTable(Table):
    """A run of events of one kind, such as annual summits."""

    series_id: Series[str] = key("The series' permanent name.")
    name: Series[str] = text("The name in English.", nullable=False, longest=200)
    series_kind: Series[str] = term("series_kind", "What sort of series.")
    start_edtf: Series[str] = edtf("When it began.", nullable=True)
    end_edtf: Series[str] = edtf("When it ended.", nullable=True)
    inclusion_rule: Series[str] = text("What belongs to the series and what does not.", nullable=False)
