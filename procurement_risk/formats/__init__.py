"""Two formats that frameworks and answers travel in: the workbook and SurveyJS."""
