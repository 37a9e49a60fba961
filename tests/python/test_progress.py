"""What is told while a training runs, and how it ends early."""

import io
import signal
import subprocess
import sys
import threading
from contextlib import redirect_stderr

import pytest

import foldin


def test_a_function_is_told_everything_in_order(events):
    told = []
    foldin.fit(events, progress=told.append, config={"search": {"trials": 2}, "train": {"sources": ["taste"]}})
    phases = [event["phase"] for event in told if event["type"] == "phase"]
    assert phases == ["searching", "learning", "ranking", "measuring", "mapping"] or phases == [
        "learning",
        "ranking",
        "measuring",
        "mapping",
    ]
    kinds = {event["type"] for event in told}
    assert {"phase", "step", "learned", "measuring_started", "measured"} <= kinds
    steps = [event for event in told if event["type"] == "step" and event["phase"] == "learning"]
    assert steps[-1]["done"] == steps[-1]["of"]
    [measured] = [event for event in told if event["type"] == "measured"]
    assert 0 <= measured["metrics"]["foldin"]["ndcg@10"] <= 1


def test_what_a_function_raises_ends_the_training_and_is_raised(events):
    class Enough(Exception):
        pass

    def stop(event):
        if event["type"] == "learned":
            raise Enough

    with pytest.raises(Enough):
        foldin.fit(events, search=False, progress=stop)


def test_false_ends_the_training(events):
    told = []

    def stop(event):
        told.append(event)
        return False

    with pytest.raises(KeyboardInterrupt, match="cancelled"):
        foldin.fit(events, search=False, progress=stop)
    assert len(told) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
def test_ctrl_c_ends_a_training(events):
    def interrupt(event):
        if event["type"] == "step":
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        foldin.fit(events, search=False, progress=interrupt)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
def test_ctrl_c_ends_a_training_without_a_callback(tmp_path):
    code = (
        "import foldin\n"
        "data = foldin.sample()\n"
        "try:\n"
        "    print('training', flush=True)\n"
        "    foldin.fit(data)\n"
        "except KeyboardInterrupt:\n"
        "    print('ended')\n"
    )
    training = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    with training:
        assert training.stdout.readline() == "training\n"
        training.send_signal(signal.SIGINT)
        assert training.stdout.read() == "ended\n"


def test_other_threads_run_during_a_training(events):
    """The callback waits for another thread, which could not move if the training held the interpreter between calls."""
    ticks = threading.Semaphore(0)
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.release()

    other = threading.Thread(target=tick)
    other.start()
    try:
        foldin.fit(events, search=False, progress=lambda event: ticks.acquire() and None)
    finally:
        done.set()
        other.join()


def test_a_bar_of_tqdm_is_used_if_there_is_one(events):
    pytest.importorskip("tqdm")
    shown = io.StringIO()
    with redirect_stderr(shown):
        foldin.fit(events, search=False, progress=True)
    assert "learning" in shown.getvalue() and "%" in shown.getvalue()


def test_without_tqdm_there_are_plain_lines(events, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    shown = io.StringIO()
    with redirect_stderr(shown):
        foldin.fit(events, search=False, progress=True)
    lines = shown.getvalue().splitlines()
    assert lines[0] == "foldin: learning" or lines[0] == "foldin: searching settings"
    assert lines[-1].startswith("foldin: NDCG@10 0.")
