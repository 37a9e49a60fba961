"""Whatever is given ends in a model or in an error that says what is wrong, where, and what to do."""

import pytest

import foldin

EVENTS = [("ann", "a", 5), ("bob", "b", 4)]


@pytest.mark.parametrize(
    ("events", "message"),
    [
        (None, r"there are no data: give events, items, or both"),
        ([], r"`events` holds no event"),
        (7, r"events is 7; expected a DataFrame"),
        (b"user,item\n", r"events is b'user,item\\n'; expected a DataFrame"),
        (object(), r"events is an object of type object; expected"),
        ([1, 2], r"events: record 1 is 1; expected a dict, or a tuple of user, item"),
        ([("a", "b", 1, 2, 3)], r"events: record 1 is a tuple of 5; expected"),
        ([("ann", "a"), None], r"events: record 2 is None; expected"),
        ([{"user": "ann", "item": object()}], r'events: row 1 has an object in column "item"; expected text'),
        ([{"user": "ann", "item": {"id": 1}}], r'row 1 has a dict in column "item"'),
        ([{"user": "ann", "item": b"a"}], r'row 1 has a bytes in column "item"'),
        ([{"user": "ann", "item": "\ud800"}], r"a text that is not valid Unicode"),
        ([{"user": "ann", "item": "a", "rating": "good"}], r'events:1: column 3 \(rating\): "good" is not a number'),
        ([{"user": "ann", "item": "a", "rating": float("inf")}], r"events:1: column 3 \(rating\): \"inf\""),
        ([{"x": 1, "y": 2}], r"`events` has no column for the user"),
        ({"user": ["a", "b"], "item": ["x"]}, r"different lengths \(user: 2, item: 1\)"),
        ({"user": "ann", "item": "a"}, r'column "user" is \'ann\'; expected a list'),
        ("no/such/file.csv", r"there is no file or folder `no/such/file.csv`"),
        (["no/such/file.csv"], r"there is no file or folder"),
        ("", r"there is no file or folder"),
    ],
)
def test_bad_events_are_an_error_that_says_what_to_do(events, message):
    with pytest.raises(foldin.FoldinError, match=message):
        foldin.fit(events)


def test_a_bad_row_is_named_and_may_be_skipped():
    rows = [*EVENTS, ("cem", "a", "x")]
    with pytest.raises(foldin.FoldinError, match=r"(?s)events:3: column 3 \(rating\).*`skip_bad_lines=True` leaves such"):
        foldin.read(rows)
    data = foldin.read(rows, skip_bad_lines=True)
    assert data.n_events == 2 and data.bad_lines[0].startswith("events:3:")


def test_a_bad_file_is_named_with_its_line(tmp_path):
    path = tmp_path / "ratings.csv"
    path.write_text("user,item,rating\nann,a,5\nbob,b,many\n")
    with pytest.raises(foldin.FoldinError, match=r'ratings.csv:3: column 3 \(rating\): "many" is not a number'):
        foldin.fit(path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": "huge"}, r'config.size is "huge"; expected one of small, medium, large'),
        ({"seed": -1}, r"seed is -1; expected a whole number"),
        ({"seed": "x"}, r'seed is "x"; expected a whole number'),
        ({"threshold": 9}, r"no rating reaches the threshold 9 \(the highest is 5\); lower threshold"),
        ({"min_support": 0}, r"min-support is 0; expected"),
        ({"config": {"als": {"factor": 8}}}, r'there is no setting "factor" in \[als\]; did you mean "factors"'),
        ({"config": {"asl": {}}}, r"there is no section \[asl\]; did you mean \[als\]"),
        ({"config": 3}, r"config is of type int"),
        ({"config": {"als": {"factors": object()}}}, r"config holds something that is no setting"),
        ({"config": "no/such.toml"}, r"cannot read no/such.toml"),
        ({"columns": {"person": "user"}}, r'"person" is not one of user, item'),
        ({"dates": "ymd"}, r"dates"),
        ({"progress": 3}, r"progress is of type int"),
    ],
)
def test_bad_settings_are_an_error_that_names_them(options, message):
    with pytest.raises(foldin.FoldinError, match=message):
        foldin.fit(EVENTS, **options)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda m: m.recommend(["nowhere"]), r'no item has the id "nowhere"'),
        (lambda m: m.recommend("m1"), r"liked is 'm1'; expected a list of ids, such as \['m1'\]"),
        (lambda m: m.recommend(5), r"liked is 5; expected a list"),
        (lambda m: m.recommend(k=0), r"k is 0; expected a whole number of at least 1"),
        (lambda m: m.recommend(k=1.5), r"k is 1.5; expected"),
        (lambda m: m.recommend(k=True), r"k is True; expected"),
        (lambda m: m.recommend(k=2**70), r"expected a whole number"),
        (lambda m: m.recommend(genres=["Western"]), r'no item has the genre "Western"; there are: '),
        (lambda m: m.recommend(years=(1990, 1980)), r"expected"),
        (lambda m: m.recommend(years=1990), r"years is 1990; expected the first and the last year"),
        (lambda m: m.recommend(strategy="magic"), r'strategy is "magic"; expected one of hybrid, '),
        (lambda m: m.recommend(diversity=2), r"diversity is .*; expected a number from 0 to 1"),
        (lambda m: m.recommend(diversity="much"), r"diversity is 'much'; expected"),
        (lambda m: m.recommend(stars={"m1": "good"}), r"stars of 'm1' are 'good'; expected a number"),
        (lambda m: m.recommend(stars={"m1": float("nan")}), r"expected"),
        (lambda m: m.recommend(stars=["m1"]), r"stars is of type list; expected a dict"),
        (lambda m: m.similar("nowhere"), r'no item has the id "nowhere"'),
        (lambda m: m.similar("m1", by="colour"), r'by is "colour"; expected one of taste, content, genres'),
        (lambda m: m.recommend_user("nobody"), r'no user has the id "nobody"'),
        (lambda m: m.explain("nowhere"), r'no item has the id "nowhere"'),
        (lambda m: m.metrics["ndcg@11"], r"there is no metric or system 'ndcg@11'; there are foldin, "),
    ],
)
def test_bad_requests_are_an_error_that_says_what_was_expected(model, ask, message):
    with pytest.raises(foldin.FoldinError, match=message):
        ask(model)


def test_errors_are_value_errors():
    assert issubclass(foldin.FoldinError, ValueError) and issubclass(foldin.RefusedError, foldin.FoldinError)


def test_arguments_of_reading_are_refused_where_data_are_read_already(events):
    data = foldin.read(events)
    with pytest.raises(foldin.FoldinError, match=r"give columns, dates to foldin.read\(\)"):
        foldin.fit(data, columns={"user": "who"}, dates="dmy")


def test_library_without_pandas_says_what_to_install(model, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(foldin.FoldinError, match=r"pandas is not installed; install it, or use to_dicts\(\)"):
        model.items.to_pandas()
