"""Tables of one station, read once and kept."""

from decimal import Decimal

_TABLES: dict[str, "Table"] = {}


class Table:
    """Heights of one station by minute."""

    def height(self, minute: int) -> Decimal:
        return Decimal("1.20")


def table(station: str) -> Table:
    if station not in _TABLES:
        _TABLES[station] = Table()
    return _TABLES[station]
