"""What a supplier sees who was sent a link: its questions, page by page, without an account.

    pages    a request -> who may, what is asked for
    form     what a page sent -> what was written; the fields of a question -> HTML
    words    the pages around the questions
    frame    the page that stands around each of them, its look and its headers

No script runs here, and nothing is loaded from anywhere.
"""
