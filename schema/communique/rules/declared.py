"""What the Pandera models declare of columns and keys, as entries of the catalogue beside the rules across rows."""

from communique.rules.catalogue import Entry

DECLARED: dict[str, Entry] = {
    entry.code: entry
    for entry in (
        Entry(
            "C001",
            "error",
            "A table has exactly the columns of its schema.",
            "Code that reads a table may rely on every column, and a column that nobody declared has no meaning.",
        ),
        Entry(
            "C002",
            "error",
            "A column that must hold a value is not null.",
            "Such a column is what makes the row mean anything: an event without a title is none.",
        ),
        Entry(
            "C003",
            "error",
            "A column of terms holds only terms of its vocabulary.",
            "Two spellings of one thing are two things to everyone who counts; a new thing needs a defined term first.",
        ),
        Entry(
            "C004",
            "error",
            "A value has the type, pattern, length and range that its column declares.",
            "What lies outside is a slip of the hand: a fingerprint of seven words, a latitude of 127 degrees.",
        ),
        Entry(
            "K101",
            "error",
            "A table's key is unique.",
            "A key is the name by which a row is cited for ever; two rows of one name cannot be told apart.",
        ),
        Entry(
            "K102",
            "error",
            "A foreign key points at a row that exists.",
            "A reference into nothing loses its row in every join, without a word.",
        ),
    )
}
