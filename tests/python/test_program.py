"""The program that the package installs."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import foldin

SCRIPT = Path(sys.executable).with_name("foldin")
BOTH = pytest.mark.parametrize("program", [[str(SCRIPT)], [sys.executable, "-m", "foldin"]], ids=["script", "-m"])


@BOTH
def test_the_program_is_there_and_of_the_same_version(program):
    done = subprocess.run([*program, "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, f"foldin {foldin.__version__}\n")


@BOTH
def test_exit_statuses_are_those_of_the_program(program, tmp_path):
    def status(*arguments):
        done = subprocess.run([*program, *arguments], capture_output=True, text=True, cwd=tmp_path)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stderr

    assert status("train", "no-such-file")[0] == 1
    code, said = status("trian")
    assert code == 2 and "Usage: foldin" in said


@BOTH
def test_a_reader_that_goes_away_is_no_error(program, tmp_path):
    command = f"set -o pipefail; {' '.join(program)} config --print | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path)
    assert done.stderr == "" and done.stdout.count("\n") == 1
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
@BOTH
def test_ctrl_c_ends_the_program_at_once(program, tmp_path):
    (tmp_path / "index.html").write_text("<p>here")
    serving = subprocess.Popen(
        [*program, "serve", str(tmp_path), "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with serving:
        # It says its address when it listens.
        assert any(re.search(r"http://", line) for line in iter(serving.stdout.readline, "")), serving.stderr.read()
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=60) == -signal.SIGINT
        assert "Traceback" not in serving.stderr.read()


def test_the_wheel_has_types_licences_and_nothing_that_is_not_needed():
    folder = Path(foldin.__file__).parent
    assert {"py.typed", "_foldin.pyi"} <= {path.name for path in folder.iterdir()}
    assert len(list(folder.glob("_foldin.*.so")) + list(folder.glob("_foldin.pyd"))) == 1
    [info] = folder.parent.glob("foldin-*.dist-info")
    names = {path.name for path in info.rglob("*")}
    assert {"LICENSE-MIT", "LICENSE-APACHE", "LICENSE-THIRD-PARTY.txt"} <= names
    metadata = (info / "METADATA").read_text()
    assert "Requires-Dist" not in metadata and "Requires-Python: >=3.10" in metadata
    assert "abi3" in (info / "WHEEL").read_text()


def test_the_module_needs_no_other_library(tmp_path):
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['numpy', 'pandas', 'polars', 'pyarrow', 'tqdm'])); import foldin; "
        "m = foldin.fit([('ann', 'a'), ('ann', 'b')], min_support=1, progress=True); print(m.recommend(['a']).ids)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "['b']\n"), done.stderr
    assert done.stderr.startswith("foldin: ")
