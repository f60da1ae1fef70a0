"""Charts of a document: measured, drawn once, and the same in page, pdf and docx."""
