#!/usr/bin/env bash
# Run once by the postgres image on an empty volume: the login of the running product, which owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v password="$ABIDE_SERVER_PASSWORD" <<'SQL'
CREATE ROLE abide_app NOLOGIN;
CREATE ROLE abide_server LOGIN PASSWORD :'password';
GRANT abide_app TO abide_server;
SQL
