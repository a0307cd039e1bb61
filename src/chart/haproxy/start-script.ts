/**
 * Text of `start-haproxy.sh`, the command of the haproxy container (publicAccess.provider=haproxy, runbook
 * section 5.1). It starts HAProxy, reloads it when the API has written a new configuration, and keeps the running
 * one when HAProxy refuses the new one.
 *
 * The text is the same for every release: what differs comes from the container's environment.
 *
 * | variable | value |
 * |---|---|
 * | `HAPROXY_SEED_DIR` | folder that holds the seed `haproxy.cfg` (the ConfigMap's mount) |
 * | `HAPROXY_RUNTIME_DIR` | folder shared with the API, which puts `haproxy.cfg` and `sni.map` there |
 * | `HAPROXY_BIND_PORT` | port of the public entry, 1 to 65535 |
 * | `HAPROXY_POLL_SECONDS` | how often to look for changes, 1 to 3600, default 2 |
 * | `HAPROXY_HEALTH_ADDRESS` | `127.0.0.1` (default), `0.0.0.0` or `::`, where `/healthz` is answered |
 * | `HAPROXY_HEALTH_PORT` | port of `/healthz`, 1 to 65535, default 8404 |
 *
 * It sets `HAPROXY_BIND_ADDRESS` for the configuration: `::`, which is every address of both families, or `0.0.0.0` where
 * the kernel has no IPv6. `HAPROXY_HEALTH_ADDRESS=::` means the same.
 *
 * In the shared folder the script leaves `last-check.log` for the API: its first line is `accepted` or `refused`,
 * then come HAProxy's own words. Signals: TERM, INT and USR1 (the stop signal of HAProxy's image) close the listeners
 * and let open connections end. Exit status: 0 after a stop, otherwise not 0 with the reason on stderr.
 *
 * POSIX sh; runs in dash and in busybox.
 */
export const START_SCRIPT = `#!/bin/sh
# Runs HAProxy beside the API.
#
# The API puts haproxy.cfg and its maps into HAPROXY_RUNTIME_DIR, each by rename. When they change, this script has
# HAProxy check them, copies haproxy.cfg to live/ and reloads. A configuration that HAProxy refuses never gets
# there: last-check.log says why, and the one that runs goes on.
set -u
umask 022

log() { printf 'start-haproxy.sh: %s\\n' "$*" >&2; }
die() { log "$*"; exit 1; }

# need_number NAME VALUE MIN MAX
need_number() {
  case $2 in
    '' | *[!0-9]* | 0* | ??????*) ;;
    *) [ "$2" -ge "$3" ] && [ "$2" -le "$4" ] && return ;;
  esac
  die "$1 must be a decimal number from $3 to $4, found '$2'"
}

seed=\${HAPROXY_SEED_DIR:-}
runtime=\${HAPROXY_RUNTIME_DIR:-}
poll=\${HAPROXY_POLL_SECONDS:-2}
# The configuration reads these from the environment.
export HAPROXY_RUNTIME_DIR="$runtime"
export HAPROXY_BIND_PORT="\${HAPROXY_BIND_PORT:-}"
export HAPROXY_HEALTH_ADDRESS="\${HAPROXY_HEALTH_ADDRESS:-127.0.0.1}"
export HAPROXY_HEALTH_PORT="\${HAPROXY_HEALTH_PORT:-8404}"

need_number HAPROXY_POLL_SECONDS "$poll" 1 3600
need_number HAPROXY_BIND_PORT "$HAPROXY_BIND_PORT" 1 65535
need_number HAPROXY_HEALTH_PORT "$HAPROXY_HEALTH_PORT" 1 65535
case $HAPROXY_HEALTH_ADDRESS in
  127.0.0.1 | 0.0.0.0 | ::) ;;
  *) die "HAPROXY_HEALTH_ADDRESS must be 127.0.0.1, 0.0.0.0 or ::, found '$HAPROXY_HEALTH_ADDRESS'" ;;
esac
# Every address of both families, or of the one that the kernel has.
export HAPROXY_BIND_ADDRESS='::'
[ -e /proc/net/if_inet6 ] || HAPROXY_BIND_ADDRESS=0.0.0.0
[ "$HAPROXY_HEALTH_ADDRESS" != :: ] || HAPROXY_HEALTH_ADDRESS=$HAPROXY_BIND_ADDRESS
[ -r "$seed/haproxy.cfg" ] || die "HAPROXY_SEED_DIR must hold a readable haproxy.cfg, found '$seed'"
[ -d "$runtime" ] || die "HAPROXY_RUNTIME_DIR must be a folder, found '$runtime'"
live=$runtime/live
mkdir -p "$live" 2>/dev/null || die "HAPROXY_RUNTIME_DIR must be writable, cannot make $live"

# HAProxy refuses a map file that is not there. Under noclobber a map that the API has just written stays.
(set -C && : >"$runtime/sni.map") 2>/dev/null

fingerprint() { cksum "$runtime/haproxy.cfg" "$runtime"/*.map 2>/dev/null; }

# The API's configuration; while there is none, the last one that ran, and at first the seed.
wanted() {
  for file in "$runtime/haproxy.cfg" "$live/haproxy.cfg" "$seed/haproxy.cfg"; do
    [ -e "$file" ] && break
  done
  printf '%s\\n' "$file"
}

# accept FILE: makes FILE the live configuration if HAProxy takes it; what it said is in $answer.
accept() {
  answer=$(cp "$1" "$live/haproxy.cfg.new" 2>&1 && haproxy -c -V -f "$live/haproxy.cfg.new" 2>&1) &&
    mv -f "$live/haproxy.cfg.new" "$live/haproxy.cfg"
}

# record accepted|refused: tells the API how its configuration was received.
record() {
  printf '%s\\n' "$1" "$answer" >"$runtime/last-check.log.new" &&
    mv -f "$runtime/last-check.log.new" "$runtime/last-check.log"
}

loaded=none
refused=none
# update: brings the API's files into live/. Succeeds when there is something new to load. What was refused is tried
# again at every call (the cause may be gone), but reported once.
update() {
  # Taken before the files are read: a change in between shows up at the next call.
  now=$(fingerprint)
  [ "$now" = "$loaded" ] && return 1
  if accept "$(wanted)"; then
    loaded=$now
    refused=none
    record accepted
    return 0
  fi
  [ "$now" = "$refused" ] && return 1
  refused=$now
  record refused
  log "configuration refused, see last-check.log: $answer"
  return 1
}

master=''
# shellcheck disable=SC2317 # called by trap
stop() {
  trap '' TERM INT USR1
  log 'stopping: no new connections, open ones may end'
  # Until it has ended: a master that is reloading passes the signal to the workers of before only.
  while [ -n "$master" ] && kill -USR1 "$master" 2>/dev/null; do
    sleep 1 &
    wait "$!"
  done
  exit 0
}
trap stop TERM INT USR1

if ! update; then
  accept "$live/haproxy.cfg" || accept "$seed/haproxy.cfg" || die "the seed configuration is refused: $answer"
fi

rm -f "$live/haproxy.pid"
haproxy -W -db -p "$live/haproxy.pid" -f "$live/haproxy.cfg" &
master=$!

while kill -0 "$master" 2>/dev/null; do
  sleep "$poll" &
  wait "$!"
  # Until HAProxy has written its pid file, the reload signal would end it.
  if [ -s "$live/haproxy.pid" ] && update; then
    log 'configuration accepted, reloading'
    kill -USR2 "$master"
  fi
done

wait "$master"
die "haproxy ended with status $?"
`;
