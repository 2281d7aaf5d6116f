"""Programs that make the package's data files; run by maintainers, not by users."""
