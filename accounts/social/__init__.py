"""Signing in through another site: GitHub, or one that speaks OpenID Connect.

Both are there only where the environment names them. What another site says is believed in one
point, that somebody reads a certain mailbox, and that never opens an account that is there
already: its owner signs in first and connects the two.
"""
