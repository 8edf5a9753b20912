"""ANN Viz for programs: what ``import ann_viz`` offers beside the window and the command line."""
