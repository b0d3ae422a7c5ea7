"""The report's faces besides the web page: PDF, Word, workbook, plain tables."""
