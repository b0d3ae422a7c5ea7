"""From named women to tokens: the last step of the council's wing writes the analysis dataset."""
