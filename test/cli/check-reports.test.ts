import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { folderWith, runProcess } from './support.ts';

const YAML = (await run(['render', 'r'])).stdout ?? '';
const SERVICE = (await run(['render', 'r', '--only', 'Service/r-kubebyon-api'])).stdout ?? '';
/** Where the port stands in the file of the Service. */
const PORT_LINE = SERVICE.split('\n').findIndex((line) => /^ {4}port: 8080$/.test(line)) + 1;
const JSON_TEXT = (await run(['render', 'r', '-o', 'json'])).stdout ?? '';

function check(path: string, ...more: readonly string[]) {
  return run(['render', 'r', '--check', path, ...more]);
}

/** A folder as --output-dir writes it, with one object of other content, one gone and one that is not rendered. */
async function changedFolder(): Promise<{ readonly folder: string; readonly templates: string }> {
  const folder = folderWith();
  await run(['render', 'r', '--set', 'api.service.port=9000', '--output-dir', folder]);
  const templates = join(folder, 'kubebyon-single-node/templates');
  rmSync(join(templates, 'api-service-account.yaml'));
  writeFileSync(join(templates, 'mine.yaml'), 'a: 1\n');
  return { folder, templates };
}

describe('what a check has found', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('as JSON is one element for each file', async () => {
    const { folder, templates } = await changedFolder();
    const { exitCode, stdout = '', stderr } = await check(folder, '-o', 'json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    const files: readonly Record<string, unknown>[] = JSON.parse(stdout);
    expect(files).toContainEqual({
      file: `${templates}/api-service.yaml`,
      what: 'differs',
      changes: [
        {
          object: 'Service/default/r-kubebyon-api',
          line: PORT_LINE,
          text: expect.stringMatching(/^@@ .*\n- {4}port: 9000\n\+ {4}port: 8080\n/s),
        },
      ],
    });
    expect(files).toContainEqual({
      file: `${templates}/api-service-account.yaml`,
      what: 'not there',
      changes: [],
    });
    expect(files).toContainEqual({ file: `${templates}/mine.yaml`, what: 'not rendered', changes: [] });
  });

  test('as JSON is an empty list where nothing differs', async () => {
    const folder = folderWith({ 'golden.yaml': YAML });
    expect(await check(`${folder}/golden.yaml`, '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: '',
    });
  });

  test('for GitHub is an annotation at the line of each change, from the root of the repository', async () => {
    const { folder } = await changedFolder();
    vi.stubEnv('GITHUB_WORKSPACE', folder);
    const { exitCode, stdout = '', stderr } = await check(folder, '-o', 'github');
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    const templates = 'kubebyon-single-node/templates';
    expect(stdout).toContain(
      `::error file=${templates}/api-service.yaml,line=${PORT_LINE},title=Service/default/r-kubebyon-api::differs from what is rendered%0A-    port: 9000%0A+    port: 8080\n`,
    );
    expect(stdout).toContain(
      `::error file=${templates}/api-service-account.yaml,title=not there::it is rendered, but not there\n`,
    );
    expect(stdout).toContain(
      `::error file=${templates}/mine.yaml,title=not rendered::it is not rendered, but there\n`,
    );
    for (const line of stdout.trimEnd().split('\n')) expect(line).toMatch(/^::error file=/);
  });

  test('as Markdown is a section for each file, for the comment on a pull request', async () => {
    const { folder, templates } = await changedFolder();
    const { exitCode, stdout = '' } = await check(folder, '-o', 'markdown');
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^### \d files differ from what is rendered\n/);
    expect(stdout).toContain(
      `#### \`${templates}/api-service.yaml\`\n\n\`Service/default/r-kubebyon-api\`\n\n\`\`\`diff\n@@`,
    );
    expect(stdout).toContain(`#### \`${templates}/mine.yaml\`\n\nIt is not rendered, but there.\n`);
    const same = folderWith({ 'golden.yaml': YAML });
    expect(await check(`${same}/golden.yaml`, '-o', 'markdown')).toEqual({
      exitCode: 0,
      stdout: '### Nothing differs from what is rendered\n',
      stderr: '',
    });
  });

  test('in Markdown cannot end the block that it stands in', async () => {
    const folder = folderWith({
      'go`lden.yaml': `${YAML}---\nkind: A\nmetadata: {name: x}\n# \`\`\`\`\n<b>\n`,
    });
    const { stdout = '' } = await check(`${folder}/go\`lden.yaml`, '-o', 'markdown');
    expect(stdout).toContain(`#### \`\` ${folder}/go\`lden.yaml \`\`\n`);
    expect(stdout.match(/^`{5}(?:diff)?$/gm)).toHaveLength(2);
  });

  test.each(['json', 'github', 'markdown'])('by objects names the object and the field: %s', async (form) => {
    const golden = YAML.replace('replicas: 1', 'replicas: 3');
    const folder = folderWith({ 'golden.yaml': golden });
    const words = ['--check-mode', 'objects', '-o', form] as const;
    const { exitCode, stdout = '' } = await check(`${folder}/golden.yaml`, ...words);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('Deployment/default/r-kubebyon-api');
    expect(stdout).toContain('differs in spec.replicas: 3 in the golden file, 1 rendered');
  });

  test('is never told in a form that a check has not', async () => {
    const wrong = [
      ['render', 'r', '-o', 'github'],
      ['render', 'r', '-o', 'markdown'],
      ['render', 'r', '-o', 'text'],
      ['render', 'r', '--check', 'x', '-o', 'yaml'],
    ];
    for (const words of wrong) expect(await run(words)).toMatchObject({ exitCode: 2 });
  });
});

describe('a golden in JSON is compared with what -o json prints', () => {
  test.each(['text', 'objects'])('%s', async (mode) => {
    const folder = folderWith({
      'same.json': JSON_TEXT,
      'other.json': JSON_TEXT.replace('"replicas": 1', '"replicas": 3'),
    });
    expect(await check(`${folder}/same.json`, '--check-mode', mode)).toEqual({ exitCode: 0, stderr: '' });
    const { exitCode, stdout } = await check(`${folder}/other.json`, '--check-mode', mode);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/replicas.*3/);
  });

  test('also from standard input', () => {
    expect(runProcess(['render', 'r', '--check', '-'], { input: JSON_TEXT })).toMatchObject({ status: 0 });
    const words = ['render', 'r', '--set', 'api.replicas=2', '--check', '-', '-o', 'json'];
    const { stdout } = runProcess(words, { input: JSON_TEXT });
    expect(JSON.parse(stdout)).toMatchObject([{ file: '<stdin>', what: 'differs' }]);
  });
});

describe('what a check cannot read ends with 66 and says why', () => {
  test.each([
    ['YAML', 'a: [\n', ':2: expected '],
    ['JSON', '[{', ': expected JSON, found '],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x41]), ':1: expected text in UTF-8'],
  ])('by objects: no %s', async (_, text, found) => {
    const file = join(folderWith(), 'golden');
    writeFileSync(file, text);
    const { exitCode, stdout = '', stderr = '' } = await check(file, '--check-mode', 'objects');
    expect({ exitCode, stdout }).toEqual({ exitCode: 66, stdout: '' });
    expect(stderr).toContain(`error: ${file}:`);
    expect(stderr).toContain(found);
    expect(stderr).toContain('\n  hint: ');
  });

  test('but texts are compared whatever they are', async () => {
    const folder = folderWith({ golden: 'a: [\n' });
    expect((await check(`${folder}/golden`)).exitCode).toBe(3);
  });

  test('one of several files, beside the differences of the others', async () => {
    const { folder, templates } = await changedFolder();
    writeFileSync(join(templates, 'api-deployment.yaml'), 'a: [\n');
    const { exitCode, stdout = '', stderr = '' } = await check(folder, '--check-mode', 'objects');
    expect(exitCode).toBe(66);
    expect(stdout).toContain('differs in spec.ports[0].port');
    expect(stderr).toContain(`error: ${templates}/api-deployment.yaml:`);
    const json = JSON.parse((await check(folder, '--check-mode', 'objects', '-o', 'json')).stdout ?? '');
    expect(json).toContainEqual({
      file: `${templates}/api-deployment.yaml`,
      what: 'unreadable',
      changes: [{ object: null, line: 2, text: expect.stringContaining('expected ') }],
    });
  });

  test.each([
    ['a folder where a file should be', 'kubebyon-single-node/templates/api-service.yaml', 'a directory'],
    [
      'a file where a folder should be',
      'kubebyon-single-node',
      'a path through something that is no directory',
    ],
  ])('%s', async (_, path, found) => {
    const { folder } = await changedFolder();
    rmSync(join(folder, path), { recursive: true });
    if (path.endsWith('.yaml')) mkdirSync(join(folder, path));
    else writeFileSync(join(folder, path), '');
    const { exitCode, stderr } = await check(folder);
    expect(exitCode).toBe(66);
    expect(stderr).toContain(`found ${found}\n`);
  });

  test.skipIf(process.getuid?.() === 0)('a folder without permission', async () => {
    const { folder } = await changedFolder();
    chmodSync(folder, 0);
    const { exitCode, stderr } = await check(join(folder, 'kubebyon-single-node'));
    chmodSync(folder, 0o700);
    expect(exitCode).toBe(66);
    expect(stderr).toContain('found one without permission');
  });
});
