"""What of the records goes out to other programs and comes in from them, without a screen."""
