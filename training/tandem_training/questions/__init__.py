"""What is asked of pictures: tables, made questions, canvases, checks."""
