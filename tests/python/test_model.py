"""What a model answers."""

import unicodedata

import pytest

import foldin

CRIME = ["m0", "m1", "m2"]


def test_likes_lead_to_items_of_the_same_taste(model):
    answer = model.recommend(CRIME, k=5)
    assert len(answer) == 5 and not set(answer.ids) & set(CRIME)
    assert all(item.genres == ("Crime",) for item in answer[:3])
    assert [item.score for item in answer] == sorted((item.score for item in answer), reverse=True)
    assert answer[0].because and {reason.id for reason in answer[0].because} <= set(CRIME)
    assert answer[0].sources


def test_dislikes_stars_seen_and_recent_count(model):
    assert not {"m3", "m4", "m5", "m6"} & set(
        model.recommend(CRIME, disliked=["m3"], stars={"m4": 5}, seen=["m5"], recent=["m6"], k=30).ids
    )
    horror = model.recommend(stars={"m24": 5, "m25": 5, "m26": 5}, k=3)
    assert [item.genres for item in horror] == [("Horror",)] * 3
    assert model.recommend(["m0"], recent=["m1"]) == model.recommend(["m0", "m1"])


def test_nothing_known_gives_popular_items(model):
    assert model.recommend(k=3).ids == [item.id for item in model.items[:3]]


def test_filters_hold(model):
    everything = model.recommend(CRIME, k=100)
    assert len(everything) == len(model) - len(CRIME)
    assert {g for item in model.recommend(CRIME, genres="Comedy") for g in item.genres} == {"Comedy"}
    assert all(1990 <= item.year <= 1995 for item in model.recommend(CRIME, years=(1990, 1995)))
    assert set(model.recommend(CRIME, only=["m5", "m6"]).ids) == {"m5", "m6"}
    assert "m5" not in model.recommend(CRIME, exclude=["m5"], k=100).ids
    assert model.recommend(CRIME, strategy="taste") != model.recommend(CRIME, strategy="popular")
    assert len({item.genres for item in model.recommend(CRIME, k=6, diversity=1.0)}) > 1
    assert model.recommend(CRIME, reasons=False)[0].because == ()


def test_unknown_ids_may_be_ignored(model):
    assert model.recommend([*CRIME, "nowhere"], ignore_unknown=True) == model.recommend(CRIME)


def test_ids_are_compared_as_in_training():
    composed, decomposed = "caf\u00e9", unicodedata.normalize("NFD", "caf\u00e9")
    model = foldin.fit([("ann", decomposed), ("ann", 12)], min_support=1)
    assert {item.id for item in model.items} == {composed, "12"}
    assert model.recommend([decomposed]).ids == model.recommend([f" {composed} "]).ids == ["12"]
    assert model.recommend([12]).ids == [composed]


def test_users_of_the_data_get_what_they_do_not_have(model, events):
    mine = {row["item"] for row in events if row["user"] == "u0"}
    answer = model.recommend_user("u0", k=5)
    assert not mine & set(answer.ids) and answer[0].genres == ("Crime",)


def test_similar_items_are_of_the_same_taste(model):
    for by in (None, "taste", "content", "genres"):
        similar = model.similar("m0", k=3, by=by)
        assert [item.genres for item in similar] == [("Crime",)] * 3
    assert similar[0].score == 1.0


def test_an_explanation_has_the_score_of_the_recommendation(model):
    best = model.recommend(CRIME)[0]
    explanation = model.explain(best.id, CRIME)
    assert explanation.item == best and explanation.place == 1
    assert {source.source for source in explanation.sources} >= {"taste", "popular"}
    assert explanation.score == pytest.approx(explanation.blend + explanation.trees, abs=1e-5)


def test_seeds_are_diverse_and_lead_on(model):
    seeds = model.seeds(3)
    assert len({item.genres for item in seeds}) >= 2
    assert not set(seeds.ids) & set(model.seeds(3, exclude=seeds.ids).ids)


def test_stars_are_predicted(model):
    low, high = (model.predict("m5", {"m0": stars, "m1": stars, "m2": stars}) for stars in (1, 5))
    assert 1 <= low < high <= 5


