"""Quotations: selectors found again in the full texts, and proved by the sum of their words."""
