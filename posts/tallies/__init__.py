"""How many posts there are, and where in the order of dates one finds the ten-thousandth.

A list of a million posts cannot count them for each visitor, nor skip 990,000 to show the last
page. So the database counts while rows change: its triggers keep, for the whole site and for each
tag, author and series, how many posts there are in all, in each month and on each day
(`posts.models.Tally`), and copy the dates of a post to the links to its tags and authors. No way
of writing gets past a trigger: not `update()`, not `bulk_create()`, not a hand at the database.

    lists.py        Listing: the posts of one thing, counted by tallies, paged by walking them
    groups.py       the same numbers for queries about many tags, authors or series
    triggers.py     what is put into the database, and when
    sqlite.py, postgresql.py   the triggers of each
    counting.py     counting everything anew, and comparing
    sampling.py     comparing a few, for the doctor

docs/decisions/0010 tells why it is done so.
"""
