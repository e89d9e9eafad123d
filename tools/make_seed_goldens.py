"""Write the golden results of the seeds anew: ``python tools/make_seed_goldens.py``. Read the diff before a commit."""

import json
from pathlib import Path

import corpusclean

ROOT = Path(__file__).parents[1]
FIELDS = ("title", "subtitle", "author", "source", "date", "url", "site", "language", "script", "encoding", "views")


def main() -> None:
    folder = ROOT / "tests" / "seeds" / "golden"
    folder.mkdir(exist_ok=True)
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        document = corpusclean.clean(path.read_bytes(), ledger=True)
        metadata = document.metadata.to_dict()
        result = {
            "metadata": {name: metadata.get(name) for name in FIELDS},
            "removed": [list(item[:2]) for item in document.removed],
        }
        (folder / f"{path.name[:3]}.txt").write_text(document.text, "utf-8")
        (folder / f"{path.name[:3]}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
