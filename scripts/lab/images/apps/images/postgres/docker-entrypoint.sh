#!/bin/bash
# Makes a database in an empty PGDATA, then runs the server, both as the user `postgres`.
set -euo pipefail

# The value of a variable, or of the file that VARIABLE_FILE names; DEFAULT if both are empty.
setting() { # VARIABLE [DEFAULT]
  local file=$1_FILE
  if [ -n "${!1:-}" ] && [ -n "${!file:-}" ]; then
    echo "error: both $1 and $file are set (but are exclusive)" >&2
    exit 1
  elif [ -n "${!file:-}" ]; then
    export "$1=$(cat "${!file}")"
  else
    export "$1=${!1:-${2:-}}"
  fi
  unset "$file"
}

sql() { # [PSQL-OPTION…]: on the socket, as the superuser
  PGHOST='' psql --set ON_ERROR_STOP=1 --no-psqlrc --no-password --username "$POSTGRES_USER" "$@"
}

without_password() {
  cat >&2 <<'END'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html
END
  exit 1
}

run_file() { # FILE
  case $1 in
    *.sh)
      if [ -x "$1" ]; then
        echo "$0: running $1"
        "$1"
      else
        echo "$0: sourcing $1"
        . "$1"
      fi
      ;;
    *.sql) echo "$0: running $1"; sql --dbname "$POSTGRES_DB" --file "$1" ;;
    *.sql.gz) echo "$0: running $1"; gunzip -c "$1" | sql --dbname "$POSTGRES_DB" ;;
    *) echo "$0: ignoring $1" ;;
  esac
  echo
}

make_database() { # SERVER-OPTION…
  setting POSTGRES_PASSWORD
  setting POSTGRES_USER postgres
  setting POSTGRES_DB "$POSTGRES_USER"
  setting POSTGRES_INITDB_ARGS
  method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$method" != trust ]; then without_password; fi

  # shellcheck disable=SC2086 # several arguments
  initdb --username="$POSTGRES_USER" --pwfile=<(echo "$POSTGRES_PASSWORD") $POSTGRES_INITDB_ARGS
  printf '\nhost all all all %s\n' "$method" >> "$PGDATA/pg_hba.conf"

  # Nobody outside of this container can connect yet.
  PGUSER=$POSTGRES_USER pg_ctl -w start -o "$(printf '%q ' "$@" -c listen_addresses=)"
  if [ "$POSTGRES_DB" != postgres ]; then
    sql --dbname postgres --set db="$POSTGRES_DB" <<< 'CREATE DATABASE :"db" ;'
  fi
  echo
  for file in /docker-entrypoint-initdb.d/*; do
    [ ! -e "$file" ] || run_file "$file"
  done
  PGUSER=$POSTGRES_USER pg_ctl -w -m fast stop
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

if [ "${1#-}" != "$1" ]; then set -- postgres "$@"; fi
case "$*" in
  'postgres --help' | 'postgres --version' | 'postgres -V') exec "$@" ;;
  postgres | postgres\ *) ;;
  *) exec "$@" ;;
esac

mkdir -p "$PGDATA"
chmod 700 "$PGDATA" || true
if [ "$(id -u)" = 0 ]; then
  find "$PGDATA" /var/run/postgresql ! -user postgres -exec chown postgres {} +
  exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi
if [ -s "$PGDATA/PG_VERSION" ]; then
  printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
else
  make_database "${@:2}"
fi
exec "$@"
