"""Two worker processes, one of which is killed in the middle of the work."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

import foldin_spark
from conftest import data


def executors_below(ancestor: int) -> list[int]:
    """The processes of executors that a process has started."""
    parents, found = {}, []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # The name of a process stands in parentheses, and may hold any character.
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if b"CoarseGrainedExecutorBackend" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue

    def is_below(process: int) -> bool:
        while process > 1 and process != ancestor:
            process = parents.get(process, 0)
        return process == ancestor

    return [process for process in found if is_below(process)]


@pytest.mark.long
def test_an_executor_that_is_killed_does_not_lose_the_job(
    exported: foldin_spark.Export, spark: SparkSession, tmp_path: Path
) -> None:
    out = tmp_path / "exchange"
    job = [sys.executable, str(Path(__file__).with_name("cluster_job.py"))]
    job += ["local-cluster[2,1,1024]", str(data("ml-100k") / "u.data"), str(out)]
    killed, said = 0, []
    with subprocess.Popen(job, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as running:
        assert running.stderr is not None
        for line in running.stderr:
            said.append(line)
            # Likes and numbers of ids lie in the memory of both by now.
            if line.startswith("foldin-spark: learning from") and not killed:
                killed = executors_below(running.pid)[0]
                os.kill(killed, signal.SIGKILL)
    text = "".join(said)
    assert running.returncode == 0, text
    assert killed and "Lost executor" in text, text

    for name in ("items", "neighbours", "next", "sample"):
        here, there = (spark.read.parquet(f"{folder}/{name}.parquet") for folder in (exported.folder, out))
        if "weight" in here.columns:
            joined = here.join(there.withColumnRenamed("weight", "again"), ["item", "other", "people"])
            assert joined.count() == here.count() == there.count()
            assert joined.selectExpr("max(abs(weight / again - 1))").head()[0] < 1e-5
        else:
            assert here.exceptAll(there).count() == there.exceptAll(here).count() == 0
    assert spark.read.parquet(f"{out}/factors.parquet").count() == spark.read.parquet(f"{out}/items.parquet").count()
