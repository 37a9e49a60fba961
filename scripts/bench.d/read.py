"""Times reading generated events from CSV and Parquet: foldin and polars in turn, each in a process of its own."""

import json
import os
import statistics
import subprocess
import sys

ROUNDS = 3

# What foldin does: ids of users and items to numbers, ratings, times.
POLARS = """
import resource, sys, time
import polars as pl
path = sys.argv[1]
started = time.perf_counter()
ids = {"user": pl.String, "item": pl.String}
events = pl.read_parquet(path) if path.endswith(".parquet") else pl.read_csv(path, schema_overrides=ids)
events = events.with_columns(pl.col("user").cast(pl.String).cast(pl.Categorical), pl.col("item").cast(pl.String).cast(pl.Categorical))
events = events.unique(subset=["user", "item"], keep="last", maintain_order=True)
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
print('{"seconds": %.2f, "megabytes": %d, "events": %d}' % (seconds, peak, len(events)))
"""


def generate(folder, n):
    """Events of users in turn, as exports have them, with items drawn by Zipf's law."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(7)
    users = np.sort(rng.integers(0, n // 150, n))
    items = np.minimum(rng.zipf(1.2, n), 60_000)
    events = pl.DataFrame(
        {
            "user": users,
            "item": items,
            "rating": rng.integers(1, 11, n) / 2,
            "timestamp": rng.integers(1_000_000_000, 1_700_000_000, n),
        }
    )
    events.write_csv(os.path.join(folder, "events.csv"))
    events.write_parquet(os.path.join(folder, "events.parquet"), compression="snappy")


def measured(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main(program, folder, n):
    mark = os.path.join(folder, f"{n}.generated")
    if not os.path.exists(mark):
        print(f"bench: generating {n:,} events")
        generate(folder, n)
        open(mark, "w").close()
    for name in ("events.csv", "events.parquet"):
        path = os.path.join(folder, name)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(measured([program, path]))
            theirs.append(measured([sys.executable, "-c", POLARS, path]))
        median = lambda runs: statistics.median(run["seconds"] for run in runs)
        peak = lambda runs: max(run["megabytes"] for run in runs)
        print(
            f"{name:15} foldin {median(ours):6.1f} s {peak(ours):6} MB   polars {median(theirs):6.1f} s "
            f"{peak(theirs):6} MB   ratio {median(ours) / median(theirs):.2f}   ({ours[0]['events']:,} events)"
        )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
