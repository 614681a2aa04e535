"""The ledger: what was received when, which state each version is in. Bytes and receipts belong to the archive."""
