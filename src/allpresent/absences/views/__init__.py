"""Pages of messages, of the mailbox and of evidence."""