def test_search_finds_titles(model):
    assert model.search("film 7")[0].id == "m7"


def test_the_model_knows_what_it_is(model, items):
    assert len(model) == len(model.items) == len(items)
    likes = [item.likes for item in model.items]
    assert likes == sorted(likes, reverse=True)
    assert model.about["like_threshold"] == 4.0 and "taste" in model.about["strategies"]
    assert "NDCG@10" in repr(model)
    assert model.doubts == []
    assert model.settings.startswith("[data]") and "[als]" in model.settings
    assert model.card().startswith("<!DOCTYPE html>") and model.data.report().startswith("<!DOCTYPE html>")


def test_metrics_are_those_of_people_left_out(model):
    metrics = model.metrics
    assert metrics.protocol == "strong" and metrics.users > 0
    assert metrics["ndcg@10"] > metrics["popularity"]["ndcg@10"].mean
    low, mean, high = (getattr(metrics["foldin"]["ndcg@10"], name) for name in ("low", "mean", "high"))
    assert low <= mean <= high
    frame = metrics.to_pandas()
    assert frame.loc["foldin", "ndcg@10"] == metrics["ndcg@10"]
    assert "popularity" in repr(metrics)


def test_results_are_sequences_frames_and_dicts(model):
    answer = model.recommend(CRIME, k=4)
    assert answer[0] == next(iter(answer)) and answer[1:3].ids == answer.ids[1:3]
    assert answer.titles[0].startswith("Film ")
    frame = answer.to_pandas()
    assert list(frame["id"]) == answer.ids and list(frame.columns[:2]) == ["id", "title"]
    assert answer.to_polars()["id"].to_list() == answer.ids
    assert answer.to_dicts()[0]["because"][0]["id"] in CRIME
    assert "Film" in repr(answer) and repr(model.recommend(only=[])) == "0 items"
    assert list(model.recommend(only=[]).to_pandas().columns) == []


def test_what_was_read_can_be_seen(events, items):
    data = foldin.read(events, items, name="films")
    assert (data.name, data.n_users, data.n_items, len(data)) == ("films", 90, 36, len(events))
    assert data.like_threshold == 4.0 and 0 < data.n_likes < len(data)
    assert repr(data).startswith("<foldin.Dataset 'films': ")
    assert foldin.read([("ann", "a")]).notes[0].endswith(".")


def test_the_same_seed_gives_the_same_model_and_another_seed_another(events, score_of):
    def score(seed):
        return score_of(foldin.fit(events, search=False, measure=False, seed=seed))

    assert score(1) == score(1) != score(2)


def test_protocols_measure_other_users_and_other_systems(events, items):
    data = foldin.read(events, items)
    fast = {"search": False, "config": {"ranker": {"kind": "blend"}}}
    loo = foldin.evaluate(data, protocol="loo", strategies=["taste", "neighbours"], **fast)
    assert loo.protocol == "loo" and {"foldin", "popularity", "taste", "neighbours"} <= set(loo.systems)
    assert {"precision@10", "recall@10", "ndcg@10", "map@10", "mrr@10"} <= set(loo["taste"])
    validation = foldin.evaluate(data, part="validation", diversity=True, **fast)
    assert validation.data["protocols"][0]["part"] == "validation"
    assert [point["lambda"] for point in validation.data["diversity"]][0] == 0.0
    curve = foldin.evaluate(data, protocol="cold", **fast).data["coldStart"]
    assert curve[0]["shown"] == 1
    for options, message in [
        ({"protocol": "magic"}, r'protocol is "magic"; expected one of loo, holdout'),
        ({"strategies": ["magic"]}, r'strategies names "magic", which the model does not have; it has foldin'),
        ({"part": "train"}, r"part is 'train'; expected test or validation"),
    ]:
        with pytest.raises(foldin.FoldinError, match=message):
            foldin.evaluate(data, **fast, **options)


def test_a_model_is_measured_again_with_its_own_settings(model):
    again = model.evaluate("strong", strategies="all")
    assert again.systems == model.metrics.systems
