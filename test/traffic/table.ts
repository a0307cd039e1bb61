import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadReport } from './load-process.ts';
import type { Told } from './story.ts';

const PAGE = join(import.meta.dirname, '../../docs/traffic.md');

/** Puts what was told into the section of docs/traffic.md that has its title, with `KUBEBYON_TRAFFIC_WRITE=1`. */
export function writeTable(title: string, told: readonly Told[]): void {
  writeSection(title, tableOf(told));
}

/** Replaces the lines between `<!-- measured: TITLE -->` and `<!-- end -->`, with `KUBEBYON_TRAFFIC_WRITE=1`. */
export function writeSection(title: string, text: string): void {
  if (process.env.KUBEBYON_TRAFFIC_WRITE !== '1') return;
  const page = readFileSync(PAGE, 'utf8');
  const begin = `<!-- measured: ${title} -->`;
  const start = page.indexOf(begin);
  const end = page.indexOf('<!-- end -->', start);
  if (start < 0 || end < 0) throw new Error(`docs/traffic.md has no section ${begin}`);
  writeFileSync(PAGE, `${page.slice(0, start)}${begin}\n${text}\n${page.slice(end)}`);
}

function tableOf(told: readonly Told[]): string {
  const rows = told.map(({ name, allowed, servedMs, report }) => [
    ...[name, String(report.requests), allowed, String(failuresOf(report))],
    ...[`${Math.round(report.slowest)} ms`, String(report.wrong.length)],
    servedMs === undefined ? '' : secondsText(servedMs),
  ]);
  const heading = ['story', 'requests', 'may fail', 'failed', 'slowest', 'wrong', 'served after'];
  return tableText(heading, rows);
}

/** A table of Markdown. */
export function tableText(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function failuresOf({ failures }: LoadReport): number {
  return Object.values(failures).reduce((sum, { count }) => sum + count, 0);
}

function secondsText(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
