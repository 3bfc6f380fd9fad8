"""CSV, Parquet and XLSX: bytes become tables of cells, nothing is run."""
