"""Tables copied with a cell a line: header, columns, rows, put together again. No other layout belongs here."""
