"""``make chaos``: faults in real nights, in temporary homes of sample files; prints how many were survived.

What a night does under a fault is the product's; here stand the faults, and what must hold afterwards.
"""
