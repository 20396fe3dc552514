"""Records in the forms of other programs: one module for each form, functions from values to text."""
