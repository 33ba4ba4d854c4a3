-- Clocks that can be moved (tests/clock.py). They stand before PostgreSQL's own in the search path of a database of tests,
-- for every connection to it and for the defaults of its columns. Nothing of ours is written CURRENT_TIMESTAMP, which is no
-- function and would not be moved.
CREATE SCHEMA tests;
CREATE SCHEMA moved;
CREATE TABLE tests.clock (by interval NOT NULL, still timestamptz);
INSERT INTO tests.clock VALUES ('0', NULL);
CREATE FUNCTION moved.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    AS 'SELECT coalesce(still, pg_catalog.now() + by) FROM tests.clock';
CREATE FUNCTION moved.transaction_timestamp() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    AS 'SELECT coalesce(still, pg_catalog.transaction_timestamp() + by) FROM tests.clock';
CREATE FUNCTION moved.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    AS 'SELECT coalesce(still, pg_catalog.statement_timestamp() + by) FROM tests.clock';
CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
    AS 'SELECT coalesce(still, pg_catalog.clock_timestamp() + by) FROM tests.clock';
