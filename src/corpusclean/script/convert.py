"""Plain conversion: what OpenCC does with a configuration, and nothing else."""

from __future__ import annotations

from .backends import conversion

__all__ = ["convert_script"]


def convert_script(text: str, config: str = "s2twp", *, backend: str = "corpusclean") -> str:
    """Convert all of `text` by one of OpenCC's configurations, exactly as OpenCC does.

    No line is judged and nothing is guarded; for documents, :func:`corpusclean.unify_script` is what is wanted.

    Args:
        text: any text, lone surrogates included.
        config: ``s2t``, ``t2s``, ``s2tw``, ``s2twp``, ``tw2s``, ``tw2sp``, ``s2hk``, ``s2hkp``, ``hk2s``, ``hk2sp``,
            ``t2tw``, ``tw2t``, ``t2hk``, ``hk2t``, ``jp2t`` or ``t2jp``.
        backend: the engine: ``corpusclean`` or ``opencc-python-reimplemented``.

    Raises:
        ConfigError: an unknown configuration or backend.

    >>> convert_script("鼠标里面的硅二极管坏了")
    '滑鼠裡面的矽二極體壞了'
    """
    return conversion(config, backend)(text)
