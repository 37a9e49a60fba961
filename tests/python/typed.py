"""Checked by mypy against the installed package, and not run: the types that callers see."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import assert_type

import foldin

model = foldin.fit([("ann", "alien", 5)], size="small", progress=lambda event: print(event["type"]))
assert_type(model, foldin.Model)
answer = model.recommend(["alien"], stars={"heat": 4.5}, years=(1980, 1999))
assert_type(answer, foldin.Items[foldin.Recommendation])
assert_type(answer[0].score, float)
assert_type(answer[0].because[0].title, str)
assert_type(answer[1:].ids, list[str])
assert_type(model.similar("alien")[0], foldin.SimilarItem)
assert_type(model.metrics, foldin.Metrics | None)
assert_type(foldin.read("events.csv").like_threshold, float | None)
assert_type(foldin.versions("model")[0].version, str)
foldin.fit([], size="huge")  # type: ignore[arg-type]
model.recommend(likes=["alien"])  # type: ignore[call-arg]
