-- Two roles: one owns the tables and brings them up to date, the app works with the other, which
-- cannot change or delete what the history holds, nor switch off what guards it.
-- Run by an administrator, after the first start by the owner:
--   psql -d procurement_risk -f roles.sql
CREATE ROLE procurement_risk_app LOGIN;  -- give it a password: \password procurement_risk_app
ALTER ROLE procurement_risk_app SET statement_timeout = '60s';
ALTER ROLE procurement_risk_app SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE procurement_risk_app SET lock_timeout = '10s';
GRANT USAGE ON SCHEMA public TO procurement_risk_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO procurement_risk_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO procurement_risk_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO procurement_risk_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO procurement_risk_app;
REVOKE UPDATE, DELETE, TRUNCATE ON history, release, tombstone, log_erasure, read_log FROM procurement_risk_app;
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM procurement_risk_app;
