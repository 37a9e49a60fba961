"""Times learning the same factors from the same likes: foldin and implicit in turn, several rounds."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
import implicit.als
import numpy as np
import scipy.sparse as sp

ROUNDS, THREADS, ITERATIONS = 5, 2, 15


def read_pairs(folder):
    """Users and items of all ratings of a MovieLens folder."""
    for name, separator, skip in (("u.data", "\t", 0), ("ratings.dat", "::", 0), ("ratings.csv", ",", 1)):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            with open(path, encoding="latin-1") as lines:
                return [line.split(separator, 2)[:2] for line in list(lines)[skip:]]
    sys.exit(f"bench: {folder} is not a MovieLens folder")


def matrix(pairs):
    users = {user: n for n, user in enumerate(dict.fromkeys(user for user, _ in pairs))}
    items = {item: n for n, item in enumerate(dict.fromkeys(item for _, item in pairs))}
    rows, columns = zip(*((users[user], items[item]) for user, item in pairs))
    ones = np.ones(len(pairs), np.float32)
    return sp.csr_matrix((ones, (rows, columns)), shape=(len(users), len(items)))


def time_implicit(likes, factors):
    model = implicit.als.AlternatingLeastSquares(
        factors, regularization=0.01, iterations=ITERATIONS, use_cg=True, num_threads=THREADS, random_state=1
    )
    started = time.perf_counter()
    model.fit(likes, show_progress=False)
    return time.perf_counter() - started


def time_foldin(program, data, work, factors, solver):
    out = os.path.join(work, "train")
    shutil.rmtree(out, ignore_errors=True)
    # Factors and nothing else.
    config = os.path.join(work, "train.toml")
    with open(config, "w", encoding="utf-8") as file:
        file.write('[train]\nsources = ["taste"]\nstars = false\n')
    command = [program, "train", data, "--no-evaluate", "--no-runs", "--config", config, "--threshold", "0", "--out", out]
    command += ["--factors", str(factors), "--iterations", str(ITERATIONS), "--solver", solver]
    subprocess.run(command + ["--threads", str(THREADS)], check=True, capture_output=True)
    with open(os.path.join(out, "v1.0.0", "metadata.json"), encoding="utf-8") as file:
        return json.load(file)["trainingSeconds"]


def main():
    data, program, work = sys.argv[1:]
    likes = matrix(read_pairs(data))
    print(f"{likes.nnz:,} likes, {ITERATIONS} iterations, {THREADS} threads, medians of {ROUNDS} rounds in turn, seconds")
    for factors in (64, 128):
        times = {"implicit (cg)": [], "foldin (cg)": [], "foldin (subspace)": [], "foldin (cholesky)": []}
        for _ in range(ROUNDS):
            times["implicit (cg)"].append(time_implicit(likes, factors))
            for solver in ("cg", "subspace", "cholesky"):
                times[f"foldin ({solver})"].append(time_foldin(program, data, work, factors, solver))
        peer = statistics.median(times["implicit (cg)"])
        for name, seconds in times.items():
            middle = statistics.median(seconds)
            print(f"{factors:>4} factors  {name:<18} {middle:6.2f}   {middle / peer:5.2f} x implicit   "
                  f"({min(seconds):.2f} to {max(seconds):.2f})", flush=True)


main()
