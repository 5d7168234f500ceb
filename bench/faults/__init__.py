"""Faults that are really made: `make bench-faults`. Every row of the table is one function with a bounded size."""
