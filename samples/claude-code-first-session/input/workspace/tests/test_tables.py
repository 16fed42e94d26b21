from tides.tables import table


def test_same_table_twice():
    assert table("harbour") is table("harbour")
