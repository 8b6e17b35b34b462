"""The supplier's workbook: questions out as XLSX, and what comes back told from what is wrong.

    layout      what stands where, in which words, and the stamp that says what it belongs to
    writing     Assessment, Framework -> XLSX
    safety      the bytes of a file -> refused, or safe to open
    cells       a safe file -> plain cells; ``apart`` does both in a process of its own
    reading     plain cells -> the stamp, what was filled in, and every problem by its cell
    matching    what a cell says -> an option, a state, a day, a number; never guessed
    difference  what was filled in against what stands, question by question

Nothing here writes to the store: ``imports.workbook`` does, once a person has accepted.
"""
