import { expect, test } from 'vitest';
import { ROUTE_AGENT_METRICS } from '../../src/route-agent/agent/metric-table.ts';
import { ROUTE_RULES } from '../../src/route-agent/plan/route-rules.ts';
import { textOfPage } from './pages.ts';

const page = textOfPage('docs/route-agent.md');

test('docs/route-agent.md lists every metric with its meaning, and no other', () => {
  const rows = [...page.matchAll(/^\| `(kubebyon_route_agent_\w+)` \| (.*) \|$/gm)].map(([, name, help]) => ({
    name,
    help,
  }));
  expect(rows).toEqual(Object.values(ROUTE_AGENT_METRICS));
});

test('docs/route-agent.md names every reason against a route, under what becomes of one that stands', () => {
  const [refused = '', waiting = ''] = page.split('Not installed now, and left if it stands');
  for (const { reason, effect } of ROUTE_RULES) {
    expect((effect === 'refuse' ? refused : waiting).includes(`\`${reason}\``), reason).toBe(true);
  }
});
