"""The five things one does here: ``nox -s lint types tests docs bench``."""

import nox

nox.options.sessions = ["lint", "types", "tests", "docs"]
PLACES = ["."]
NO_TESTS = 5  # how pytest says that a room has none with these marks


@nox.session
def lint(session: nox.Session) -> None:
    """Style, formatting, and the import contract."""
    session.install("-e", ".[dev]")
    session.run("ruff", "check", *PLACES)
    session.run("ruff", "format", "--check", *PLACES)
    session.run("lint-imports", "--no-logo")


@nox.session
def types(session: nox.Session) -> None:
    """Complete types."""
    session.install("-e", ".[dev]")
    session.run("mypy")


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """The tests; ``nox -s tests -- -m slow`` for the long ones."""
    session.install("-e", ".[test]")
    session.run("pytest", *(session.posargs or ["-m", "not slow and not engine"]))


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation, without a warning."""
    session.install("-e", ".[docs]")
    for tool in ("make_rules_page", "make_reference_pages", "make_pictures"):
        session.run("python", f"tools/{tool}.py", "--check")
    session.run("mkdocs", "build", "--strict")


@nox.session
def bench(session: nox.Session) -> None:
    """How fast it is beside a stack made by hand."""
    session.install(".[bench]")
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """The fuzz targets, for an hour or as long as you say: ``nox -s fuzz -- --minutes 5``."""
    session.install("-e", ".[fuzz,test]")
    session.run("python", "-m", "fuzz.run", *(session.posargs or ["--minutes", "60"]))


@nox.session
def mutants(session: nox.Session) -> None:
    """Small changes to the ground floor and the bounds, of which the tests must notice every one that matters."""
    session.install("-e", ".[test]", "mutmut>=3.3")
    session.run("python", "tools/mutate_bounds.py")
    session.run("mutmut", "run", *session.posargs)
    session.run("mutmut", "results")


@nox.session
def coverage(session: nox.Session) -> None:
    """Lines and branches of the package that the tests reach, those of workers and commands included.

    One room at a time: ``nox -s coverage -- tests/cli``; a room alone reaches less than 97 %.
    """
    session.install("-e", ".[dev]")
    session.run("coverage", "erase")
    # The tests of faults watch what a process writes, or fill its disk, and measuring writes; and a signal that comes
    # while coverage holds its own lock is waited on for ever. What these tests are about has others too.
    interrupt = "tests/cli/test_cli_installed.py::test_interrupt_is_quiet_and_leaves_nothing"
    chosen = session.posargs or ["--ignore=tests/faults", f"--deselect={interrupt}"]
    # the engines are started apart from the rest, as in .ci/run; Beam and Daft do not fit into the same environment
    for marks in ("not slow and not engine", "(slow or engine) and not apart"):
        session.run("coverage", "run", "-m", "pytest", "-m", marks, *chosen, success_codes=[0, NO_TESTS])
    session.run("coverage", "combine")
    session.run("coverage", "report")
