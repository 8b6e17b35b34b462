"""Who is told what waits: what each person chose, what was noticed, the queue, the webhooks.

notice_choice   what a person wants to be told, and how soon
noticed         what waits for somebody, so that it is told once
message         the queue: a mail or a call of a webhook, in numbers and never in names
webhook         where other systems want to be told
notice_turn     whose turn it is to look, and on which day digests were last made

Nothing here holds an e-mail address: that of a person stands in the list of people alone.
"""
