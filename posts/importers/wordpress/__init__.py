"""Exports of WordPress (WXR 1.0 to 1.2), read into records; `archive.py` opens one.

`decoding` makes characters of bytes, `tape` lets a reader look ahead in them, `elements` makes
elements of characters and repairs what real files break, `channel` yields those of a whole file.
What the elements mean is for the others: `facts` (all that one item needs of others), `texts`,
`remarks`, `terms`, `moments`, `languages`. `uploads` finds files in a folder beside the export.
"""
