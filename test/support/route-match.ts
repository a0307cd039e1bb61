/**
 * Which of several hostnames of HTTPRoutes a request reaches, written from the Gateway API's text and not from the
 * planner: "exact before wildcard", among wildcards the one with most characters; a wildcard label stands for one or
 * more labels (HTTPRouteSpec.hostnames, Listener.hostname).
 */
export function matchingHostname(host: string, hostnames: Iterable<string>): string | undefined {
  const matches = [...hostnames].filter((hostname) =>
    hostname.startsWith('*.')
      ? host.endsWith(hostname.slice(1)) && host.length > hostname.length - 1
      : hostname === host,
  );
  return matches.find((one) => !one.startsWith('*.')) ?? matches.sort((a, b) => b.length - a.length)[0];
}
