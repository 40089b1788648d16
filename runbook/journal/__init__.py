"""Where the record is kept: two durable copies of every entry, append-only, provable."""
