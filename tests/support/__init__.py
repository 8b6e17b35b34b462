"""What tests of several kinds start from. No test stands here."""
