"""``python -m oftasked`` is the console script."""

from oftasked.cli import main

main()
