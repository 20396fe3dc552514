"""From records to the graph and back: book, check, plan, apply, export."""
