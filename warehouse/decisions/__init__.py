"""What people decided: small files in the home that a person can read, to which rows are only ever added.

What a decision changes in a judgement or in the star belongs to the rooms above.
"""
