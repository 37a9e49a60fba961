"""NDCG@10 of foldin with all defaults, its best single source, and other libraries on the same splits.

    quality.py PROGRAM WORK FOLDER [DATA ...]

FOLDER holds the data sets; DATA chooses some of TASKS. The splits are foldin's (`evaluate --write-split`), and so are its
figures; lists of the other libraries are scored here. Their settings are fixed ones that suit these data. Ends with 1
where the hybrid is below its best source by more than a quarter of the interval.
"""

import contextlib
import csv
import json
import math
import os
import shutil
import subprocess
import sys

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import implicit.als
import numpy as np
import scipy.sparse as sp
from irspack import CosineKNNRecommender, DenseSLIMRecommender, IALSRecommender

K = 10
# Protocols by data set; a number after a protocol is the rating from which on events are likes.
TASKS = {
    "ml-1m": ["strong", "cold1", "cold3", "cold5", "cold10", "cold20", "holdout"],
    "ml-1m-timed": ["loo 0"],
    "ml-100k": ["strong", "cold3", "holdout", "loo 0"],
    "ml-latest-small": ["strong", "cold3", "holdout", "loo"],
    "lastfm-2k": ["strong", "cold3"],
    "movietweetings-100k": ["strong", "cold3", "loo"],
}


def irspack(recommender, **settings):
    def fit(likes):
        model = recommender(likes, **settings).learn()
        return model.get_score_cold_user

    return fit


def implicit_als(likes):
    model = implicit.als.AlternatingLeastSquares(64, regularization=5, alpha=1, iterations=15, random_state=1)
    model.fit(likes, show_progress=False)
    return lambda shown: model.recalculate_user(np.arange(shown.shape[0]), shown) @ model.item_factors.T


def popularity(likes):
    counts = np.asarray(likes.sum(0), np.float32)
    return lambda shown: np.repeat(counts, shown.shape[0], 0)


PEERS = {
    "popularity": popularity,
    "item-kNN": irspack(CosineKNNRecommender, shrinkage=10, top_k=100),
    "EASE": irspack(DenseSLIMRecommender, reg=500),
    "iALS": irspack(IALSRecommender, n_components=64, alpha0=0.3, reg=0.01, train_epochs=16, solver_type="CHOLESKY"),
    "implicit": implicit_als,
}


def evaluate(program, data, protocol, threshold, split):
    """NDCG@10 of foldin's systems, by name, and half the 95 % interval of the hybrid's."""
    command = [program, "evaluate", data, "--protocol", protocol, "--all", "--json", "--no-runs", "--write-split", split]
    if threshold is not None:
        command += ["--threshold", threshold]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    systems = json.loads(output)["protocols"][0]["systems"]
    ndcgs = {system["name"]: system["metrics"][f"ndcg@{K}"] for system in systems}
    hybrid = ndcgs["foldin"]
    return {name: ndcg["mean"] for name, ndcg in ndcgs.items()}, (hybrid["high"] - hybrid["low"]) / 2


def read(split, name):
    with open(os.path.join(split, f"{name}.csv"), encoding="utf-8", newline="") as file:
        return [(row["user"], row["item"], float(row.get("rating") or 1)) for row in csv.DictReader(file)]


def peers(split, threshold):
    """NDCG@10 of the other libraries, by name."""
    train, shown, test = (read(split, name) for name in ("train", "shown", "test"))
    is_like = lambda rating: threshold is None or rating >= threshold
    likes = [(user, item) for user, item, rating in train if is_like(rating)]
    items = {item: n for n, item in enumerate(dict.fromkeys(item for _, item in likes))}
    relevant = {}
    for user, item, _ in test:
        if item in items:
            relevant.setdefault(user, set()).add(items[item])
    asked = {user: n for n, user in enumerate(relevant)}

    def matrix(pairs, users):
        pairs = [(users[user], items[item]) for user, item in pairs if user in users and item in items]
        rows, columns = zip(*pairs) if pairs else ((), ())
        return sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(users), len(items)))

    known = matrix([(user, item) for user, item, _ in shown], asked)
    liked = matrix([(user, item) for user, item, rating in shown if is_like(rating)], asked)
    learned = matrix(likes, {user: n for n, user in enumerate(dict.fromkeys(user for user, _ in likes))})
    ndcgs = {}
    for name, fit in PEERS.items():
        # irspack draws a progress bar.
        with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
            scores = np.array(fit(learned)(liked), np.float32)
        scores[known.nonzero()] = -np.inf
        best = np.argsort(-scores, axis=1, kind="stable")[:, :K]
        ndcgs[name] = float(np.mean([ndcg(best[n], relevant[user]) for user, n in asked.items()]))
    return ndcgs


def ndcg(items, relevant):
    gained = sum(1 / math.log2(place + 2) for place, item in enumerate(items) if item in relevant)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(K, len(relevant))))


def short(value):
    return f"{value:.4f}".lstrip("0")


def main():
    program, work, folder, *chosen = sys.argv[1:]
    below = []
    print(f"| data, protocol | foldin | best source | {' | '.join(PEERS)} |")
    print("|---" * (3 + len(PEERS)) + "|")
    for data, protocols in TASKS.items():
        path = os.path.join(folder, data)
        if chosen and data not in chosen:
            continue
        if not os.path.isdir(path):
            print(f"skipped: there is no folder {path}", file=sys.stderr)
            continue
        for task in protocols:
            protocol, _, threshold = task.partition(" ")
            split = os.path.join(work, f"{data}-{protocol}")
            shutil.rmtree(split, ignore_errors=True)
            own, half = evaluate(program, path, protocol, threshold or None, split)
            with open(os.path.join(split, "about"), encoding="utf-8") as file:
                words = file.read().split()
            likes_from = float(words[words.index("threshold") + 1]) if "threshold" in words else None
            others = peers(split, likes_from)
            hybrid = own.pop("foldin")
            source = max((name for name in own if name not in ("popularity", "random")), key=own.get)
            if hybrid < own[source] - half / 4:
                below.append(f"{data}, {task}: {short(hybrid)}, and {source} has {short(own[source])}")
            cells = " | ".join(short(others[name]) for name in PEERS)
            print(f"| {data}, `{task}` | {short(hybrid)} ±{short(half)} | {source} {short(own[source])} | {cells} |", flush=True)
    for line in below:
        print(f"below its best source by more than a quarter of the interval: {line}")
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()
