import { vi } from 'vitest';
import type { KubeObject } from '../support/api-client.ts';
import type { Cluster } from '../support/cluster.ts';

const texts = { type: 'object', additionalProperties: { type: 'string' } };

/** The definition of ServiceMonitor as far as charts use it. Source: Prometheus operator, api.md. */
const DEFINITION: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'servicemonitors.monitoring.coreos.com',
    annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' },
  },
  spec: {
    group: 'monitoring.coreos.com',
    scope: 'Namespaced',
    names: { kind: 'ServiceMonitor', plural: 'servicemonitors', singular: 'servicemonitor' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['endpoints', 'selector'],
                properties: {
                  selector: { type: 'object', properties: { matchLabels: texts } },
                  endpoints: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: {
                        port: { type: 'string' },
                        interval: { type: 'string', pattern: '^[0-9]+(ms|s|m|h|d)$' },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

/** Has a cluster serve ServiceMonitors; a new kind is served a moment after its definition is stored. */
export async function serveServiceMonitors({ api }: Cluster): Promise<void> {
  const answer = await api.apply(DEFINITION, { fieldManager: 'test' });
  if (!answer.ok) throw new Error(answer.message);
  await vi.waitFor(
    async () => {
      const served = await api.request({
        method: 'GET',
        path: '/apis/monitoring.coreos.com/v1/servicemonitors',
      });
      if (!served.ok) throw new Error(served.message);
    },
    { timeout: 90_000, interval: 200 },
  );
}
