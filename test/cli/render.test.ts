import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { loadValues, render, toYaml } from '../../src/index.ts';
import { folderWith } from './support.ts';

const GATEWAYS = ['--set', 'publicAccess.provider=gatewayapi'];

function expected(expression: string, name = 'r'): string {
  return toYaml(render(loadValues('single-node', [{ kind: 'set', expression }]), { name }).manifests);
}

describe('rendering', () => {
  test('prints what the library gives', async () => {
    const outcome = await run(['render', 'r', ...GATEWAYS]);
    expect(outcome).toEqual({
      exitCode: 0,
      stdout: expected('publicAccess.provider=gatewayapi'),
      stderr: '',
    });
  });

  test('-o json is one array of the same objects', async () => {
    const { stdout = '' } = await run(['render', 'r', '-o', 'json', ...GATEWAYS]);
    const values = loadValues('single-node', [
      { kind: 'set', expression: 'publicAccess.provider=gatewayapi' },
    ]);
    expect(JSON.parse(stdout)).toEqual(
      render(values, { name: 'r' }).manifests.map(({ manifest }) => manifest),
    );
  });

  test('namespace and versions reach the objects', async () => {
    const { stdout } = await run(['render', 'r', '-n', 'edge', '--chart-version=9.8.7', '--app-version=3.2']);
    expect(stdout).toContain('namespace: edge');
    expect(stdout).toContain('helm.sh/chart: kubebyon-single-node-9.8.7');
    expect(stdout).toContain('app.kubernetes.io/version: "3.2"');
  });

  test('later files win, commas part files, and flags win over all', async () => {
    const folder = folderWith({ 'a.yaml': 'nameOverride: a\n', 'b.yaml': 'nameOverride: b\n' });
    const files = `${folder}/a.yaml,${folder}/b.yaml`;
    expect((await run(['render', 'r', '-f', files])).stdout).toContain('helm.sh/chart: b-');
    const flagged = await run(['render', 'r', '--set-string', 'nameOverride=c', '-f', files]);
    expect(flagged.stdout).toContain('helm.sh/chart: c-');
  });

  test('--set-file sets the content of a file, --set-json and --set-literal as in Helm', async () => {
    const folder = folderWith({ 'name.txt': 'edge' });
    const words = ['--set-file', `nameOverride=${folder}/name.txt`, '--set-json', 'commonLabels={"a":"b"}'];
    const { stdout } = await run(['render', 'r', ...words, '--set-literal', 'commonAnnotations.x=y,z']);
    expect(stdout).toContain('helm.sh/chart: edge-');
    expect(stdout).toContain('    a: b\n');
    expect(stdout).toContain('    x: y,z\n');
  });

  test('a warning does not stop it', async () => {
    const { exitCode, stdout, stderr } = await run([
      'render',
      'r',
      ...GATEWAYS,
      '--set',
      'haproxy.pollSeconds=5',
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('kind: Gateway');
    expect(stderr).toContain('--set haproxy.pollSeconds=5: warning ValueHasNoEffect haproxy.pollSeconds');
  });

  test('with an error nothing is on standard output', async () => {
    const { exitCode, stdout = '', stderr } = await run(['render', 'r', '--set', 'web.enabled=true']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('--set web.enabled=true: error WebNeedsPlatform web.enabled: ');
  });

  test('files that cannot be read are all named', async () => {
    const folder = folderWith();
    const { exitCode, stderr } = await run(['render', 'r', '-f', `${folder}/no.yaml`, '-f', folder]);
    expect(exitCode).toBe(66);
    expect(stderr).toContain(
      `${folder}/no.yaml: error FileUnreadable: expected a file that can be read, found none`,
    );
    expect(stderr).toContain(
      `${folder}: error FileUnreadable: expected a file that can be read, found a directory`,
    );
  });

  test('a file of --set-file that cannot be read is named', async () => {
    const { exitCode, stderr } = await run(['render', 'r', '--set-file', 'nameOverride=/no/such/file']);
    expect(exitCode).toBe(66);
    expect(stderr).toContain(
      '/no/such/file: error FileUnreadable: expected a file that can be read, found none',
    );
  });

  test('a URL is not fetched', async () => {
    const { stderr } = await run(['render', 'r', '-f', 'https://example.com/values.yaml']);
    expect(stderr).toContain('URLs are not fetched');
  });
});

describe('selecting objects', () => {
  test('by kind in any case, by name, several', async () => {
    const { stdout = '' } = await run([
      'render',
      'r',
      '--only',
      'service',
      '--only',
      'Deployment/r-kubebyon-api',
    ]);
    expect(stdout.match(/^kind: .*$/gm)).toEqual(['kind: Service', 'kind: Deployment']);
  });

  test('a kind that the chart never has is wrong usage', async () => {
    const { exitCode, stderr } = await run(['render', 'r', '--only', 'Deploymnet']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean Deployment?');
  });

  test('an object that is not rendered is an error', async () => {
    const { exitCode, stdout = '', stderr } = await run(['render', 'r', '--only', 'Service/r-kubebyon-ap']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
    expect(stderr).toContain('did you mean Service/r-kubebyon-api?');
  });
});

describe('output directories', () => {
  const templates = 'kubebyon-single-node/templates';

  test('hold one file per object and are reported as Helm does', async () => {
    const folder = folderWith();
    const { stdout = '' } = await run(['render', 'r', '--output-dir', folder]);
    const files = readdirSync(join(folder, templates));
    expect(stdout.trimEnd().split('\n').sort()).toEqual(
      files.map((file) => `wrote ${folder}/${templates}/${file}`).sort(),
    );
    expect(readFileSync(join(folder, templates, 'api-service.yaml'), 'utf8')).toMatch(
      new RegExp(`^---\n# Source: ${templates}/api-service.yaml\napiVersion: v1\nkind: Service\n`),
    );
  });

  test('name what is there and not rendered, and leave it, whoever wrote it', async () => {
    const folder = folderWith();
    await run(['render', 'r', '--set', 'publicAccess.provider=gatewayapi', '--output-dir', folder]);
    const templates = join(folder, 'kubebyon-single-node/templates');
    const left = [join(templates, 'control-plane-gateway.yaml'), join(templates, 'mine.yaml')];
    writeFileSync(join(templates, 'mine.yaml'), '---\n# Source: kubebyon-single-node/templates/mine.yaml\n');
    const { exitCode, stderr } = await run(['render', 'r', '--output-dir', folder]);
    expect(exitCode).toBe(0);
    for (const path of left) {
      expect(stderr).toContain(`${path}: not rendered, but there; it stays\n`);
      expect(existsSync(path)).toBe(true);
    }
  });

  test('that cannot be written say so', async () => {
    const folder = folderWith({ 'a-file': '' });
    const { exitCode, stderr } = await run(['render', 'r', '--output-dir', `${folder}/a-file`]);
    expect(exitCode).toBe(74);
    expect(stderr).toContain('cannot write');
  });
});

describe('checking', () => {
  test('a file that holds the same is silent', async () => {
    const folder = folderWith({ 'golden.yaml': expected('nameOverride=a') });
    expect(await run(['render', 'r', '--set', 'nameOverride=a', '--check', `${folder}/golden.yaml`])).toEqual(
      {
        exitCode: 0,
        stderr: '',
      },
    );
  });

  test('a file that differs shows how', async () => {
    const folder = folderWith({ 'golden.yaml': expected('api.service.port=9000') });
    const { exitCode, stdout = '' } = await run(['render', 'r', '--check', `${folder}/golden.yaml`]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`--- ${folder}/golden.yaml\n+++ rendered\n`);
    expect(stdout.match(/^[-+] .*port.*$/gm)).toEqual(['-    port: 9000', '+    port: 8080']);
  });

  test('each hunk names the object that it is in', async () => {
    const gone = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: old\n  namespace: elsewhere\n';
    const folder = folderWith({ 'golden.yaml': `${expected('api.service.port=9000')}---\n${gone}` });
    const { stdout = '' } = await run(['render', 'r', '--check', `${folder}/golden.yaml`]);
    const names = stdout.match(/^@@ .* @@.*$/gm)?.map((line) => line.split(' @@ ')[1]);
    expect(new Set(names)).toEqual(new Set(['Service/default/r-kubebyon-api', 'ConfigMap/elsewhere/old']));
  });

  test('objects are the same whatever their layout, with --check-mode objects', async () => {
    const reordered = expected('api.replicas=1').replaceAll(/^# Source: .*\n/gm, '# by others\n');
    const folder = folderWith({
      'golden.yaml': reordered,
      'other.yaml': reordered.replace('replicas: 1', 'replicas: 3'),
    });
    const check = (file: string, ...more: readonly string[]) =>
      run(['render', 'r', '--check', `${folder}/${file}`, ...more]);
    expect((await check('golden.yaml')).exitCode).toBe(3);
    expect(await check('golden.yaml', '--check-mode', 'objects')).toEqual({ exitCode: 0, stderr: '' });
    const { exitCode, stdout } = await check('other.yaml', '--check-mode', 'objects');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 3,
      stdout: `${folder}/other.yaml: Deployment/default/r-kubebyon-api differs in spec.replicas: 3 in the golden file, 1 rendered\n`,
    });
    expect((await run(['render', 'r', '--check-mode', 'objects'])).exitCode).toBe(2);
  });

  test('a directory is what --output-dir wrote, no more and no less', async () => {
    const folder = folderWith();
    const check = () => run(['render', 'r', '--check', folder]);
    await run(['render', 'r', '--output-dir', folder]);
    expect((await check()).exitCode).toBe(0);
    const templates = join(folder, 'kubebyon-single-node/templates');
    mkdirSync(join(templates, 'more'));
    writeFileSync(join(templates, 'more/extra.yaml'), '');
    rmSync(join(templates, 'api-service.yaml'));
    const { exitCode, stdout, stderr } = await check();
    expect(exitCode).toBe(3);
    expect(stdout).toBe(
      `${templates}/api-service.yaml: rendered, but not there\n${templates}/more/extra.yaml: not rendered, but there\n`,
    );
    expect(stderr).toBe('2 files differ from what is rendered\n');
  });

  test('a directory with --only looks at those objects only', async () => {
    const folder = folderWith();
    await run(['render', 'r', '--output-dir', folder]);
    expect((await run(['render', 'r', '--only', 'Service', '--check', folder])).exitCode).toBe(0);
  });
});

test.each([
  [['--check', 'a', '--output-dir', 'b']],
  [['-o', 'json', '--output-dir', 'b']],
  [['--chart-version', 'one']],
  [['--app-version', 'a b']],
])('%j is wrong usage', async (words) => {
  expect((await run(['render', 'r', ...words])).exitCode).toBe(2);
});
