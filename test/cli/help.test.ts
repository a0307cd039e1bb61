import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands as names } from '../../src/cli/command-names.ts';
import { commands } from '../../src/cli/commands.ts';
import { run } from '../../src/cli/run.ts';
import { VERSION } from '../../src/index.ts';
import { worldDocument } from '../support/world-cases.ts';

describe('help', () => {
  test('lists every command', async () => {
    const { exitCode, stdout = '' } = await run(['--help']);
    expect(exitCode).toBe(0);
    for (const name of names) expect(stdout).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'));
  });

  test('without a command is on standard error', async () => {
    const { exitCode, stdout = '', stderr } = await run([]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Usage:');
  });

  test.each(names)('of %s shows its flags and one example that works', async (name) => {
    const { exitCode, stdout = '' } = await run([name, '--help']);
    expect(exitCode).toBe(0);
    const command = await commands[name]();
    for (const flag of command.flags) expect(stdout).toContain(`--${flag.name}`);
    const example = /Example:\n {2}kubebyon-gateway ([^>\n]*)/.exec(stdout)?.[1]?.trim() ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'help-'));
    const world = worldDocument('redirect-waits-for-certificate');
    writeFileSync(join(folder, 'world.yaml'), JSON.stringify(world));
    const words = example
      .replace('-f values.yaml', `-f ${import.meta.dirname}/example-values.yaml`)
      .replace('plan world.yaml', `plan ${join(folder, 'world.yaml')}`)
      .replace('--output-dir ', `--output-dir ${folder}/`)
      .split(' ');
    // There is no cluster here: that its kubeconfig is missing shows that the rest was understood.
    const absent = ['--kubeconfig', join(folder, 'absent')];
    const isProcess = [
      'sync',
      'route-agent',
      'route-cleanup',
      'bundle',
      'preflight',
      'verify',
      'why',
    ].includes(name);
    const given = isProcess ? [...words, ...absent] : words;
    const differs = name === 'diff' ? 3 : 0;
    expect(await run(given)).toMatchObject({ exitCode: isProcess ? 66 : differs });
    rmSync(folder, { recursive: true });
  });

  test.each(names)('of %s fits a terminal of 100 columns but for the example', async (name) => {
    const { stdout = '' } = await run([name, '--help']);
    const lines = stdout.split('Example:')[0]?.split('\n') ?? [];
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});

test('--version prints the version', async () => {
  expect(await run(['--version'])).toEqual({ exitCode: 0, stdout: `${VERSION}\n` });
});

describe('wrong usage ends with 2 and says what to do', () => {
  test.each([
    [['rendr', 'x'], 'unknown command rendr', 'did you mean render?'],
    [['--chart', 'x'], 'expected a command first, found --chart', 'write the flags behind the command'],
    [['constructor'], 'unknown command constructor', 'commands: '],
    [['render'], 'render needs NAME', 'write render NAME'],
    [['render', 'r', 'values.yaml'], 'besides flags, found "values.yaml" as well', '-f values.yaml'],
    [['render', 'r', '--chrat', 'x'], 'unknown flag --chrat', 'did you mean --chart?'],
    [
      ['render', 'r', '--chart', 'multi'],
      'expected single-node or multi-node, found "multi"',
      'choose one of',
    ],
    [['explain', 'r', 'a['], 'expected a path', 'write a path like'],
    [['explain', 'r', ''], 'found nothing', 'write KIND/NAME'],
    [['values', 'x'], 'values takes no words', 'see values --help'],
    [
      ['route-cleanup', '--namespace', 'a', '--protocol', '186'],
      'other than 42, 99, 186, 187, 188, 189, 192, found "186"',
      'routeAgent.protocol of the release',
    ],
    [['route-cleanup', '--namespace', 'a', '--protocol', '19'], 'from 20 to 252', '--protocol 157'],
  ])('%j', async (words, message, hint) => {
    const { exitCode, stdout = '', stderr } = await run(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });
});
