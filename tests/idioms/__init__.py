"""Clean idioms of C, silent as they stand; with -DBUG each has one bug, which is found."""
