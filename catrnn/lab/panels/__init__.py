"""The questions with sliders: one function a panel, one file a question, named as its picture."""
