"""Between the server and Django: all waiting for visitors happens here.

The server speaks RSGI, in which a slow visitor costs a little memory and no thread. Django
answers in a few threads of its own, each with a connection to the database. Only a request that
has arrived in full takes one, for as long as it takes to make the answer; receiving the one and
sending the other waits outside of them. docs/decisions/0008 says why.
"""
