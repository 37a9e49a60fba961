"""Columns, times, repeated events and likes."""

import datetime

import pytest
from pyspark.sql import SparkSession

from foldin_spark import FoldinSparkError, events, ids, items, likes, sample


def rows(frame, *columns):  # type: ignore[no-untyped-def]
    return sorted(tuple(row) for row in frame.select(*columns).collect())


def test_columns_are_found_by_their_names_and_those_that_are_named_win(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("u", 7, 4.5, 10, "x")], "UserId string, movie_id int, Rating double, ts long, item string")
    assert events.find_columns(frame, {}) == {"user": "UserId", "item": "item", "rating": "Rating", "time": "ts"}
    found = events.find_columns(frame, {"item": "movie_id"})
    assert found["item"] == "movie_id"
    assert rows(events.read(frame, {"item": "movie_id"}), "user", "item", "rating", "time") == [("u", "7", 4.5, 10)]
    with pytest.raises(FoldinSparkError, match="no column 'who'; their columns are UserId"):
        events.find_columns(frame, {"user": "who"})
    with pytest.raises(FoldinSparkError, match="called user; name it with --user"):
        events.find_columns(frame.drop("UserId"), {})


def test_times_of_every_kind_become_seconds(spark: SparkSession) -> None:
    second = 1_293_854_400
    moment = datetime.datetime(2011, 1, 1, 4, tzinfo=datetime.timezone.utc)
    for value, kind in [
        (second, "long"),
        (second * 1000, "long"),
        (second * 1_000_000, "long"),
        (second * 1_000_000_000, "long"),
        (str(second), "string"),
        ("2011-01-01T04:00:00Z", "string"),
        (moment, "timestamp"),
    ]:
        frame = spark.createDataFrame([("u", "i", value)], f"user string, item string, time {kind}")
        assert rows(events.read(frame), "time") == [(second,)], (value, kind)


def test_of_repeated_events_the_latest_counts_and_those_without_ids_do_not(spark: SparkSession) -> None:
    frame = spark.createDataFrame(
        [("u", "a", 5.0, 20, 1), ("u", "a", 1.0, 10, 9), ("u", "b", 2.0, 10, 1), ("u", "b", 3.0, 10, 2),
         ("u", " ", 5.0, 1, 1), (None, "a", 5.0, 1, 1)],
        "user string, item string, rating double, time long, line int",
    )
    assert rows(events.read(frame, {"place": "line"}), "item", "rating") == [("a", 5.0), ("b", 3.0)]


def test_likes_are_four_fifths_of_the_highest_rating_or_every_event(spark: SparkSession) -> None:
    def threshold(*ratings: float | None) -> float | None:
        frame = spark.createDataFrame([("u", str(n), rating) for n, rating in enumerate(ratings)],
                                      "user string, item string, rating double")
        return likes.threshold_of(events.read(frame))

    assert threshold(1.0, 5.0) == 4.0
    assert threshold(1.0, 1.0) is None
    assert threshold(None, None) is None
    assert threshold(1.0, 300.0) is None
    with pytest.raises(FoldinSparkError, match="--threshold"):
        threshold(-1.0, 1.0)


def test_only_the_newest_likes_of_a_person_count_and_items_need_enough_people(spark: SparkSession) -> None:
    frame = events.read(spark.createDataFrame(
        [(user, item, time) for user in "abc" for time, item in enumerate("xyz")], "user string, item string, time long"))
    newest = likes.newest(frame, 2)
    assert rows(newest.where("user = 'a'"), "item") == [("y",), ("z",)]
    assert rows(likes.with_support(likes.people(newest), 3), "item", "people") == [("y", 3), ("z", 3)]
    assert rows(likes.with_support(likes.people(newest), 4), "item") == []


def test_numbers_have_no_gaps_and_depend_on_the_ids_alone(spark: SparkSession) -> None:
    frame = spark.range(5000).selectExpr("concat('user-', id) as user")
    numbered = dict(rows(ids.numbered(frame, "user", "u"), "user", "u"))
    assert sorted(numbered.values()) == list(range(5000))
    assert dict(rows(ids.numbered(frame.repartition(7), "user", "u"), "user", "u")) == numbered


def test_who_is_held_out_depends_on_the_id_and_the_seed_alone(spark: SparkSession) -> None:
    frame = spark.range(20_000).selectExpr("cast(id as string) as user")
    held_out = {row.user for row in frame.where(sample.is_held_out(frame.user, 0.1, 42)).collect()}
    again = frame.repartition(5).where("user > '5'")
    assert {row.user for row in again.where(sample.is_held_out(again.user, 0.1, 42)).collect()} == {
        user for user in held_out if user > "5"
    }
    assert 0.09 < len(held_out) / 20_000 < 0.11
    other = {row.user for row in frame.where(sample.is_held_out(frame.user, 0.1, 43)).collect()}
    assert len(other & held_out) < len(held_out) / 2
    assert sample.share_of(1_000_000, sample.SampleSettings()) == 0.02
    assert sample.share_of(1000, sample.SampleSettings()) == 0.2


def test_items_keep_what_the_catalogue_says_and_their_likes_are_rounded_down(spark: SparkSession) -> None:
    people = spark.createDataFrame([("a", 7), ("b", 3)], "item string, people long")
    catalogue = spark.createDataFrame(
        [("a", "Alien", ["Horror"], 9), ("c", "Casablanca", None, 9)], "movieId string, title string, genres array<string>, likes int")
    found = items.items(people, catalogue, 3)
    assert rows(found, "id", "likes", "title") == [("a", 6, "Alien"), ("b", 3, None), ("c", 0, "Casablanca")]
    assert rows(items.items(people, None, 3), "id", "likes") == [("a", 6), ("b", 3)]
    with pytest.raises(FoldinSparkError, match="name it with --item-id"):
        items.items(people, catalogue, 3, "nothing")
