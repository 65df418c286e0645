"""What is sent: templates, the outbox, e-mail, text and post."""
