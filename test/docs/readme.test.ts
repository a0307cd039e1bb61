import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleFolder, exampleProgram, replayConsole, shellOutput } from '../../scripts/readme-examples.ts';
import { projectRoot } from '../../scripts/write-generated.ts';
import { commands } from '../../src/cli/commands.ts';
import { type CodeBlock, readMarkdown } from './markdown.ts';

const run = promisify(execFile);

const PAGES = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/upgrading.md',
  'docs/decisions.md',
  'docs/runtime.md',
  'docs/values.md',
  'docs/helm-versions.md',
];
const pages = new Map(
  PAGES.map((path) => [path, readMarkdown(readFileSync(join(projectRoot, path), 'utf8'))]),
);
const readme = readMarkdown(readFileSync(join(projectRoot, 'README.md'), 'utf8'));
const chinese = readMarkdown(readFileSync(join(projectRoot, 'README.zh-CN.md'), 'utf8'));

describe('the Chinese README', () => {
  test('has the headings of the English one', () => {
    expect(chinese.headings.map(({ level }) => level)).toEqual(readme.headings.map(({ level }) => level));
  });

  test('has the same examples', () => {
    const plain = ({ language, text }: CodeBlock) => `${language}\n${text}`;
    expect(chinese.blocks.map(plain)).toEqual(readme.blocks.map(plain));
  });

  test('links to the same files, and each to the other', () => {
    expect(chinese.links.filter((link) => link !== 'README.md')).toEqual(
      readme.links.filter((link) => link !== 'README.zh-CN.md'),
    );
    expect(chinese.links[0]).toBe('README.md');
    expect(readme.links[0]).toBe('README.zh-CN.md');
  });
});

test.each(PAGES)('every file and heading that %s links to exists', (path) => {
  const missing = (pages.get(path)?.links ?? []).filter((link) => !isThere(path, link));
  expect(missing).toEqual([]);
});

function isThere(from: string, link: string): boolean {
  if (/^https?:/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(projectRoot, target))) return false;
  return (
    anchor === undefined ||
    (pages.get(target)?.headings ?? []).some(({ title }) => anchorOf(title) === anchor)
  );
}

/** The anchor that a heading gets on the usual forges. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}

test.each(PAGES)('every npm script that %s names exists', (path) => {
  const { scripts }: { readonly scripts: object } = JSON.parse(
    readFileSync(join(projectRoot, 'package.json'), 'utf8'),
  );
  const page = pages.get(path);
  const text = [...(page?.code ?? []), ...(page?.blocks ?? []).map((block) => block.text)].join('\n');
  const named = [...text.matchAll(/npm (?:run ([\w:-]+)|(test|start)\b)/g)].map(
    ([, script, short]) => script ?? short,
  );
  expect(named.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([]);
});

test('the oldest TypeScript that the README names is the one that the consumer of the package compiles with', () => {
  const { devDependencies }: { readonly devDependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(projectRoot, 'test/package/package.json'), 'utf8'),
  );
  const text = readFileSync(join(projectRoot, 'README.md'), 'utf8');
  expect(devDependencies.typescript).toMatch(`${/TypeScript (\d+\.\d+) or newer/.exec(text)?.[1]}.`);
});

describe('the examples of the library', () => {
  const examples = readme.blocks.flatMap((block, index) => {
    const next = readme.blocks[index + 1];
    return block.language === 'ts' ? [{ ...block, output: next?.language === 'text' ? next.text : '' }] : [];
  });

  let folder: string;
  beforeAll(() => {
    folder = folderForExamples(examples);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are there, each with its output', () => {
    expect(examples.length).toBeGreaterThan(2);
    for (const { output } of examples) expect(output).not.toBe('');
  });

  test('compile', async () => {
    const tsc = join(projectRoot, 'node_modules/.bin/tsc');
    const { stdout } = await run(tsc, ['-p', folder]).catch((error: { readonly stdout: string }) => error);
    expect(stdout).toBe('');
  });

  test.each(examples.map(({ line, output }, index) => ({ line, output, index })))(
    'print what the README says (line $line)',
    async ({ output, index }) => {
      const { stdout } = await run(process.execPath, [join(folder, `example-${index}.mts`)]);
      expect(stdout).toBe(output);
    },
  );
});

/** Each example as a program that imports the sources by the name of the package. */
function folderForExamples(examples: readonly CodeBlock[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  examples.forEach(({ text }, index) => {
    writeFileSync(join(folder, `example-${index}.mts`), exampleProgram(text));
  });
  const options = { rootDir: '/', typeRoots: [join(projectRoot, 'node_modules/@types')] };
  const settings = {
    extends: join(projectRoot, 'tsconfig.json'),
    compilerOptions: options,
    include: ['*.mts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  return folder;
}

describe('the examples of the command line', () => {
  let folder: string;
  beforeAll(() => {
    folder = exampleFolder(readFileSync(join(projectRoot, 'README.md'), 'utf8'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const examples = readme.blocks.filter(({ language }) => language === 'console');

  test.each(examples)('print what the README says (line $line)', async ({ text }) => {
    const printed = await replayConsole(text, folder);
    expect(matchesWithGaps(printed, text) ? text : printed).toBe(text);
  });

  test('name flags that exist', async () => {
    const help = await helpOfAllCommands();
    const unknown = flagsIn(readme.code.join('\n')).filter((flag) => !help.all.has(flag));
    const lines = readme.blocks.flatMap(({ text }) => text.match(/^(?:\$ )?kubebyon-gateway .*$/gm) ?? []);
    for (const line of lines) {
      const [, name = ''] = /kubebyon-gateway (\w+)/.exec(line) ?? [];
      unknown.push(...flagsIn(line).filter((flag) => help.byCommand.get(name)?.has(flag) !== true));
    }
    expect(unknown).toEqual([]);
    expect(lines.length).toBeGreaterThan(5);
  });
});

/** Whether a text is as shown, where a line `...` stands for any lines. */
function matchesWithGaps(text: string, shown: string): boolean {
  const pattern = shown
    .split(/^\.\.\.\n/m)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('(?:.*\\n)*?');
  return new RegExp(`^${pattern}$`).test(text);
}

interface Help {
  readonly all: ReadonlySet<string>;
  readonly byCommand: ReadonlyMap<string, ReadonlySet<string>>;
}

async function helpOfAllCommands(): Promise<Help> {
  const names = Object.keys(commands);
  const texts = await Promise.all(
    names.map((name) => shellOutput(`kubebyon-gateway ${name} --help`, projectRoot)),
  );
  const byCommand = new Map(names.map((name, index) => [name, new Set(flagsIn(texts[index] ?? ''))]));
  return { all: new Set([...byCommand.values()].flatMap((flags) => [...flags])), byCommand };
}

function flagsIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w-])(--?[a-z][a-z-]*)/g)].map(([, flag]) => flag ?? '');
}
