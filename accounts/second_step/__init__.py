"""The second step of signing in: passkeys, codes from an app, recovery codes.

allauth keeps them and runs the ceremonies; what differs from it here is that a code from an app
counts once, that secrets are stored sealed, and that staff can be told to have a second step.
"""
