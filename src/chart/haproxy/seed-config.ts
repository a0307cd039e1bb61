/**
 * Text of the seed `haproxy.cfg` (publicAccess.provider=haproxy, runbook section 5.1): what HAProxy runs until the
 * API has written its own. It serves no cluster and is the frame of the API's configuration, which adds per cluster
 * one backend here and one line `<hostname> <backend>` in `sni.map`.
 *
 * The text is the same for every release: HAProxy takes ports and paths from the environment that
 * start-haproxy.sh has checked. Works with HAProxy 2.6 to 3.2.
 *
 * Why it is as it is (HAProxy configuration manual):
 * - `inspect-delay` waits only where a `tcp-request content` rule asks for something, so the accept rule is needed
 *   for a ClientHello that comes in more than one segment.
 * - `fd-hard-limit` instead of `maxconn`: HAProxy derives maxconn from the descriptors it may really have, so it
 *   starts under a low limit and does not take gigabytes under an unlimited one.
 * - `v4v6`: the address `::` stands for both families; with an address of IPv4 it says nothing.
 * - `url_enc` in the log: the name is the client's, and must not break the line.
 * - The tunnel timeout is long for `kubectl exec` and watches, therefore keep-alives find peers that are gone.
 */
export const SEED_CONFIG = `global
    log stdout format raw local0
    fd-hard-limit 20000
    hard-stop-after 10m
    stats socket "\${HAPROXY_RUNTIME_DIR}/live/stats.sock" mode 600 expose-fd listeners

defaults
    mode tcp
    log global
    option tcplog
    option dontlognull
    option clitcpka
    option srvtcpka
    clitcpka-idle 60s
    srvtcpka-idle 60s
    timeout connect 5s
    timeout client 1h
    timeout server 1h
    timeout tunnel 24h
    timeout client-fin 30s
    timeout server-fin 30s

# The control planes of all clusters on one port, told apart by SNI. TLS ends in the clusters.
frontend control_plane
    bind "\${HAPROXY_BIND_ADDRESS}:\${HAPROXY_BIND_PORT}" v4v6
    acl client_hello req.ssl_hello_type 1
    tcp-request inspect-delay 5s
    tcp-request content set-var(txn.sni) req.ssl_sni,lower if client_hello
    tcp-request content accept if client_hello
    tcp-request content reject
    log-format "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts sni=%[var(txn.sni),url_enc]"
    use_backend "%[var(txn.sni),map_str(\${HAPROXY_RUNTIME_DIR}/sni.map,be_reject)]"
    default_backend be_reject

backend be_reject
    tcp-request content reject

# Answers the kubelet's probes, nothing else.
frontend health
    mode http
    bind "\${HAPROXY_HEALTH_ADDRESS}:\${HAPROXY_HEALTH_PORT}" v4v6
    timeout client 5s
    timeout http-request 5s
    monitor-uri /healthz
    http-request deny
`;
