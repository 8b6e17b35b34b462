"""What the tables for analysts are made of: columns, rows and a workbook that runs nothing."""
