import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { Problem } from '../../src/index.ts';
import { folderWith } from './support.ts';

/** Ten mistakes that have nothing to do with each other; the comment of a line says what is wrong with it. */
const TEN_MISTAKES = `publicAccess:
  provider: gatewayAPI # not a word that is allowed
gatewayAPI:
  adressMode: single # a misspelt key
  syncIntervalSeconds: 0 # below the least
  gatewayClassName: Eg_1 # no name of an object
  workload:
    enabled: "true" # a text where a flag is wanted
    nodeAddressType: null # a default that the chart cannot do without
    tls: [] # a list where a section is wanted
api:
  replicas: many # a text where an integer is wanted
commonLabels:
  "bad key": x # no key of a label
web:
  enabled: true # the web console without the platform
`;

async function problemsOf(text: string, ...more: readonly string[]): Promise<readonly Problem[]> {
  const folder = folderWith({ 'values.yaml': text });
  const { stdout = '' } = await run(['validate', 'r', '-f', `${folder}/values.yaml`, '-o', 'json', ...more]);
  return JSON.parse(stdout.replaceAll(folder, ''));
}

describe('a values file with ten independent mistakes', () => {
  test('gives ten problems, each with place, code, path, message and hint', async () => {
    const problems = await problemsOf(TEN_MISTAKES);
    expect(problems.map(({ line, column, code, path }) => `${line}:${column} ${code} ${path}`)).toEqual([
      '2:13 NotAllowed publicAccess.provider',
      '4:3 UnknownKey gatewayAPI.adressMode',
      '5:24 OutOfRange gatewayAPI.syncIntervalSeconds',
      '6:21 BadFormat gatewayAPI.gatewayClassName',
      '8:14 WrongType gatewayAPI.workload.enabled',
      '9:22 Required gatewayAPI.workload.nodeAddressType',
      '10:10 WrongType gatewayAPI.workload.tls',
      '12:13 WrongType api.replicas',
      '14:3 BadFormat commonLabels.bad key',
      '16:12 WebNeedsPlatform web.enabled',
    ]);
    for (const { severity, file, message, hint } of problems) {
      expect({ severity, file }).toEqual({ severity: 'error', file: '/values.yaml' });
      expect(message).not.toBe('');
      expect(hint).not.toBe('');
    }
    expect(problems.find(({ code }) => code === 'UnknownKey')?.hint).toBe(
      'did you mean gatewayAPI.addressMode?',
    );
  });

  test('as text shows each with its line and a caret, and counts them', async () => {
    const folder = folderWith({ 'values.yaml': TEN_MISTAKES });
    const {
      exitCode,
      stdout = '',
      stderr = '',
    } = await run(['validate', 'r', '-f', `${folder}/values.yaml`]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.match(/^ +\| +\^$/gm)).toHaveLength(10);
    expect(stderr).toContain('\n10 errors\n');
  });

  test('without one of them gives nine', async () => {
    const problems = await problemsOf(TEN_MISTAKES.replace('adressMode', 'addressMode'));
    expect(problems).toHaveLength(9);
  });
});

describe('values without errors', () => {
  test('are counted', async () => {
    const folder = folderWith({ 'values.yaml': 'api:\n  replicas: 2\n  image: {tag: "2"}\n' });
    expect(await run(['validate', 'r', '-f', `${folder}/values.yaml`])).toEqual({
      exitCode: 0,
      stdout: 'checked 2 values for the single-node chart: no problems\n',
      stderr: '',
    });
  });

  test('are an empty array in JSON, and nothing for GitHub', async () => {
    expect(await run(['validate', 'r', '-o', 'json'])).toEqual({ exitCode: 0, stdout: '[]\n' });
    expect(await run(['validate', 'r', '-o', 'github'])).toEqual({ exitCode: 0, stdout: '' });
  });

  test('but with a warning pass, unless warnings are errors', async () => {
    const words = ['validate', 'r', '--set', 'gatewayAPI.name=a'];
    const { exitCode, stdout, stderr } = await run(words);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('no errors, 1 warning');
    expect(stderr).toContain('ValueHasNoEffect gatewayAPI.name');
    expect((await run([...words, '--warnings-as-errors'])).exitCode).toBe(1);
  });
});

test('a file that cannot be read is a problem in JSON too', async () => {
  const { exitCode, stdout = '' } = await run(['validate', 'r', '-f', '/no/such.yaml', '-o', 'json']);
  expect(exitCode).toBe(66);
  expect(JSON.parse(stdout)).toMatchObject([{ code: 'FileUnreadable', file: '/no/such.yaml', line: null }]);
});
