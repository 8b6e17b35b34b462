"""Telling people and other systems what waits: by e-mail, and by signed webhooks.

    looking ──> what is new to whom ──> the queue in the database ──> sending ─┬─ mail
    (one process at a time)                    (claimed by one process)        └─ hooks

A message is marked as being sent before it is sent. Where a process dies in between, or no answer
comes, nobody knows whether it arrived: it is not sent again, and an administrator sees it.
"""
