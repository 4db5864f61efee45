"""Exports of Substack: a list of posts (posts.csv), and a page for each."""
