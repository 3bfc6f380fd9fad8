"""The data sets that come along: a folder of files becomes a checked data set."""
