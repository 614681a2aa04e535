"""What a report states in words: its goals, its problems and the measures against them. Measured values and signs of
other things in these words are groups of their own.
"""
