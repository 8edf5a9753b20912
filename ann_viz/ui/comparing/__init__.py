"""Two runs side by side: their pictures on one scale, in what they differ, and a twin that is trained in step."""
