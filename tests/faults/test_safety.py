"""What a document, a file or a name may never bring about: code that runs, paths that escape, talk with a network."""

import ast
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import corpusclean

SOURCE = Path(corpusclean.__file__).parent
AUDITED = Path(__file__).with_name("audited.py")

# What could run code out of data, or reach out; each exception stands beside its reason.
NO_MODULE = {
    *("marshal", "shelve", "dbm", "yaml", "dill", "cloudpickle", "joblib", "code", "codeop", "ctypes", "runpy", "pty"),
    *("socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "telnetlib", "requests", "aiohttp", "subprocess"),
    *("webbrowser", "xml", "xmlrpc", "pickle", "tempfile.mktemp"),
}
MODULE_EXCEPTIONS = {
    ("corpus/worker_process.py", "ctypes"),  # prctl, so that a worker ends with its parent
    # between a run and the workers it started itself, over pipes that no one else has
    ("corpus/worker_process.py", "pickle"),
    ("corpus/workers.py", "pickle"),
}
NO_CALL = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
NO_METHOD = {
    *("system", "popen", "execv", "execve", "spawnv", "fork", "extract", "extractall", "unpack_archive", "mktemp"),
    *("urlopen", "urlretrieve", "exec_module", "load_module"),
}
METHOD_EXCEPTIONS = {
    ("cli/doctor.py", "system"),  # platform.system, the name of the operating system
    ("script/backends.py", "exec_module"),  # the module file of an installed distribution, never a path from outside
}


def trees() -> list[tuple[str, ast.Module]]:
    files = sorted(SOURCE.rglob("*.py"))
    assert len(files) > 150
    return [(path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text("utf-8"))) for path in files]


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def test_no_module_is_imported_that_makes_code_of_data_or_reaches_out() -> None:
    used = {
        (file, name)
        for file, tree in trees()
        for node in ast.walk(tree)
        for name in imported(node)
        if name in NO_MODULE or name.partition(".")[0] in NO_MODULE
    }
    assert used == MODULE_EXCEPTIONS


def test_nothing_is_called_that_runs_code_or_unpacks_by_itself() -> None:
    called = set()
    for file, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Name) and node.func.id in NO_CALL:
                called.add((file, node.func.id))
            if isinstance(node.func, ast.Attribute) and node.func.attr in NO_METHOD:
                called.add((file, node.func.attr))
    assert called == METHOD_EXCEPTIONS


def test_modules_are_imported_by_name_only_from_tables_of_ours() -> None:
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "import_module":
                assert file in ("extras.py", "testing/benchmark.py"), file


def audited(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-B", str(AUDITED), str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, cwd=folder)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/tmp/corpusclean-not-allowed', 'w')",
        "import os; os.mkdir('/tmp/corpusclean-not-allowed')",
        "import pickle; pickle.loads(pickle.dumps(__import__('pathlib').Path('a')))",
    ],
)
def test_the_hook_sees_what_it_must_see(code: str, tmp_path: Path) -> None:
    done = audited(tmp_path, "control", code)
    assert done.returncode == 99, done.stderr
    assert b"NOT ALLOWED" in done.stderr


NAMES = [
    "../escaped",
    "/etc/escaped",
    "..\\escaped",
    "a/../../escaped",
    "~/escaped",
    "\x1b[2Jescaped",
    "CON",
    "link/escaped",
]
PAYLOADS = [
    "!!python/object/apply:os.system ['touch escaped']",
    "cos\nsystem\n(S'touch escaped'\ntR.",
    "<script src=http://127.0.0.1:9/escaped.js></script><img src=http://127.0.0.1:9/x><p>正文。",
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;正文。</p></html>',
    '<html><base href="http://127.0.0.1:9/"><link rel=stylesheet href=x><p>正文。',
    "${jndi:ldap://127.0.0.1:9/x} {{7*7}} $(touch escaped) `touch escaped` ; touch escaped",
    "=cmd|'/c calc'!A1",
]


def nasty_folder(folder: Path) -> Path:
    """Rows, archives and files whose names and texts try to get out."""
    folder.mkdir()
    rows = [{"id": name, "text": text} for name in NAMES for text in PAYLOADS]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for name in NAMES:
            archive.writestr(name, PAYLOADS[2])
    with tarfile.open(folder / "b.tar", "w") as tar:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/tmp"
        tar.addfile(link)
        for name in NAMES:
            info = tarfile.TarInfo(name)
            info.size = len(PAYLOADS[2].encode())
            tar.addfile(info, io.BytesIO(PAYLOADS[2].encode()))
    for number, text in enumerate(PAYLOADS):
        (folder / f"$(touch escaped){number}.html").write_text(text, "utf-8")
    return folder


def test_nothing_gets_out_of_a_run(tmp_path: Path) -> None:
    source = nasty_folder(tmp_path / "in")
    out = tmp_path / "out"
    out.mkdir()
    command = ("clean", str(source), "-o", str(out / "clean.jsonl"), "--text-dir", str(out / "texts"), "--ledger")
    done = audited(out, "run", *command)
    assert done.returncode in (0, 3), done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    rows = (out / "clean.jsonl").read_bytes().splitlines()
    packed = 2 * (len(NAMES) - 1)  # members whose name begins with a dot are passed over, as in folders
    assert len(rows) == len(NAMES) * len(PAYLOADS) + packed + len(PAYLOADS)
    assert len(list((out / "texts").rglob("*.txt"))) == len(rows)
    assert b"root:" not in b"".join(rows), "an entity was fetched"
    back = audited(out, "run", "restore", str(out / "clean.jsonl"), "-o", str(out / "back"))
    assert back.returncode == 0, back.stderr.decode()
    assert not list(tmp_path.rglob("escaped*.js"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


@pytest.mark.parametrize("command", [["explain"], ["detect"], ["rules"], ["doctor"]])
def test_looking_changes_nothing_and_asks_no_one(command: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("".join(PAYLOADS), "utf-8")
    given = [*command, str(page)] if command[0] in ("explain", "detect") else command
    done = audited(tmp_path, "run", *given)
    assert done.returncode == 0, done.stderr.decode()
    assert list(tmp_path.iterdir()) == [page]


def test_a_library_call_asks_no_one(tmp_path: Path) -> None:
    code = "import corpusclean; [corpusclean.clean(text, ledger=True) for text in " + repr(PAYLOADS) + "]"
    assert audited(tmp_path, "control", code).returncode == 0
