"""What is kept for ever: every byte received, the receipts, the journal of releases, and the proof that all is there.

What became of a file belongs to the ledger, taking files in to the intake.
"""
