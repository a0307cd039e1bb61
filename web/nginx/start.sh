#!/bin/sh
# Writes what depends on the environment into a folder that may be written, and becomes nginx.
set -eu

run=${KUBEBYON_WEB_RUN:-/tmp/kubebyon-web}
conf=${KUBEBYON_WEB_CONF:-/etc/kubebyon-web/nginx.conf}

# refuse NAME EXPECTED FOUND
refuse() {
  echo "kubebyon-web: $1: expected $2, found \"$3\"; correct the variable of the web container" >&2
  exit 1
}

# check_address NAME VALUE: empty, or an http(s) address that may stand in JSON and in a header.
check_address() {
  [ -n "$2" ] || return 0
  case $2 in
    *[!A-Za-z0-9:/._~%@?=+,\[\]-]*) refuse "$1" 'an http:// or https:// address' "$2" ;;
    http://?* | https://?*) ;;
    *) refuse "$1" 'an http:// or https:// address' "$2" ;;
  esac
}

server=${KUBEBYON_API_BASE_URL:-}
browser=${NEXT_PUBLIC_KUBEBYON_API_BASE_URL:-}
check_address KUBEBYON_API_BASE_URL "$server"
check_address NEXT_PUBLIC_KUBEBYON_API_BASE_URL "$browser"

# The chart sets an address; a container engine sets the name of the container, which is none.
case ${HOSTNAME:-} in
  *[!0-9.]*:* | *:*) listen="[$HOSTNAME]" ;;
  '' | *[!0-9.]*) listen=0.0.0.0 ;;
  *) listen=$HOSTNAME ;;
esac

mkdir -p "$run"
printf 'listen %s:%s;\n' "$listen" "${PORT:-3000}" >"$run/listen.conf"
printf '{"apiBaseURL":"%s"}\n' "${browser%/}" >"$run/config.json"
exec nginx -c "$conf" -e stderr -g 'daemon off;'
