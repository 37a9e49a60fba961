"""The whole way: from events to a folder, and from the folder to a model."""

import json
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

import foldin_spark
from conftest import SETTINGS, foldin, ml_100k
from foldin_spark import FoldinSparkError, SampleSettings, Settings, cli


def test_the_folder_holds_what_is_documented(spark: SparkSession, exported: foldin_spark.Export) -> None:
    folder = Path(exported.folder)
    about = json.loads((folder / "foldin.json").read_text())
    assert about == exported.about
    assert (about["data"], about["threshold"], about["minSupport"]) == ("ml-100k", 4.0, 3)
    columns = {
        "items": ["id", "likes", "title"],
        "factors": ["id", "vector"],
        "neighbours": ["item", "other", "weight", "people"],
        "next": ["item", "other", "weight", "people"],
        "sample": ["user", "item", "rating", "time"],
    }
    tables = {name: spark.read.parquet(f"{folder}/{name}.parquet") for name in columns}
    assert {name: table.columns for name, table in tables.items()} == columns
    assert tables["neighbours"].where("people < 3").count() == 0
    assert tables["next"].where("people < 3").count() == 0
    assert tables["items"].where("likes < 3 or likes % 3 <> 0").count() == 0
    liked = {row.id for row in tables["items"].collect()}
    assert {row.id for row in tables["factors"].collect()} == liked
    assert tables["sample"].select("user").distinct().count() == about["sample"]["users"]
    # 943 people: those of the sample are not learned from.
    assert about["users"] + about["sample"]["users"] <= 943


def test_a_model_is_made_of_it(exported: foldin_spark.Export, tmp_path: Path) -> None:
    said = foldin("import", exported.folder, "--no-auto", "--out", "model", folder=tmp_path)
    about = exported.about
    assert f"of ml-100k from {about['likes']:,} likes of {about['users']} users, by foldin-spark" in said
    assert f"sample: {about['sample']['users']} users" in said
    metrics = json.loads(foldin("inspect", "model", "--json", folder=tmp_path))
    assert metrics
    assert "because of" in foldin("recommend", "--liked", "50,181", folder=tmp_path)
    config = next(tmp_path.glob("model/*/config.toml")).read_text()
    assert "factors = 16" in config
    runs = (tmp_path / "runs.jsonl").read_text()
    assert '"command":"import"' in runs
    # The same folder gives the same bytes.
    foldin("import", exported.folder, "--no-auto", "--out", "again", folder=tmp_path)
    [first], [second] = tmp_path.glob("model/*/score*"), tmp_path.glob("again/*/score*")
    assert first.read_bytes() == second.read_bytes()


def test_a_search_leaves_alone_what_spark_has_learned(spark: SparkSession, tmp_path: Path) -> None:
    # Half of the users, so that there are enough of them to search on.
    settings = Settings(als=None, next=None, sample=SampleSettings(share=0.5))
    columns = {"place": "place"}
    folder = foldin_spark.export(spark, ml_100k(spark), str(tmp_path / "half"), settings=settings, columns=columns).folder
    said = foldin("import", folder, "--sources", "neighbours,ease", "--out", "model", folder=tmp_path)
    assert "neighbours: NDCG@10" in said
    assert "no better" in said.split("neighbours: NDCG@10")[1].splitlines()[0]


def test_what_is_wrong_is_said_with_what_to_do(
    exported: foldin_spark.Export, spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "give the folder that foldin-spark wrote" in foldin("import", tmp_path, code=1, folder=tmp_path)
    said = foldin("import", exported.folder, "--threshold", "3", code=1, folder=tmp_path)
    assert "give --threshold to foldin-spark" in said
    events = spark.createDataFrame([("u", "i")], "user string, item string")
    with pytest.raises(FoldinSparkError, match="--overwrite"):
        foldin_spark.export(spark, events, exported.folder)
    with pytest.raises(FoldinSparkError, match="nobody is held out|no item is liked"):
        foldin_spark.export(spark, events, str(tmp_path / "small"), settings=SETTINGS)
    with pytest.raises(FoldinSparkError, match="above 0 and below 1"):
        settings = Settings(sample=foldin_spark.SampleSettings(share=1.5))
        foldin_spark.export(spark, events, str(tmp_path / "small"), settings=settings)
    with pytest.raises(FoldinSparkError, match="does not read the format delta; start it with the package"):
        cli.read(spark, str(tmp_path), "delta", False)
    with pytest.raises(FoldinSparkError, match="there is nothing at"):
        cli.read(spark, str(tmp_path / "nothing"), "parquet", False)


def test_the_command_line_says_its_settings() -> None:
    arguments = cli.parser().parse_args(
        ["events", "--out", "out", "--rank", "8", "--sample-users", "50", "--seed", "3", "--without", "next"]
    )
    settings = cli.settings_of(arguments)
    assert settings.als is not None
    assert (settings.als.rank, settings.als.seed, settings.sample.users, settings.sample.seed) == (8, 3, 50, 3)
    assert settings.next is None
    assert cli.settings_of(cli.parser().parse_args(["events", "--out", "out"])) == Settings()
