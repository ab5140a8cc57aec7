from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from posecoach.record.files import OutputError, PartFile, output_error, write_json, write_text

ROOT = Path(__file__).parents[2]


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    write_text(target, "höhe,1\r\nweite,2\n")
    assert target.read_bytes() == "höhe,1\r\nweite,2\n".encode()
    assert only(tmp_path) == ["out.csv"]


def test_an_older_file_is_replaced_and_keeps_usual_permissions(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("older and longer")
    write_text(str(target), "new")
    assert target.read_text() == "new"
    plain = tmp_path / "plain"
    plain.touch()
    assert target.stat().st_mode == plain.stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    link = tmp_path / "link.txt"
    try:
        link.symlink_to("real.txt")
    except OSError:
        pytest.skip("no links here")
    write_text(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_json_reads_back_and_is_the_same_each_time(tmp_path: Path) -> None:
    value = {"format": 1, "clip": {"file": "höhe.mp4"}, "reps": [{"peak_s": 3.12}]}
    for name in ("a.json", "b.json"):
        write_json(tmp_path / name, value)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == value
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.json").read_bytes().endswith(b"}\n")


def test_json_knows_no_nan(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        write_json(tmp_path / "a.json", float("nan"))
    assert only(tmp_path) == []


def test_a_dash_is_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    write_json("-", [1, 2])
    assert json.loads(capfd.readouterr().out) == [1, 2]


def test_a_name_that_is_no_text_is_written_all_the_same(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name = os.fsdecode(b"caf\xe9 \xc3\xa9")
    write_json(tmp_path / "out.json", {"file": name})
    write_json("-", {"file": name})
    for text in ((tmp_path / "out.json").read_text("utf-8"), capfd.readouterr().out):
        assert json.loads(text) == {"file": "caf? é"}


@pytest.mark.skipif(sys.platform == "win32", reason="names are kept in another way")
def test_standard_output_takes_all_letters_whatever_it_is_told_to_take() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from posecoach.record.files import *; write_text('-', 'é → ü')"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)},
        capture_output=True,
    )
    assert (done.stdout.decode("utf-8"), done.stderr) == ("é → ü", b"")


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("missing/out.json", "folder .*missing does not exist"),
        (".", "is a folder"),
    ],
)
def test_what_cannot_be_written_is_said_on_one_line(tmp_path: Path, target: str, why: str) -> None:
    with pytest.raises(OutputError, match=why) as caught:
        write_text(tmp_path / target, "x")
    assert "\n" not in str(caught.value)
    assert only(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_is_never_replaced() -> None:
    with pytest.raises(OutputError, match="not an ordinary file"):
        write_text("/dev/full", "x")
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EFBIG, "disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "Read-only"),
    ],
)
def test_why_it_failed(number: int, why: str) -> None:
    text = str(output_error(Path("a.json"), OSError(number, os.strerror(number))))
    assert text.startswith("Cannot write a.json: ")
    assert why in text


def test_discarding_leaves_the_older_file(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    file = PartFile(target)
    file.part.write_text("new")
    assert len(only(tmp_path)) == 2
    file.discard()
    file.discard()
    assert only(tmp_path) == ["out.txt"]
    assert target.read_text() == "old"


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_disk_leaves_the_older_file(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    done = run(f"""
import resource
from posecoach.record.files import OutputError, write_text
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_text({str(target)!r}, "x" * 5000)
except OutputError as error:
    print(error)
""")
    assert "disk is full" in done.stdout, done.stderr
    assert target.read_text() == "old"
    assert only(tmp_path) == ["out.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of a folder differ there")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        done = run(f"""
import os
from posecoach.record.files import OutputError, write_text
if os.geteuid() == 0:
    os.seteuid(65534)  # nobody
try:
    write_text({str(tmp_path / "out.txt")!r}, "x")
except OutputError as error:
    print(error)
""")
    finally:
        tmp_path.chmod(0o755)
    assert "Cannot write" in done.stdout, done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert only(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_standard_output() -> None:
    code = "from posecoach.record.files import write_text; write_text('-', 'x')"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert "OutputError: Cannot write standard output: the disk is full" in done.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    code = "from posecoach.record.files import write_text; write_text('-', 'x' * 10_000_000)"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
