"""The notes as pages: text to safe HTML, formulas intact."""
