"""The database itself refuses to change a statement."""

NAME = "records_statement_append_only"

SQLITE = f"""
CREATE TRIGGER IF NOT EXISTS {NAME} BEFORE UPDATE ON records_statement
BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END
"""
POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      RAISE EXCEPTION 'statements are append-only' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    f"""
    CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE ON records_statement
    FOR EACH ROW EXECUTE FUNCTION {NAME}()
    """,
)


def statements(vendor: str) -> tuple[str, ...]:
    """What to execute so that an UPDATE of a statement fails."""
    return POSTGRESQL if vendor == "postgresql" else (SQLITE,)
