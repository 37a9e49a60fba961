"""Model folders: the same as the program's."""

import json
import subprocess
import sys

import pytest

import foldin


def program(*arguments, cwd=None):
    done = subprocess.run([sys.executable, "-m", "foldin", *map(str, arguments)], capture_output=True, text=True, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_saved_model_comes_back_and_answers_the_same(model, tmp_path):
    assert model.save(tmp_path / "model") == "v1.0.0"
    loaded = foldin.load(tmp_path / "model")
    liked = ["m0", "m1"]
    assert loaded.recommend(liked) == model.recommend(liked)
    assert loaded.explain("m2", liked) == model.explain("m2", liked)
    assert loaded.items == model.items
    assert loaded.metrics["ndcg@10"] == model.metrics["ndcg@10"]
    assert model.settings in loaded.settings
    assert (loaded.version, model.version) == ("v1.0.0", "v1.0.0")


def test_the_program_takes_what_the_module_has_saved(model, tmp_path):
    model.save(tmp_path / "model")
    about = json.loads(program("inspect", tmp_path / "model", "--json"))
    assert {"factors", "catalogue"} <= {part["name"] for part in about["files"][0]["sections"]}
    lines = json.loads(program("recommend", "--model", tmp_path / "model", "--liked", "m0,m1", "--json"))
    items = lines["items"] if isinstance(lines, dict) else lines
    assert [line["id"] for line in items] == model.recommend(["m0", "m1"]).ids
    program("build", "--model", tmp_path / "model", "--out", tmp_path / "site")
    assert (tmp_path / "site" / "index.html").is_file()


def test_the_module_trains_the_bytes_of_the_program(folder, tmp_path):
    program("train", folder, "--no-auto", "--no-runs", "--out", tmp_path / "program")
    trained = foldin.fit(folder, search=False)
    trained.save(tmp_path / "module")
    files = {path.relative_to(tmp_path / "program") for path in (tmp_path / "program").glob("v1.0.0/*")}
    assert files == {path.relative_to(tmp_path / "module") for path in (tmp_path / "module").glob("v1.0.0/*")}
    assert any("score-" in file.name for file in files)
    # The card and the metadata name times.
    for file in files:
        if file.name not in ("metadata.json", "card.html"):
            assert (tmp_path / "program" / file).read_bytes() == (tmp_path / "module" / file).read_bytes(), file


def test_a_search_finds_the_settings_of_the_program(folder, tmp_path):
    config = tmp_path / "few.toml"
    config.write_text("[search]\ntrials = 2\n[train]\nsources = [\"taste\", \"neighbours\"]\n")
    program("train", folder, "--config", config, "--auto", "--no-runs", "--out", tmp_path / "program")
    sections = {"search": {"trials": 2}, "train": {"sources": ["taste", "neighbours"]}}
    for n, given in enumerate((config, sections)):
        foldin.fit(folder, config=given).save(tmp_path / f"module-{n}")
        [score] = (tmp_path / f"module-{n}").glob("v1.0.0/score-*.foldin")
        assert (tmp_path / "program" / "v1.0.0" / score.name).read_bytes() == score.read_bytes()


def test_versions_add_up_and_roll_back(model, tmp_path):
    folder = tmp_path / "model"
    assert [model.save(folder), model.save(folder, version="2.0.0"), model.save(folder)] == ["v1.0.0", "v2.0.0", "v2.1.0"]
    assert foldin.rollback(folder, "v1.0.0") == "v2.1.0"
    assert [one.version for one in foldin.versions(folder) if one.is_current] == ["v1.0.0"]
    assert len(foldin.versions(folder)) == 3
    assert foldin.versions(folder)[0].metrics["ndcg@10"] == pytest.approx(model.metrics["ndcg@10"], abs=1e-4)
    assert foldin.load(folder).version == "v1.0.0"
    assert foldin.load(folder, "v2.0.0").version == "v2.0.0"
    with pytest.raises(foldin.FoldinError, match=r"holds v1.0.0 already; choose another version"):
        model.save(folder, version="v1.0.0")
    with pytest.raises(foldin.FoldinError, match=r"has no version v9.9.9; it has v1.0.0"):
        foldin.load(folder, "v9.9.9")


def test_a_worse_model_is_refused_unless_it_is_accepted(model, events, tmp_path):
    folder = tmp_path / "model"
    model.save(folder)
    hardly_liked = [{**row, "rating": 1} for row in events] + [{**events[0], "rating": 5}]
    worse = foldin.fit(hardly_liked, search=False, min_support=1, threshold=4)
    with pytest.raises(foldin.RefusedError, match=r"(?s)the model was not saved to .*accept=True") as refused:
        worse.save(folder)
    assert refused.value.doubts and worse.doubts
    assert [one.version for one in foldin.versions(folder)] == ["v1.0.0"]
    assert worse.save(folder, accept=True) == "v1.1.0"


def test_a_folder_without_a_model_says_so(tmp_path):
    for call in (foldin.load, foldin.versions, lambda folder: foldin.rollback(folder, "v1.0.0")):
        with pytest.raises(foldin.FoldinError, match=r"there is no model in "):
            call(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_noticed(model, tmp_path):
    model.save(tmp_path)
    [score] = tmp_path.glob("v1.0.0/score-*.foldin")
    score.write_bytes(score.read_bytes()[:-1])
    with pytest.raises(foldin.FoldinError, match=r"v1.0.0 is not whole"):
        foldin.load(tmp_path)


def test_histories_are_saved_only_where_asked_for(events, model, tmp_path):
    model.save(tmp_path / "without")
    with pytest.raises(foldin.FoldinError, match=r"this model holds no users: train it with with_users=True"):
        foldin.load(tmp_path / "without").recommend_user("u0")
    with_users = foldin.fit(events, search=False, with_users=True)
    with_users.save(tmp_path / "with")
    assert foldin.load(tmp_path / "with").recommend_user("u0") == with_users.recommend_user("u0")


def test_what_only_a_training_knows_is_refused_to_a_loaded_model(model, tmp_path):
    model.save(tmp_path)
    loaded = foldin.load(tmp_path)
    for ask in (lambda: loaded.data, lambda: loaded.doubts, lambda: loaded.save(tmp_path), loaded.evaluate):
        with pytest.raises(foldin.FoldinError, match=r"was loaded from a folder"):
            ask()


def test_runs_are_logged_as_by_the_program(events, tmp_path):
    log = tmp_path / "runs.jsonl"
    model = foldin.fit(events, search=False, name="films", runs=log)
    foldin.evaluate(events, search=False, name="films", protocol="loo", runs=log)
    train, evaluate = (json.loads(line) for line in log.read_text().splitlines())
    assert (train["command"], evaluate["command"], evaluate["measured"]) == ("train", "evaluate", "loo")
    assert train["metrics"]["ndcg@10"] == pytest.approx(model.metrics["ndcg@10"], abs=1e-4)
    assert "films" in program("runs", "--runs", log)
