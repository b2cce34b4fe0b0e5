"""The options that the programs of this folder share."""

import argparse
import os


def read(description):
    """The command line of a program that answers photos into a folder of parts."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="+", help="photos, or folders of them")
    parser.add_argument("parts", help="a folder for the answers; what is in it is not done again")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--batch-size", type=int, default=64)
    return parser.parse_args()
