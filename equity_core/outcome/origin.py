"""Names of what every export states of its making, and of the files that only a package holds."""

ORIGIN = ("fingerprint", "dataset", "data_version", "product_version", "scenario")
README, DESCRIPTION = "README.txt", "datapackage.json"
