#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL, whose address is in HYGIE_DATABASE_URL, then removes it all.
#   outils/postgres.sh .env-tests/bin/pytest tests/server
set -euo pipefail

bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
bin=${bin:-$(dirname "$(command -v initdb)")}
folder=$(mktemp -d)
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "$password" >"$folder/password"
owner=()
if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to run as root
  owner=(runuser -u postgres --)
  chown -R postgres: "$folder"
fi

clean() {
  cd /
  "${owner[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap clean EXIT
trap 'exit 130' INT TERM HUP

port=$("${PYTHON:-python3}" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

# Durability is switched off: this database dies with its tests.
(
  cd "$folder"
  "${owner[@]}" "$bin/initdb" -D data -U hygie --auth=scram-sha-256 --pwfile=password --locale=C.UTF-8 \
    --no-sync >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
  "${owner[@]}" "$bin/pg_ctl" -D data -w -t 60 -l "$folder/data/server.log" start -o \
    "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c fsync=off \
     -c synchronous_commit=off -c full_page_writes=off" >start.log 2>&1 || { cat start.log data/server.log >&2; exit 1; }
)

export HYGIE_DATABASE_URL="postgresql://hygie:$password@127.0.0.1:$port/postgres"
"$@"
