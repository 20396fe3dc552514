"""Tests of kb/export, without a database."""
