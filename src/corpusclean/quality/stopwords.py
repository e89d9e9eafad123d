"""The commonest short words of languages: by them a language is told, and prose from lists."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMMON_WORDS", "STOPWORDS"]

STOPWORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in (
        (
            "en",
            "the of and to in is that for it with as was on be are this by at from or have an not you which but they",
        ),
        (
            "de",
            "der die und das in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er",
        ),
        ("fr", "de la le et les des en un du une que est pour qui dans par plus sur au avec ce pas il sont ne se aux"),
        (
            "es",
            "de la que el en y los del se las por un para con no una su al es lo como más pero sus le ya o este fue",
        ),
        (
            "it",
            "di che e la il un a per in una è non sono da del con le si dei della i al più come lo ha anche gli nel",
        ),
        (
            "pt",
            "de a o que e do da em um para com não uma os no se na por mais as dos como mas foi ao ele das tem à seu",
        ),
        (
            "nl",
            "de van het een en in is dat op te zijn voor met die niet aan er om ook als dan maar bij uit nog naar door",
        ),
        ("sv", "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan"),
        (
            "da",
            "og i at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan der blev",
        ),
        (
            "no",
            "og i å det som en på er av for med til den har de ikke om et han men var jeg seg fra vi så kan ble etter",
        ),
        (
            "fi",
            "ja on ei se että hän oli ovat mutta myös kun niin joka mitä sen tai vain kuin ole ollut sitä nyt jo sekä",
        ),
        (
            "pl",
            "i w na z do nie się że to jest o jak po co tak za od przez ale dla czy ich był tym oraz są jego które być",
        ),
        ("cs", "a v se na je že s z do o to k i jako za ve by po ale pro od který jsou jeho být byl také nebo podle"),
        ("ro", "și de la în a cu pe nu că o un este din pentru mai care sunt se fi au ce sau fost lui prin dar după"),
        ("hu", "a az és hogy nem is egy ez meg de csak van el volt már még mint ha vagy ki lehet azt után kell minden"),
        ("tr", "ve bir bu da de için ile çok ne daha gibi o olarak en ama olan var kadar sonra her değil ki mi olduğu"),
        ("id", "yang dan di dengan untuk dari ini pada itu tidak dalam akan adalah juga ke oleh atau ada sebagai bisa"),
        ("vi", "và của là có các cho không được trong một với người những đã này khi để đến về từ như tôi ra nhiều"),
        ("ru", "и в не на что с по как это он к но из у за о все так его для от бы же она был только или мы их также"),
        (
            "uk",
            "і в не на що з та як це він до але у за про все так його для від би же вона був тільки або ми їх також є",
        ),
        ("bg", "и на да за се е от в с по не са че като до това при или но ще към след само както бе във който които"),
        ("zh", "的 了 是 在 和 有 不 我 他 这 這 中 大 来 來 上 国 國 个 個 到 说 說 们 們 为 為 与 與 也 就 对 對"),
        (
            "ja",
            "の に は を た が で て と し れ さ ある いる も する から な こと として い や など なっ ない この ため",
        ),
    )
}
"""Commonest short words, written down for this package from general knowledge of the languages (no list was copied)."""

COMMON_WORDS: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in STOPWORDS.items() if word in words)
    for word in frozenset[str]().union(*STOPWORDS.values())
}
"""For each of these words, the languages that have it."""
