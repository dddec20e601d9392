"""The program form that both front ends lower to: `body` holds its data structures."""
