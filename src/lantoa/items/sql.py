"""What the database itself is asked for: refusing to change a version, and looking into bands."""

NAME = "items_version_unchanged"

_SQLITE = f"""
CREATE TRIGGER IF NOT EXISTS {NAME} BEFORE UPDATE OF item_id, number, content ON items_itemversion
BEGIN SELECT RAISE(ABORT, 'a version never changes'); END
"""
_POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      RAISE EXCEPTION 'a version never changes' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    f"""
    CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE OF item_id, number, content
    ON items_itemversion FOR EACH ROW EXECUTE FUNCTION {NAME}()
    """,
)


def guard(vendor: str) -> tuple[str, ...]:
    """What to execute so that changing what a version says fails."""
    return _POSTGRESQL if vendor == "postgresql" else (_SQLITE,)


def unguard(vendor: str) -> tuple[str, ...]:
    on = " ON items_itemversion" if vendor == "postgresql" else ""
    function = (f"DROP FUNCTION IF EXISTS {NAME}()",) if vendor == "postgresql" else ()
    return (f"DROP TRIGGER IF EXISTS {NAME}{on}", *function)


_IN_BAND = """
SELECT item_id FROM
(SELECT item_id FROM items_band WHERE key = %s ORDER BY item_id DESC LIMIT {most}) AS band_{place}
"""


def in_bands(count: int, most: int) -> str:
    """Item ids in any of so many bands, the newest `most` of each: a band that thousands share
    must not take the time of all the others. An item comes once per band that it is in."""
    parts = (_IN_BAND.format(most=most, place=place) for place in range(count))
    return " UNION ALL ".join(parts)
