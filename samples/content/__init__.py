"""What a synthetic report says (organisation, projects, finance, narrative), drawn from a seed; not how it looks."""
