"""Templates of the printed slip: the parts of a Word document, and the page. They lay out; they say nothing."""
