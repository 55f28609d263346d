"""Forms on paper: question paper, answer key and answer sheet as PDF, set by Typst."""
