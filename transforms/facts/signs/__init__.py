"""What texts tell by their words and figures wherever they stand: signs, marks, sums, periods, reasons, restatements.

Nothing here is what the report states of itself in its place; whether a sign is a fault is for the rules.
"""
