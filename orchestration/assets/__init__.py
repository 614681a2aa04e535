"""The software-defined assets: a module for the stages of a night, one for the tables and views of a release."""
