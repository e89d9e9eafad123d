"""The five things one does here: ``nox -s lint types tests docs bench``."""

import nox

nox.options.sessions = ["lint", "types", "tests", "docs"]
PLACES = ["."]


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
