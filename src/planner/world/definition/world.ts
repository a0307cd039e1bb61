import { host } from './host.ts';
import { inventory } from './inventory.ts';
import { constant, group, list, mapOf, opaque, optional, required, text } from './language.ts';
import { dnsAnswer, probe, routeAgent } from './observations.ts';
import { time } from './parts.ts';
import { tenant } from './tenant.ts';

/** The world: the one definition of which types, schema, validator and docs/world.md are made. */
export const world = group({
  apiVersion: required(constant('kubebyon.app/v1alpha1'), 'The version of this document.'),
  kind: required(constant('World'), 'The kind of this document.'),
  now: required(time, 'The only clock that the planner knows.'),
  env: optional(mapOf(text()), "The API container's environment; read by the command line only."),
  inventory: required(inventory, 'What the platform itself says.'),
  host: required(host, 'The host cluster.'),
  tenants: optional(mapOf(tenant), 'By cluster id.'),
  dns: optional(
    mapOf(list(dnsAnswer)),
    "By normalised hostname: one answer per resolver. The CNAME targets' own names are asked too.",
  ),
  probes: optional(mapOf(list(probe)), 'By cluster id.'),
  routes: optional(
    group({ agents: optional(mapOf(routeAgent), 'By name of the host Node.') }),
    'Routes as the kernels of the host Nodes have them.',
  ),
  memory: optional(
    opaque('map'),
    'What the last plan returned; opaque. Lost memory is derived again from live objects.',
  ),
});
