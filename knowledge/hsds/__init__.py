"""The directory as HSDS 3.1: flat tables, nested objects and a tabular data package, and the way back. See docs/open-data.md."""
