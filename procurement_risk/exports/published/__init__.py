"""What leaves the house for good: nothing withheld may be in it."""
