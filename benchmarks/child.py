"""What is measured in a process of its own: ``python child.py start|memory|speed FILE`` prints one line of JSON.

FILE holds documents as they come, each behind its length in eight bytes.
"""

import sys
import time

BEGIN = time.process_time()

import corpusclean  # noqa: E402  # the import is what is measured

IMPORTED = time.process_time()


def resident() -> float:
    """Resident memory of this process in MB (of a million bytes); its peak where the system does not say."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096 / 1e6
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> None:
    import json

    kind, path = sys.argv[1:]
    found: dict[str, float | list[float]] = {"import": IMPORTED - BEGIN}
    cleaner = corpusclean.Cleaner()
    sizes: list[float] = []
    with open(path, "rb") as file:
        begin, first = time.perf_counter(), time.process_time()
        number = 0
        while head := file.read(8):
            cleaner.clean(file.read(int.from_bytes(head)))
            number += 1
            if number == 1:
                found["first"] = time.process_time() - first
                begin = time.perf_counter()
                if kind == "start":
                    break
            if kind == "memory" and number % 1000 == 0:
                sizes.append(resident())
    found["seconds"] = time.perf_counter() - begin
    found["resident"] = sizes or [resident()]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
