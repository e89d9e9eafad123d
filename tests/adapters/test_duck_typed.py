"""Adapters against published shapes: data-juicer, NeMo Curator, Dolma. None of them is installed."""

import json
import pickle
from dataclasses import dataclass
from typing import Any

import pytest

from corpusclean import Cleaner, ConfigError, MissingExtraError
from corpusclean.adapters.data_juicer import META, CorpusCleanMapper
from corpusclean.adapters.datatrove import CorpusClean
from corpusclean.adapters.dolma import CorpusCleanTagger
from corpusclean.adapters.extras import EXTRAS, optional_class, require
from corpusclean.adapters.nemo_curator import CorpusCleanModifier
from corpusclean.testing import SENTENCES, inject_readings, naive_traditional

DAMAGED = inject_readings(naive_traditional("".join(SENTENCES[:6])), "時們這個來對說")


def test_data_juicer_batch() -> None:
    mapper = CorpusCleanMapper(text_key="body", batch_size=3)
    samples = mapper.process_batched({"body": [DAMAGED, None, "b"], "n": [1, 2, 3]})
    assert samples["body"] == [Cleaner().clean(DAMAGED).text, "", "b"]
    assert samples["n"] == [1, 2, 3]
    assert [json.loads(meta["corpusclean"])["status"] for meta in samples[META]] == ["cleaned", "rejected", "cleaned"]
    assert mapper.is_batched_op()
    assert pickle.loads(pickle.dumps(mapper)).process_single({"body": DAMAGED})["body"] == samples["body"][0]


def test_data_juicer_keeps_the_meta_of_others_and_its_base_class() -> None:
    class Mapper:
        """What data-juicer's base class does when it is made."""

        def __init__(self, *args: Any, **options: Any) -> None:
            self.text_key = options.get("text_key", "text")
            self.num_proc, self.skip_op_error = options.get("num_proc", -1), options["skip_op_error"]
            self.process = self.process_batched if self.is_batched_op() else self.process_single

        def __init_subclass__(cls, **options: Any) -> None:
            assert "process" not in cls.__dict__

        def is_batched_op(self) -> bool:
            return False

    class Operator(CorpusCleanMapper, Mapper):
        """As the docstring says to register it."""

    operator = Operator(num_proc=4, skip_op_error=False, script="hant")
    assert (operator.num_proc, operator.skip_op_error) == (4, False)
    assert operator.process({"text": ["国家"]})["text"] == ["國家"]
    with pytest.raises(ConfigError, match="unknown option"):
        CorpusCleanMapper(skript="hant")
    sample = operator.process_single({"text": "国家", META: {"other": 1}})
    assert sample["text"] == "國家"
    assert sample[META]["other"] == 1


def test_nemo_curator() -> None:
    class DocumentModifier:
        """The base class as it is published: a name, and one method."""

        def __init__(self) -> None:
            self._name = "base"

    class Modifier(CorpusCleanModifier, DocumentModifier):
        """As the docstring says to derive it."""

    modifier = pickle.loads(pickle.dumps(CorpusCleanModifier(limits={"input_bytes": 10_000})))
    assert modifier.modify_document(DAMAGED) == Cleaner().clean(DAMAGED).text
    assert modifier.modify_document("x" * 10_001) == ""
    assert Modifier().name == "corpusclean"


@dataclass
class Span:
    """Dolma's span."""

    start: int
    end: int
    type: str
    score: float


@dataclass
class DocResult:
    """Dolma's result."""

    doc: Any
    spans: list[Span]


@dataclass
class Doc:
    """Dolma's document, as far as a tagger reads it."""

    id: str
    text: str


def test_dolma_spans_lie_in_the_document_and_applying_them_cleans_it() -> None:
    tagger = CorpusCleanTagger()
    spans = list(tagger.spans(DAMAGED))
    assert spans
    assert all(DAMAGED[span.start : span.end] and 0.0 <= span.score <= 1.0 for span in spans)
    text = DAMAGED
    for span in reversed(spans):
        text = text[: span.start] + span.replacement + text[span.end :]
    assert text == Cleaner().clean(DAMAGED).text
    assert list(tagger.spans(text)) == []


def test_dolma_result_and_attributes() -> None:
    class Tagger(CorpusCleanTagger):
        result, span = DocResult, Span

    doc = Doc("a", DAMAGED)
    result = Tagger().predict(doc)
    assert result.doc is doc
    assert all(isinstance(span, Span) for span in result.spans)
    row = Tagger().attributes({"id": "a", "text": DAMAGED})
    assert row["id"] == "a"
    assert sum(map(len, row["attributes"].values())) == len(result.spans)
    assert all(name.startswith("exp__corpusclean__") and "/" not in name for name in row["attributes"])


def test_a_missing_engine_is_one_helpful_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, extra in EXTRAS.items():
        monkeypatch.setitem(__import__("sys").modules, module, None)
        with pytest.raises(MissingExtraError, match=rf"pip install 'corpusclean\[{extra}\]'"):
            require(module)
        base = optional_class(module, "Anything")
        with pytest.raises(MissingExtraError, match=extra):
            base()


def test_adapters_import_without_their_engines() -> None:
    import subprocess
    import sys

    code = (
        f"import sys\nfor name in {list(EXTRAS)!r}: sys.modules[name] = None\n"
        "import pkgutil, importlib, corpusclean.adapters as a\n"
        "for m in pkgutil.iter_modules(a.__path__): importlib.import_module('corpusclean.adapters.' + m.name)\n"
        "from corpusclean.adapters.datatrove import CorpusClean\n"
        "try: CorpusClean()\nexcept ImportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'corpusclean[datatrove]'" in done.stdout
    assert CorpusClean.__module__ == "corpusclean.adapters.datatrove"


def test_importing_corpusclean_loads_no_engine() -> None:
    import subprocess
    import sys

    code = f"import sys, corpusclean, corpusclean.adapters; print([m for m in {list(EXTRAS)!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
