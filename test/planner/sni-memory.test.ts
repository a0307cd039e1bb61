import { expect, test } from 'vitest';
import { plan } from '../../src/planner/index.ts';
import { clusterIdOf, hostnamesOf } from '../../src/planner/world/objects.ts';
import type { World } from '../../src/planner/world/world.ts';
import { configOf, readWorld, worldCases } from '../support/world-cases.ts';

test.each(worldCases())(
  '%s, with nothing remembered: who is told to hold a control-plane hostname has a TLSRoute with it or gets one',
  (story) => {
    const { world, env } = readWorld(story);
    const { memory: _, ...rest } = world;
    const bare: World = rest;
    const { actions, memory } = plan(bare, configOf(env));
    const written = actions.filter(({ verb }) => verb === 'apply').map(({ object }) => object);
    const routes = [...bare.host.objects, ...written].filter(({ kind }) => kind === 'TLSRoute');
    for (const [id, { sni }] of Object.entries(memory.clusters)) {
      if (sni === undefined) continue;
      const held = routes.filter((route) => clusterIdOf(route) === id).flatMap(hostnamesOf);
      expect(held, id).toContain(sni);
    }
  },
);
