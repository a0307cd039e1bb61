/** Every metric of the controller beside those of Node itself; docs/operations.md shows the table. */
export const METRICS = {
  plans: { name: 'kubebyon_edge_plans_total', help: 'Plans that were made.' },
  planSeconds: {
    name: 'kubebyon_edge_plan_duration_seconds',
    help: 'Time that a plan took, without its pauses.',
  },
  writes: {
    name: 'kubebyon_edge_writes_total',
    help: 'Writes that have ended, by verb, kind and result: done, stale, busy, refused, unclear, fenced.',
  },
  faults: { name: 'kubebyon_edge_faults_total', help: 'Mistakes in this program that it went on after.' },
  leading: { name: 'kubebyon_edge_leading', help: '1 while this process writes.' },
  left: { name: 'kubebyon_edge_writes_left', help: 'Writes of the last plan that are not done.' },
  refused: { name: 'kubebyon_edge_writes_refused', help: 'Objects whose write the API server refuses.' },
  findings: { name: 'kubebyon_edge_findings', help: 'Findings of the last plan, by code and severity.' },
  hostComplete: {
    name: 'kubebyon_edge_host_complete',
    help: '1 while everything of the host is listed and watched; 0 withdraws nothing.',
  },
  inventoryComplete: {
    name: 'kubebyon_edge_inventory_complete',
    help: '1 while the inventory can be read; 0 withdraws nothing.',
  },
  clusters: { name: 'kubebyon_edge_clusters', help: 'Clusters whose API is to be read.' },
  clustersUnreadable: {
    name: 'kubebyon_edge_clusters_unreadable',
    help: 'Clusters whose API cannot be read at present; nothing of them is withdrawn.',
  },
  namesUnanswered: {
    name: 'kubebyon_edge_names_unanswered',
    help: 'Hostnames that DNS has not been asked about yet.',
  },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly help: string }>>;
