import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../src/cli/run.ts';
import { folderWith } from '../cli/support.ts';

const root = resolve(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Step {
  readonly name: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}

const action: Action = parse(textOf('action.yml'));
const hooks: readonly Hook[] = parse(textOf('.pre-commit-hooks.yaml'));

const GOOD = 'api:\n  replicas: 2\n';
const BAD = 'api:\n  replicas: many\n';

/** A folder with some files, and the command in `bin`. */
function project(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  const command = join(folder, 'kubebyon-gateway');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'src/cli/main.ts')}' "$@"\n`);
  chmodSync(command, 0o755);
  return folder;
}

/** Runs a step of the action as a runner does: what it is given stands in variables, and bash stops at the first failure. */
function runStep(name: string, inputs: Readonly<Record<string, string>>, folder: string) {
  const step = action.runs.steps.find((one) => one.name === name);
  if (step === undefined) throw new Error(`action.yml has no step ${name}`);
  const env = Object.fromEntries(
    Object.entries(step.env).map(([key, value]) => [
      key,
      value.replace(
        /^\$\{\{ inputs\.([\w-]+) \}\}$/,
        (_, input: string) => inputs[input] ?? action.inputs[input]?.default ?? '',
      ),
    ]),
  );
  const script = join(folder, 'step.sh');
  writeFileSync(script, step.run);
  return spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, PATH: `${folder}:${process.env.PATH}`, GITHUB_WORKSPACE: folder },
  });
}

describe('the action', () => {
  const inputs = { release: 'kubebyon', values: 'a.yaml\nb, c.yaml\n' };

  test('uses the command that is there', () => {
    expect(runStep('Install the command', {}, project({}))).toMatchObject({
      status: 0,
      stdout: '',
      stderr: '',
    });
  });

  test('passes when the values are right, whatever their files are called', () => {
    const folder = project({ 'a.yaml': GOOD, 'b, c.yaml': 'commonLabels:\n  a: b\n' });
    expect(runStep('Check the values', inputs, folder)).toMatchObject({ status: 0, stdout: '' });
  });

  test('fails with an annotation at the line of a value that is wrong', () => {
    const folder = project({ 'a.yaml': GOOD, 'b, c.yaml': BAD });
    const { status, stdout } = runStep('Check the values', inputs, folder);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=b%2C c\.yaml,line=2,col=13,title=WrongType::/);
  });

  test('passes when the manifests are current, and fails with an annotation when they are not', async () => {
    const folder = project({ 'a.yaml': GOOD, 'b, c.yaml': '' });
    const { stdout = '' } = await run(['render', 'kubebyon', '-f', join(folder, 'a.yaml')]);
    const rendered = join(folder, 'rendered.yaml');
    writeFileSync(rendered, stdout);
    const compare = () =>
      runStep('Compare the rendered manifests', { ...inputs, check: 'rendered.yaml' }, folder);
    expect(compare()).toMatchObject({ status: 0, stdout: '' });
    writeFileSync(rendered, stdout.replace('replicas: 2', 'replicas: 3'));
    const { status, stdout: told } = compare();
    expect(status).toBe(3);
    expect(told).toMatch(
      /^::error file=rendered\.yaml,line=\d+,title=Deployment\/default\/kubebyon-kubebyon-api::/,
    );
  });

  test('takes nothing of its inputs for a command', () => {
    const folder = project({ 'a.yaml': GOOD });
    const hostile = '$(touch hit)`touch hit`";touch hit;"';
    for (const { name } of action.runs.steps) {
      if (name === 'Install the command') continue;
      const { status } = runStep(
        name,
        { release: hostile, namespace: hostile, values: `a.yaml\n${hostile}`, check: hostile },
        folder,
      );
      expect(status).not.toBe(0);
    }
    expect(existsSync(join(folder, 'hit'))).toBe(false);
  });

  test('puts no input into a script, where it would be code', () => {
    for (const { run: script } of action.runs.steps) expect(script).not.toContain('${{');
  });
});

describe('a hook of pre-commit', () => {
  /** Runs what docs/before-a-commit.md shows for a hook, as pre-commit does: entry and arguments as words. */
  function runHook(id: string, folder: string) {
    const [block = ''] = /repos:[\s\S]*?```/.exec(textOf('docs/before-a-commit.md')) ?? [];
    const {
      repos,
    }: {
      readonly repos: readonly {
        readonly hooks: readonly { readonly id: string; readonly args: readonly string[] }[];
      }[];
    } = parse(block.replace('```', ''));
    const shown = repos[0]?.hooks.find((one) => one.id === id);
    const hook = hooks.find((one) => one.id === id);
    const words = [...(hook?.entry.split(' ') ?? []), ...(shown?.args ?? [])];
    return spawnSync(join(folder, words[0] ?? ''), words.slice(1), { cwd: folder, encoding: 'utf8' });
  }

  test('checks the values', () => {
    expect(runHook('kubebyon-validate', project({ 'values.yaml': GOOD }))).toMatchObject({ status: 0 });
    const { status, stderr } = runHook('kubebyon-validate', project({ 'values.yaml': BAD }));
    expect(status).toBe(1);
    expect(stderr).toContain('values.yaml:2:13 error WrongType api.replicas');
  });

  test('checks that rendered manifests are current', async () => {
    const folder = project({ 'values.yaml': GOOD });
    const { stdout = '' } = await run([
      'render',
      'kubebyon',
      '--chart',
      'multi-node',
      '-f',
      join(folder, 'values.yaml'),
    ]);
    writeFileSync(join(folder, 'rendered.yaml'), stdout);
    expect(runHook('kubebyon-render-check', folder)).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'values.yaml'), 'api:\n  replicas: 3\n');
    expect(runHook('kubebyon-render-check', folder)).toMatchObject({ status: 3 });
  });

  test.each([
    ['kubebyon-validate', 'deploy/values-prod.yaml', true],
    ['kubebyon-validate', 'src/other.yaml', false],
    ['kubebyon-render-check', 'rendered.yaml', true],
    ['kubebyon-render-check', 'main.ts', false],
  ])('%s runs when %s changes: %s', (id, file, does) => {
    expect(new RegExp(hooks.find((one) => one.id === id)?.files ?? '').test(file)).toBe(does);
  });
});
