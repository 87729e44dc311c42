"""An example of a plugin package: see its pyproject.toml for what it adds."""
