import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  exampleFolder,
  exampleProgram,
  removeCommand,
  replayConsole,
  shellRun,
} from '../../scripts/page-examples.ts';
import { projectRoot } from '../../scripts/write-generated.ts';
import { commands } from '../../src/cli/commands.ts';
import { readDocuments } from '../../src/yaml/index.ts';
import type { CodeBlock } from './markdown.ts';
import { PAGES, pageAt, pages, textOfPage } from './pages.ts';

const run = promisify(execFile);

interface Example extends CodeBlock {
  readonly page: string;
  /** The block after it, where that is plain text: what it prints. */
  readonly output: string;
}

/** What the Chinese README shows is what the English one shows; readme.test.ts sees to that. */
const examples: readonly Example[] = PAGES.filter((path) => path !== 'README.zh-CN.md').flatMap((page) => {
  const { blocks } = pageAt(page);
  return blocks.map((block, index) => {
    const next = blocks[index + 1];
    return { ...block, page, output: next?.language === 'text' ? next.text : '' };
  });
});

function of(language: string): readonly Example[] {
  return examples.filter((example) => example.language === language);
}

test('every block of code says what it is, in a language that is checked', () => {
  const checked = ['ts', 'text', 'console', 'yaml', 'sh'];
  const unknown = examples.filter(({ language }) => !checked.includes(language));
  expect(unknown.map(({ page, line, language }) => `${page}:${line} ${language}`)).toEqual([]);
});

describe('programs', () => {
  const programs = of('ts');
  /** Functions to be taken over into a program of one's own are compiled only. */
  const running = programs
    .map((example, index) => ({ ...example, index }))
    .filter(({ text }) => !/^export /m.test(text));
  let folder: string;
  beforeAll(() => {
    folder = folderOf(programs);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are there for the library and the planner, each with its output', () => {
    expect(new Set(running.map(({ page }) => page))).toEqual(new Set(['README.md', 'docs/runtime.md']));
    for (const { output } of running) expect(output).not.toBe('');
  });

  test('compile', async () => {
    const tsc = join(projectRoot, 'node_modules/.bin/tsc');
    const { stdout } = await run(tsc, ['-p', folder]).catch((error: { readonly stdout: string }) => error);
    expect(stdout).toBe('');
  });

  test.each(running)('print what $page says (line $line)', async ({ output, index }) => {
    const { stdout } = await run(process.execPath, [join(folder, `example-${index}.mts`)]);
    expect(stdout).toBe(output);
  });
});

/** Each example as a program that imports the sources by the names of the package. */
function folderOf(programs: readonly CodeBlock[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  programs.forEach(({ text }, index) => {
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

describe('commands', () => {
  const folders = new Map<string, string>();
  beforeAll(() => {
    for (const page of pages.keys()) folders.set(page, exampleFolder(textOfPage(page)));
  });
  afterAll(() => {
    for (const folder of folders.values()) rmSync(folder, { recursive: true });
    return removeCommand();
  });

  test.each(of('console'))('print what $page says (line $line)', async ({ page, text }) => {
    const printed = await replayConsole(text, folders.get(page) ?? '');
    expect(matchesWithGaps(printed, text) ? text : printed).toBe(text);
  });

  test.each(of('sh'))('are shell ($page line $line)', async ({ text }) => {
    await expect(run('bash', ['-n', '-c', text])).resolves.toMatchObject({ stderr: '' });
  });

  // What needs an API server is run by the conformance tests; its flags are looked at below.
  const local = of('sh').filter(({ text }) =>
    /^kubebyon-gateway (?!sync|route-|preflight|verify|why)/m.test(text),
  );
  test.each(local)('of this package run ($page line $line)', async ({ page, text }) => {
    const { stdout, code } = await shellRun(text, folders.get(page) ?? '');
    expect(code === undefined ? '' : stdout).toBe('');
  });

  test('name flags that exist, in every page', async () => {
    const help = await helpOfAllCommands();
    const lines = PAGES.flatMap((page) => {
      const { blocks, code } = pageAt(page);
      const shown = blocks.flatMap(({ text }) => text.match(/^(?:\$ )?kubebyon-gateway .*$/gm) ?? []);
      return [...shown, ...code.filter((text) => text.startsWith('kubebyon-gateway '))];
    });
    const unknown = lines.flatMap((line) => {
      const [, name = ''] = /kubebyon-gateway ([\w-]+)/.exec(line) ?? [];
      return flagsIn(line).filter((flag) => help.byCommand.get(name)?.has(flag) !== true);
    });
    unknown.push(...flagsIn(pageAt('README.md').code.join('\n')).filter((flag) => !help.all.has(flag)));
    expect(unknown).toEqual([]);
    expect(lines.length).toBeGreaterThan(5);
  });
});

test.each(of('yaml'))('YAML is YAML that Helm and others read alike ($page line $line)', ({ text, page }) => {
  const read = readDocuments(text, { file: page });
  expect(read).toMatchObject({ ok: true });
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
    names.map(async (name) => (await shellRun(`kubebyon-gateway ${name} --help`, projectRoot)).stdout),
  );
  const byCommand = new Map(names.map((name, index) => [name, new Set(flagsIn(texts[index] ?? ''))]));
  return { all: new Set([...byCommand.values()].flatMap((flags) => [...flags])), byCommand };
}

function flagsIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w-])(--?[a-z][a-z-]*)/g)].map(([, flag]) => flag ?? '');
}
