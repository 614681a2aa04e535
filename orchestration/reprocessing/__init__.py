"""What was received, gone through once more beside any night: to compare versions and catalogues, and to rebuild."""
