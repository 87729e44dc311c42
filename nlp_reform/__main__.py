"""`python -m nlp_reform` is the command `nlp-reform`."""

from nlp_reform.cli import main

if __name__ == "__main__":
    main()
