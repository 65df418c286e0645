"""What parents and others say about an absence."""
