"""The lowest floor: Vietnamese text, order, names, numbers, dates, legacy encodings."""
