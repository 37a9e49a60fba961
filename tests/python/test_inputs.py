"""Every form of the same data gives the same model, to the byte."""

import collections
import datetime
import uuid
from decimal import Decimal

import pytest

import foldin

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

Rating = collections.namedtuple("Rating", "user item rating timestamp")


class Stream:
    """A table of a library that nobody knows: it has the Arrow stream interface and nothing else."""

    def __init__(self, rows):
        self._table = pyarrow.Table.from_pylist(rows)

    def __arrow_c_stream__(self, requested_schema=None):
        return self._table.__arrow_c_stream__(requested_schema)


FORMS = {
    "pandas": pandas.DataFrame,
    "pandas with a strange index": lambda rows: pandas.DataFrame(rows, index=range(5, 5 + len(rows))),
    "pandas with pyarrow's types": lambda rows: pandas.DataFrame(rows).convert_dtypes(dtype_backend="pyarrow"),
    "polars": polars.DataFrame,
    "polars, lazy": lambda rows: polars.DataFrame(rows).lazy(),
    "pyarrow": pyarrow.Table.from_pylist,
    "a batch of pyarrow": pyarrow.RecordBatch.from_pylist,
    "an Arrow stream": Stream,
    "dicts": list,
    "a generator": lambda rows: (row for row in rows),
    "tuples": lambda rows: [tuple(row.values()) for row in rows],
    "columns": lambda rows: {key: [row[key] for row in rows] for key in rows[0]},
    "arrays of NumPy": lambda rows: {key: pandas.DataFrame(rows)[key].to_numpy() for key in rows[0]},
}


def small(events, items=None, **options):
    return foldin.fit(events, items, name="films", search=False, measure=False, size="small", **options)


@pytest.fixture(scope="module")
def expected(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("expected")
    small(folder / "events.csv", folder / "items.csv").save(out)
    return next(out.glob("*/score-*.foldin")).read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_model_of_the_files(form, events, items, expected, score_of):
    of = FORMS[form]
    assert score_of(small(of(events), of(items))) == expected


def test_a_path_and_a_frame_go_together(folder, events, items, expected, score_of):
    assert score_of(small(folder / "events.csv", pandas.DataFrame(items))) == expected
    assert score_of(small(pandas.DataFrame(events), folder / "items.csv")) == expected


def test_several_paths_are_one_data_set(folder, events, tmp_path):
    from conftest import write_csv

    half = len(events) // 2
    write_csv(tmp_path / "a.csv", events[:half])
    write_csv(tmp_path / "b.csv", events[half:])
    assert foldin.read([tmp_path / "a.csv", str(tmp_path / "b.csv")]).n_events == len(events)


def test_named_tuples_have_names(events):
    data = foldin.read([Rating(**row)._replace(rating=5) for row in events])
    assert data.facts["ratings"] is not None and data.n_events == len(events)


def test_columns_are_found_by_their_names_or_as_said(events):
    renamed = [{"who": row["user"], "what": row["item"], "how": row["rating"]} for row in events]
    with pytest.raises(foldin.FoldinError, match=r'has no column for the user.*columns="user='):
        foldin.read(renamed)
    for columns in ({"user": "who", "item": "what", "rating": 3}, "user=who,item=what,rating=how"):
        data = foldin.read(renamed, columns=columns)
        assert data.n_events == len(events)
        assert data.columns[0]["roles"]["user"] == "who"


def test_ids_that_a_missing_value_has_made_floats_stay_whole():
    frame = pandas.DataFrame({"user": [1, 2, None], "item": [7, 8, 9], "rating": [5.0, 3.5, 4.0]})
    assert frame["user"].dtype == float
    data = foldin.read(frame)
    assert (data.n_events, data.n_users) == (2, 2)
    model = foldin.fit(data, min_support=1, measure=False)
    assert {item.id for item in model.items} >= {"7", "8"}


def test_missing_values_of_every_library_are_none():
    nan = float("nan")
    times = [pandas.Timestamp("2030-01-01"), pandas.NaT, None]
    for none in (None, nan, pandas.NA, pandas.NaT):
        rows = [{"user": "ann", "item": "a", "rating": none}, {"user": "bob", "item": "a", "rating": 4}]
        data = foldin.read(rows)
        assert (data.n_users, data.n_events) == (2, 1), none
        assert "without a rating" in " ".join(data.notes), none
    assert foldin.read({"user": ["a", "b", "c"], "item": ["x", "y", "z"], "rating": [1, 2, nan]}).n_events == 2
    with pytest.raises(foldin.FoldinError, match=r"events:2: column \d \(time\)"):
        foldin.read({"user": ["a", "b", "c"], "item": ["x", "y", "z"], "time": times})


def test_times_are_read_from_dates_of_every_library():
    numpy = pytest.importorskip("numpy")
    day = datetime.datetime(2030, 1, 31, 12, 30)
    expected = foldin.read([("ann", "a", 5, "2030-01-31T12:30:00")]).facts["timeline"]
    assert expected is not None
    for time in (day, pandas.Timestamp(day), numpy.datetime64(day), day.replace(tzinfo=datetime.timezone.utc)):
        assert foldin.read([("ann", "a", 5, time)]).facts["timeline"] == expected, time
    frame = polars.DataFrame({"user": ["ann"], "item": ["a"], "rating": [5], "timestamp": [day]})
    assert foldin.read(frame).facts["timeline"] == expected
    assert foldin.read(frame.to_arrow()).facts["timeline"] == expected


def test_genres_may_be_lists():
    items = [{"id": "a", "title": "A", "genres": ["Crime", "Drama, dark"]}, {"id": "b", "title": "B", "genres": []}]
    model = foldin.fit([("ann", "a")], items, min_support=1)
    assert {item.id: item.genres for item in model.items} == {"a": ("Crime", "Drama, dark"), "b": ()}


def test_ids_may_be_numbers_uuids_and_decimals():
    users = [uuid.UUID(int=n) for n in range(2)]
    rows = [(users[0], 10**20, 5), (users[1], Decimal("7.50"), 4)]
    model = foldin.fit(foldin.read(rows), min_support=1)
    assert {item.id for item in model.items} == {"100000000000000000000", "7.50"}


def test_a_catalogue_alone_is_enough_for_content(folder, items):
    for given in (items, folder / "items.csv"):
        model = foldin.fit(items=given)
        assert len(model) == len(items)
        assert all(item.genres == ("Crime",) for item in model.similar("m0", k=3))
    with pytest.raises(foldin.FoldinError, match=r"no/such/file.csv"):
        foldin.fit(items="no/such/file.csv")


def test_titles_with_quotes_line_ends_and_other_letters_come_back():
    titles = ['He said "no"', "千と千尋の神隠し", "comma, semicolon; tab\tand | bar", "Ünïcödé 🎬"]
    items = [{"id": f"i{n}", "title": title} for n, title in enumerate(titles)]
    model = foldin.fit([("ann", "i0")], items, min_support=1)
    found = {item.id: item.title for item in model.items}
    assert [found["i0"], found["i1"], found["i3"]] == [titles[0], titles[1], titles[3]]
    assert found["i2"].split() == titles[2].split()
