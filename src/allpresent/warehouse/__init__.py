"""The warehouse: the registers as Parquet files, and figures counted over them by whatever engine is at hand."""
