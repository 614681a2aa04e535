"""Workbooks (.xlsx, .xlsm, .xls): cells as a person sees them, sheet by sheet."""
