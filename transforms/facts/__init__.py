"""Facts of one document, one package a group; what several groups share stands beside them.

They say what is written and where; nothing is judged here.
"""
