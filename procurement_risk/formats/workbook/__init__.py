"""The supplier's workbook: questions out as XLSX, and what comes back told from what is wrong.

    layout      what stands where, in which words, and the stamp that says what it belongs to
    writing     Assessment, Framework -> XLSX; with guide, lists, written_cells
    limits      how much is read, and so how much is written
    safety      the bytes of a file -> refused, or safe to open; with active, ods_safety
    cells       a file -> plain cells, by xlsx, ods or csv_text; ``apart`` in a process of its own
    stamps      plain cells -> what the file says it belongs to
    reading     plain cells -> what was filled in, and every problem by its cell
    remarks     plain cells -> whatever else is in the file, with its text
    matching    what a cell says -> an option, a state, a day, a number; never guessed
    difference  what was filled in against what stands, question by question; with claims

Nothing here writes to the store: ``imports.workbook`` does, once a person has accepted.
"""
