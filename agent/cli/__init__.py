"""The command line: lists of options, one call each, one print; the only place that prints and exits."""
