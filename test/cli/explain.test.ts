import { beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { folderWith } from './support.ts';

const VALUES = `publicAccess:
  provider: gatewayapi
gatewayAPI:
  gatewayClassProfiles:
    edge: public-edge
    workload: customer-edge
  workload:
    enabled: true
  gatewayClassName: envoy
`;

let file = '';
beforeEach(() => {
  file = `${folderWith({ 'values.yaml': VALUES })}/values.yaml`;
});

async function explain(target: string, ...more: readonly string[]) {
  const outcome = await run(['explain', 'r', target, '--chart', 'multi-node', '-f', file, ...more]);
  return { ...outcome, stdout: (outcome.stdout ?? '').replaceAll(file, 'values.yaml').replace(/ +/g, ' ') };
}

describe('the GatewayClass of the workload Gateway', () => {
  const target = 'Gateway/r-kubebyon-workload-gateway:spec.gatewayClassName';

  test('names every candidate with the line it came from, the winner, and why the others are not it', async () => {
    const { stdout, exitCode } = await explain(target);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('\n customer-edge\n');
    expect(stdout).toContain(' gatewayAPI.workload.gatewayClassName "" default empty\n');
    expect(stdout).toContain(
      ' gatewayAPI.gatewayClassProfiles.shared "" default not asked: gatewayAPI.addressMode is dual\n',
    );
    expect(stdout).toContain(
      '→ gatewayAPI.gatewayClassProfiles.workload customer-edge values.yaml:6:15 won\n',
    );
    expect(stdout).toContain(
      ' gatewayAPI.gatewayClassName envoy values.yaml:9:21 not asked: gatewayAPI.gatewayClassProfiles.workload is set\n',
    );
    expect(stdout.match(/→/g)).toHaveLength(1);
  });

  test('a flag wins over the file, and is named', async () => {
    const { stdout } = await explain(target, '--set', 'gatewayAPI.workload.gatewayClassName=mine');
    expect(stdout).toContain(
      '→ gatewayAPI.workload.gatewayClassName mine --set gatewayAPI.workload.gatewayClassName=mine won\n',
    );
  });

  test('in single mode the profile for dual mode is not asked', async () => {
    const { stdout } = await explain(target, '--set', 'gatewayAPI.addressMode=single');
    expect(stdout).toContain(
      ' gatewayAPI.gatewayClassProfiles.workload customer-edge values.yaml:6:15 not asked: gatewayAPI.addressMode is single\n',
    );
    expect(stdout).toContain('→ gatewayAPI.gatewayClassName envoy values.yaml:9:21 won\n');
  });

  test('tells the conditions of the object, with where they were set', async () => {
    const { stdout } = await explain(target);
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'It is there because publicAccess.provider is gatewayapi (values.yaml:2:13) and gatewayAPI.workload.enabled is true (values.yaml:8:14).',
    );
  });
});

describe('objects and fields', () => {
  test('a kind in any case, a list element by name', async () => {
    const { stdout } = await explain('gateway/r-kubebyon-workload-gateway:spec.listeners.workload-http.port');
    expect(stdout).toContain('\n 80\n');
    expect(stdout).toContain('The chart fixes it');
  });

  test('a quoted key with dots', async () => {
    const { stdout } = await explain("Gateway/r-kubebyon-workload-gateway:metadata.labels['helm.sh/chart']");
    expect(stdout).toContain('\n kubebyon-multi-node-');
  });

  test('an object that is not rendered says why', async () => {
    const { stdout, exitCode } = await explain('Gateway/r-kubebyon-platform-gateway');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('It is not rendered, because gatewayAPI.platform.enabled is false.');
  });

  test('a field that is not there says why', async () => {
    const { stdout } = await explain('Deployment/r-kubebyon-api:spec.template.spec.containers.haproxy.image');
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'It is not there, because publicAccess.provider is gatewayapi (values.yaml:2:13).',
    );
  });

  test('an unknown object lists what is rendered of its kind', async () => {
    const { stderr, exitCode } = await explain('Gateway/other');
    expect(exitCode).toBe(4);
    expect(stderr).toContain(
      'rendered: Gateway/r-kubebyon-control-plane-gateway, Gateway/r-kubebyon-workload-gateway',
    );
  });

  test('an unknown kind suggests the nearest', async () => {
    const { stderr, exitCode } = await explain('Gatway/other');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean Gateway?');
  });

  test('an unknown field suggests the nearest', async () => {
    const { stderr, exitCode } = await explain('Gateway/r-kubebyon-workload-gateway:spec.listener');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('did you mean listeners?');
  });
});

describe('values', () => {
  test('say what they mean, what they are, where that was set, and who reads them', async () => {
    const { stdout } = await explain('gatewayAPI.workload.enabled');
    expect(stdout).toContain(' value true values.yaml:8:14\n');
    expect(stdout).toContain(' default false\n');
    expect(stdout).toContain('\n Gateway/r-kubebyon-workload-gateway\n');
  });

  test('that nothing reads say why', async () => {
    const { stdout } = await explain('haproxy.pollSeconds');
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'Nothing reads it, because publicAccess.provider is gatewayapi (values.yaml:2:13).',
    );
  });

  test('an entry of a free map is read where the map is', async () => {
    const { stdout } = await explain(
      "commonLabels['example.com/team']",
      '--set',
      'commonLabels.example\\.com/team=edge',
    );
    expect(stdout).toContain('value edge');
    expect(stdout).toContain('read by');
  });

  test.each([
    ['web.enable', 'did you mean web.enabled?'],
    ['web.enabled.x', 'did you mean web.enabled?'],
  ])('%s is unknown', async (path, hint) => {
    const { stderr, exitCode } = await explain(path);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(hint);
  });
});

test('with errors in the values there is no explanation, but the errors', async () => {
  const { stdout, stderr, exitCode } = await explain('web.enabled', '--set', 'web.enabled=1');
  expect(exitCode).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('WrongType web.enabled');
});

describe('explain -o json', () => {
  const json = async (target: string) => JSON.parse((await explain(target, '-o', 'json')).stdout);

  test('gives the whole chain of candidates of a field', async () => {
    const explained = await json('Gateway/r-kubebyon-workload-gateway:spec.gatewayClassName');
    expect(explained).toMatchObject({
      kind: 'Gateway',
      name: 'r-kubebyon-workload-gateway',
      path: ['spec', 'gatewayClassName'],
      value: 'customer-edge',
      source: 'kubebyon-multi-node/templates/workload-gateway.yaml',
    });
    expect(JSON.stringify(explained.explanation)).toContain('"state":"won"');
  });

  test('says where a value was written and what reads it', async () => {
    expect(await json('gatewayAPI.gatewayClassProfiles.workload')).toMatchObject({
      path: ['gatewayAPI', 'gatewayClassProfiles', 'workload'],
      value: 'customer-edge',
      default: '',
      origin: { line: 6, column: 15 },
      readBy: expect.arrayContaining(['kubebyon-multi-node/templates/workload-gateway.yaml']),
    });
  });

  test('says why an object or a field is not there', async () => {
    expect(await json('Gateway/r-kubebyon-platform-gateway')).toMatchObject({
      kind: 'Gateway',
      absentBecause: expect.stringContaining('gatewayAPI.platform.enabled'),
    });
  });
});
