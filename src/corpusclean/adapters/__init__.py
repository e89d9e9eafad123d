"""Other people's engines: corpusclean as one step in their pipelines, with the same bytes out everywhere.

Import the module of your engine; it loads the engine when it is used, not before:

========================  ==========================================================================
:mod:`.arrow`             the batch kernel that the tabular engines share, and its schema
:mod:`.datatrove`         ``CorpusClean``, ``RawReader``, ``RawWarcReader``
:mod:`.ray`               ``clean_dataset``, ``CleanBatches`` (an actor pool)
:mod:`.spark`             ``clean_dataframe``, ``batch_function``, ``spark_schema``
:mod:`.datasets`          ``clean_dataset``
:mod:`.polars`            ``clean_frame``
:mod:`.pandas`            ``clean_frame``
:mod:`.duckdb`            ``clean_relation``, ``register``
:mod:`.data_juicer`       ``CorpusCleanMapper``
:mod:`.nemo_curator`      ``CorpusCleanModifier``
:mod:`.dolma`             ``CorpusCleanTagger``
========================  ==========================================================================
"""

__all__: list[str] = []
