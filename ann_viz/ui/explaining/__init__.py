"""The Explain panel below the picture, and the coach."""
