"""Records in the forms of other programs: one module for each form, all of them functions from values to text."""
