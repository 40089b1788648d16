"""Runbook walks operators through recovery procedures and keeps the record of every act."""

__version__ = "0.1.0"
