/** Every metric of the route agent beside those of Node itself; docs/route-agent.md shows the table. */
export const ROUTE_AGENT_METRICS = {
  routes: {
    name: 'kubebyon_route_agent_routes',
    help: 'Routes of the plans that select this Node, by state: desired, applied, effective, rejected, foreign.',
  },
  changes: {
    name: 'kubebyon_route_agent_changes_total',
    help: 'Changes of the kernel that were tried, by verb (add, replace, delete, guard, unguard) and result: done, overtaken, failed, unclear.',
  },
  reinstalled: {
    name: 'kubebyon_route_agent_reinstalled_total',
    help: 'Routes that were installed, had gone without us, and were installed again.',
  },
  syncSeconds: { name: 'kubebyon_route_agent_sync_duration_seconds', help: 'Time of a round.' },
  syncErrors: {
    name: 'kubebyon_route_agent_sync_errors_total',
    help: 'Rounds and changes that failed, by op: read, or the verb of the change.',
  },
  lastSuccess: {
    name: 'kubebyon_route_agent_last_success_timestamp_seconds',
    help: 'When a round last succeeded, in seconds since 1970; 0 before the first.',
  },
  planStale: {
    name: 'kubebyon_route_agent_plan_stale',
    help: '1 for a plan whose planner gave no sign of life for its staleAfterSeconds.',
  },
  deletesHeld: {
    name: 'kubebyon_route_agent_deletes_held',
    help: '1 while many deletes wait for a second list that asks for the same.',
  },
  statusWrites: {
    name: 'kubebyon_route_agent_status_writes_total',
    help: 'Reports that were written, by result: done, failed.',
  },
  leaseRenewals: {
    name: 'kubebyon_route_agent_lease_renewals_total',
    help: 'Signs of life that were given, by result: done, failed.',
  },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly help: string }>>;
