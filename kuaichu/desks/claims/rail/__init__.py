"""What surrounds the payment system: the stop switch, and the daily comparison of what it says with ours."""
