import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { folderWith } from './support.ts';

const schema: object = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../schemas/diff.schema.json'), 'utf8'),
);

describe('diff ends with', () => {
  test('0 and says so when nothing changes', async () => {
    const folder = folderWith({
      'a.yaml': 'api:\n  replicas: 1\n',
      'b.yaml': 'api: {replicas: 1} # the same\n',
    });
    const words = ['diff', 'r', '-f', join(folder, 'a.yaml'), '--to', join(folder, 'b.yaml')];
    expect(await run(words)).toEqual({ exitCode: 0, stdout: 'nothing changes\n' });
  });

  test('3 when something changes', async () => {
    const { exitCode, stdout = '' } = await run(['diff', 'r', '--to-set', 'api.replicas=0']);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('~ Deployment/default/r-kubebyon-api\n    spec.replicas: 1 -> 0\n');
    expect(stdout).toContain('outage NoReplicas Deployment/default/r-kubebyon-api: ');
  });

  test('1 when the values of a side have errors, and names them', async () => {
    const { exitCode, stdout, stderr } = await run(['diff', 'r', '--to-set', 'api.replicas=many']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: undefined });
    expect(stderr).toContain('--set api.replicas=many');
  });

  test.each([
    [['diff', 'r'], 'diff needs something to compare with'],
    [['diff', 'r', '--live', '--to', 'x.yaml'], '--to is of another comparison'],
    [['diff', 'r', '--to-set', 'a=1', '--kubeconfig', 'x'], '--kubeconfig is for --live'],
  ])('2 for %j', async (words, message) => {
    const { exitCode, stderr } = await run(words);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('66 when a file or the kubeconfig cannot be read', async () => {
    expect((await run(['diff', 'r', '--to', 'none.yaml'])).exitCode).toBe(66);
    expect((await run(['diff', 'r', '--live', '--kubeconfig', 'none'])).exitCode).toBe(66);
  });
});

describe('the new side', () => {
  const changed = async (words: readonly string[]) => {
    const { stdout = '' } = await run(['diff', 'r', ...words, '-o', 'json']);
    const { changes }: { readonly changes: readonly { readonly fields: readonly object[] }[] } =
      JSON.parse(stdout);
    return changes.flatMap(({ fields }) => fields);
  };

  test('has the values of the old one unless --to is given', async () => {
    const fields = await changed(['--set', 'api.replicas=2', '--to-set', 'api.service.port=9000']);
    expect(fields).toContainEqual(expect.objectContaining({ after: 9000 }));
    expect(fields).not.toContainEqual(expect.objectContaining({ path: 'spec.replicas' }));
  });

  test('has nothing of the old one when --to is given', async () => {
    const folder = folderWith({ 'new.yaml': 'api: {service: {port: 8080}}\n' });
    const fields = await changed(['--set', 'api.replicas=2', '--to', join(folder, 'new.yaml')]);
    expect(fields).toEqual([{ path: 'spec.replicas', before: 2, after: 1 }]);
  });

  test('has a version of its own', async () => {
    const fields = await changed(['--to-app-version', '9.9.9']);
    expect(fields).toContainEqual(
      expect.objectContaining({ path: "metadata.labels['app.kubernetes.io/version']", after: '9.9.9' }),
    );
  });
});

describe('forms', () => {
  const gateways = ['--set', 'publicAccess.provider=gatewayapi'];
  const words = ['diff', 'r', ...gateways, '--to-set', 'publicAccess.provider=haproxy'];
  const said = async (form: string) => (await run([...words, '-o', form])).stdout ?? '';

  test('json is what its schema says', async () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    const isValid = ajv.validate(schema, JSON.parse(await said('json')));
    expect(ajv.errors ?? []).toEqual([]);
    expect(isValid).toBe(true);
  });

  test('markdown is one table of consequences and one part for each object', async () => {
    const text = await said('markdown');
    expect(text).toMatch(/^### Objects: \d+ changed, \d+ added, \d+ removed; /);
    expect(text).toContain('| outage | GatewayGone | `Gateway/default/r-kubebyon-control-plane-gateway` |');
    expect(text).toContain('<details><summary>Deployment/default/r-kubebyon-api changed</summary>');
  });

  test('github has an annotation for each consequence, outages as errors', async () => {
    const lines = (await said('github')).trim().split('\n');
    expect(lines.filter((line) => !/^::(error|warning|notice) /.test(line))).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^::error .*title=GatewayGone::Gateway\/default\/r-/));
  });

  test('markdown of hostile values holds no markup of theirs', async () => {
    const hostile = '"</details><script>|`x`"';
    const { stdout = '' } = await run([
      'diff',
      'r',
      '--to-set-string',
      `commonAnnotations.a=${hostile}`,
      '-o',
      'markdown',
    ]);
    const rows = stdout.split('\n').filter((line) => line.includes('script'));
    expect(rows.length).toBeGreaterThan(0);
    // A bar that is not escaped would end the cell, and a tag outside of code would be taken for one.
    for (const row of rows) expect(row).toMatch(/^\| `[^|]*` \| `[^|]*` \| (`+) .*\\\|.* \1 \|$/);
  });
});
