import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import { type MultiNodeUserValues, render, toYaml, valuesFrom } from '../../src/index.ts';

const VALUES: MultiNodeUserValues = {
  publicAccess: { provider: 'gatewayapi' },
  gatewayAPI: { workload: { enabled: true } },
};
const RELEASE = { name: 'kubebyon', namespace: 'kubebyon-system' };

/** Bundles a module for a browser. An import that no browser has fails the bundle. */
async function bundleForBrowser(entry: string): Promise<string> {
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    onLog: (_level, { message }) => fail(message),
  });
  const { output } = await build.generate({ format: 'iife', name: 'gateway' });
  await build.close();
  return output[0].code;
}

function fail(message: string): never {
  throw new Error(message);
}

test('values become YAML where there is no Node: the bundle of the library runs with what every browser has', async () => {
  const code = await bundleForBrowser('src/index.ts');
  const browser = createContext({ TextEncoder, values: VALUES, release: RELEASE });
  const program = `${code};
    gateway.toYaml(gateway.render(gateway.valuesFrom('multi-node', values), release).manifests)`;
  expect(runInContext(program, browser)).toBe(
    toYaml(render(valuesFrom('multi-node', VALUES), RELEASE).manifests),
  );
});

test('a module that needs Node has no bundle', async () => {
  await expect(bundleForBrowser('scripts/write-generated.ts')).rejects.toThrow(/node:/);
});
