"""Return slips: what a submitter is told of a refused or questioned submission, and where it is kept once written.

One model (``model``), made from the rows of a release (``reading``) with the words of ``wording.toml``; three writers
(``docx``, ``page``, ``workbook``); one shelf (``shelf``). What a rule says belongs to the catalogue.
"""
