"""The command line under an audit hook: what Python's own auditing says was done, against what may be done."""

import os
import sys

FORBIDDEN = {
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"),
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn", "os.startfile"),
    *("pickle.find_class", "ctypes.dlopen", "webbrowser.open", "ftplib.connect", "smtplib.connect", "urllib.Request"),
    *("os.chmod", "os.chown", "os.symlink", "os.link", "shutil.unpack_archive"),
}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree"}


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Say what is not allowed, and end at once: an exception could be caught."""
    said = ""
    if event in FORBIDDEN and arguments != (None,):  # importing ctypes opens the program itself, which is None
        said = f"{event} {arguments!r}"
    elif (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES) or event in CHANGES:
        said = _outside(arguments[0])
    if said:
        os.write(2, f"NOT ALLOWED: {said}\n".encode())
        os._exit(99)


def _outside(path: object) -> str:
    """What is wrong with writing at `path`, if it lies outside the output folder."""
    if isinstance(path, int) or path is None:
        return ""
    full = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
    allowed = (ALLOWED, "/dev/null", "/dev/tty")
    return "" if any(full == place or full.startswith(place + os.sep) for place in allowed) else f"write to {full}"


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    ALLOWED = os.path.realpath(sys.argv[1])
    sys.addaudithook(watch)
    if sys.argv[2] == "control":
        exec(sys.argv[3])  # a test that the hook sees what it must see
        sys.exit(0)
    from corpusclean.cli import main

    sys.argv[:3] = ["corpusclean"]
    sys.exit(main())
