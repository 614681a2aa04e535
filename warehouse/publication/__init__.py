"""What a release shows to people: the data dictionary as rows and as a page. Builds and audits nothing."""
