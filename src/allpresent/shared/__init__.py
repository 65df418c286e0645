"""What every room uses: the clock, the append-only base, the record of events, the page."""
