"""Dates as Vietnamese offices type them; as machines do, too."""

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S",
                          "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M"]  # fmt: skip
FIRST_DAY_OF_WEEK = 1
