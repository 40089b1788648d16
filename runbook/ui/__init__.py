"""How it is shown: the only package that imports PySide6."""
