"""Times learning to predict stars on the very same folds, Surprise's SVD and foldin in turn, and shows how far each is off.

The folds are those that MovieLens 100K gives, or random ones; both sides read the same files.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time

from surprise import SVD, Dataset, Reader, accuracy
from surprise.model_selection import PredefinedKFold

FOLDS, TAKEN, THREADS, SEED = 5, 3, 2, 7


def read_ratings(folder):
    """User, item, rating and time of all ratings of a MovieLens folder, as text."""
    for name, separator, skip in (("u.data", "\t", 0), ("ratings.dat", "::", 0), ("ratings.csv", ",", 1)):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with open(path, encoding="latin-1") as lines:
                return [line.rstrip("\n").split(separator)[:4] for line in list(lines)[skip:]]
    sys.exit(f"bench: {folder} is not a MovieLens folder")


def write_folds(ratings, folder):
    """Random folds in the form of MovieLens 100K, so that any program that reads its folds reads these."""
    os.makedirs(folder, exist_ok=True)

    def write(name, rows):
        with open(os.path.join(folder, name), "w", encoding="latin-1") as file:
            file.writelines("\t".join(row) + "\n" for row in rows)

    write("u.data", ratings)
    with open(os.path.join(folder, "u.item"), "w", encoding="latin-1") as file:
        file.writelines(f"{item}|item {item}|||" + "|0" * 19 + "\n" for item in dict.fromkeys(row[1] for row in ratings))
    draw = random.Random(SEED)
    fold_of = [draw.randrange(FOLDS) for _ in ratings]
    for fold in range(TAKEN):
        write(f"u{fold + 1}.base", (row for row, other in zip(ratings, fold_of) if other != fold))
        write(f"u{fold + 1}.test", (row for row, other in zip(ratings, fold_of) if other == fold))


def run_surprise(folder, scale):
    names = (os.path.join(folder, f"u{n}") for n in range(1, FOLDS + 1))
    files = [(f"{name}.base", f"{name}.test") for name in names if os.path.exists(f"{name}.base")]
    reader = Reader(line_format="user item rating timestamp", sep="\t", rating_scale=scale)
    for train, test in PredefinedKFold().split(Dataset.load_from_folds(files, reader)):
        model = SVD(random_state=SEED)
        started = time.perf_counter()
        model.fit(train)
        seconds = time.perf_counter() - started
        yield seconds, accuracy.rmse(model.test(test), verbose=False)


def run_foldin(program, folder):
    command = [program, "evaluate", folder, "--protocol", "folds", "--json", "--threads", str(THREADS)]
    folds = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["folds"]
    return [(fold["fitSeconds"], fold["foldin"]["rmse"]) for fold in folds]


def main():
    data, program, work = sys.argv[1:]
    ratings = read_ratings(data)
    stars = [float(row[2]) for row in ratings]
    folder = data
    if not os.path.exists(os.path.join(data, "u1.base")):
        folder = os.path.join(work, "folds")
        write_folds(ratings, folder)
    print(f"{len(ratings):,} ratings, foldin on {THREADS} threads, Surprise on its one, medians over folds, seconds")
    # Before and after the peer, so that a machine that slows down on the way does not decide.
    ours = run_foldin(program, folder)
    peer = list(run_surprise(folder, (min(stars), max(stars))))
    ours += run_foldin(program, folder)
    middle = statistics.median(seconds for seconds, _ in peer)
    for name, folds in (("Surprise SVD", peer), ("foldin", ours)):
        seconds = statistics.median(seconds for seconds, _ in folds)
        rmse = statistics.mean(rmse for _, rmse in folds)
        print(f"{name:<14} {seconds:6.2f}   {seconds / middle:5.2f} x Surprise   RMSE {rmse:.4f}", flush=True)


main()
