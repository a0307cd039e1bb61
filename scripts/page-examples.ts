import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { writeCommandLine } from './bundle-command-line.ts';
import { projectRoot } from './write-generated.ts';

const run = promisify(execFile);

/** The pages whose examples show what a command or a program prints: by their paths, in order. */
export function pagesWithExamples(): readonly string[] {
  const docs = readdirSync(join(projectRoot, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', 'README.zh-CN.md', ...docs.sort().map((name) => `docs/${name}`)];
}

const BLOCK = /^```([a-z]*)\n([\s\S]*?)^```$/gm;

/** A temporary folder; the files that the examples use (`# name.yaml` in their first line) stand in it. */
export function exampleFolder(page: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  for (const [, language, text = ''] of page.matchAll(BLOCK)) {
    const [, name] = /^# (\S+\.yaml)\n/.exec(text) ?? [];
    if (language === 'yaml' && name !== undefined) writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The commands of a console example, each followed by what it prints now. */
export async function replayConsole(text: string, folder: string): Promise<string> {
  let printed = '';
  for (const line of text.split('\n').filter((each) => each.startsWith('$ '))) {
    printed += `${line}\n${(await shellRun(line.slice(2), folder)).stdout}`;
  }
  return printed;
}

/** What some lines of shell print, both streams as they come, and how they end. */
export interface ShellRun {
  readonly stdout: string;
  /** Absent when all went well. */
  readonly code?: number;
}

/** Runs lines of shell; the package's command is made of the sources, and `npm` is that of the project's folder. */
export async function shellRun(lines: string, cwd: string): Promise<ShellRun> {
  const folder = await commandFolder();
  const shell = [
    'exec 2>&1',
    `kubebyon-gateway() { '${process.execPath}' '${join(folder, 'cli.cjs')}' "$@"; }`,
    `npm() { command npm --prefix '${projectRoot}' "$@"; }`,
    lines,
  ].join('\n');
  const env = { ...process.env, NO_COLOR: '1', XDG_CACHE_HOME: folder };
  return run('bash', ['-ec', shell], { cwd, env }).catch((error: ShellRun) => error);
}

let made: Promise<string> | undefined;

/** Where the command is, bundled as in the package: dozens of examples start it, and the sources start slowly. */
function commandFolder(): Promise<string> {
  made ??= makeCommand();
  return made;
}

/** Removes what {@link shellRun} has made. */
export async function removeCommand(): Promise<void> {
  if (made !== undefined) rmSync(await made, { recursive: true });
  made = undefined;
}

async function makeCommand(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  await writeCommandLine(folder);
  return folder;
}

/** A library example as a program that imports the sources by the names of the package. */
export function exampleProgram(text: string): string {
  return text.replaceAll(/'kubebyon-gateway(\/[a-z]+)?'/g, (_, door: string | undefined) => {
    return `'${sourceOf(`.${door ?? ''}`)}'`;
  });
}

/** The source of what package.json exports, such as `./runtime`. */
function sourceOf(door: string): string {
  const about: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const { exports } = about as { readonly exports: Readonly<Record<string, { readonly default?: string }>> };
  const built = exports[door]?.default;
  if (built === undefined) throw new Error(`an example imports ${door}, which package.json does not export`);
  return resolve(projectRoot, built.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
}

/** The page with every shown output as it is now. Examples with left-out lines (`...`) stay as they are. */
async function refreshed(page: string): Promise<string> {
  const folder = exampleFolder(page);
  let result = '';
  let end = 0;
  let program = '';
  for (const match of page.matchAll(BLOCK)) {
    const [whole, language, text = ''] = match;
    const output = await outputOf(language ?? '', text, program, folder);
    result += `${page.slice(end, match.index)}\`\`\`${language}\n${output}\`\`\``;
    end = match.index + whole.length;
    program = language === 'ts' ? text : '';
  }
  rmSync(folder, { recursive: true });
  return result + page.slice(end);
}

async function outputOf(language: string, text: string, program: string, folder: string): Promise<string> {
  if (language === 'console' && !/^\.\.\.$/m.test(text)) return replayConsole(text, folder);
  if (language !== 'text' || program === '') return text;
  const file = join(folder, 'example.mts');
  writeFileSync(file, exampleProgram(program));
  const { stdout } = await run(process.execPath, [file]);
  return stdout;
}

async function main(): Promise<void> {
  for (const path of pagesWithExamples()) {
    const file = resolve(projectRoot, path);
    const page = readFileSync(file, 'utf8');
    const now = await refreshed(page);
    if (now === page) continue;
    writeFileSync(file, now);
    console.log(`wrote ${path}`);
  }
  await removeCommand();
}

if (import.meta.main) await main();
