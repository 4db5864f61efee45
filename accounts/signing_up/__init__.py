"""How an account begins: somebody gives an address, follows the link in a mail, and is in.

Nothing that a visitor sees tells whether an address has an account: the page only queues a job,
and answering.py, in the worker, decides what the mail says. Until the link is followed there is
no row of the account, so nobody can take an address by typing it.
"""
