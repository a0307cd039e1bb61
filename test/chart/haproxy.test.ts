import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { SEED_CONFIG } from '../../src/chart/haproxy/seed-config.ts';
import { START_SCRIPT } from '../../src/chart/haproxy/start-script.ts';

const hasDash = spawnSync('dash', ['-c', ':']).status === 0;

describe.each([
  ['start-haproxy.sh', START_SCRIPT],
  ['haproxy.cfg', SEED_CONFIG],
])('%s as a literal block of a ConfigMap', (_name, text) => {
  test('is plain ASCII without tabs or carriage returns', () => {
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test('has no blanks at the end of a line and ends with one newline', () => {
    expect(text).not.toMatch(/ $/m);
    expect(text).toMatch(/[^\n]\n$/);
  });

  test('holds nothing that Helm would take for a template', () => {
    expect(text).not.toContain('{{');
  });
});

describe('start-haproxy.sh', () => {
  test.skipIf(!hasDash)('parses as POSIX sh', () => {
    const { status, stderr } = spawnSync('dash', ['-n'], { input: START_SCRIPT, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.skipIf(!hasDash)('the parse check can fail', () => {
    expect(spawnSync('dash', ['-n'], { input: `${START_SCRIPT}if [[ a ]] then\n` }).status).not.toBe(0);
  });

  test('names its interpreter and refuses variables that are not set', () => {
    expect(START_SCRIPT.startsWith('#!/bin/sh\n')).toBe(true);
    expect(START_SCRIPT).toMatch(/^set -u$/m);
  });

  test('stops on TERM and on the stop signal of the image', () => {
    expect(START_SCRIPT).toMatch(/^trap stop TERM INT USR1$/m);
  });
});

describe('haproxy.cfg', () => {
  const lines = SEED_CONFIG.split('\n').map((line) => line.trim());

  test('takes every variable from what the script exports', () => {
    const used = new Set([...SEED_CONFIG.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    const exported = new Set([...START_SCRIPT.matchAll(/^export (\w+)=/gm)].map(([, name]) => name));
    expect(used).toEqual(exported);
  });

  test('waits for the whole ClientHello and rejects what is none, in this order', () => {
    const rules = lines.filter((line) => /^tcp-request (inspect-delay|content (accept|reject))/.test(line));
    expect(rules.slice(0, 3)).toEqual([
      'tcp-request inspect-delay 5s',
      'tcp-request content accept if client_hello',
      'tcp-request content reject',
    ]);
  });

  test('serves no cluster', () => {
    expect(lines.filter((line) => line.startsWith('backend '))).toEqual(['backend be_reject']);
    expect(lines.filter((line) => line.startsWith('server '))).toEqual([]);
    expect(lines).toContain('default_backend be_reject');
  });

  test('opens its control socket to its own user only', () => {
    expect(lines.filter((line) => line.startsWith('stats socket'))).toEqual([
      `stats socket "\${HAPROXY_RUNTIME_DIR}/live/stats.sock" mode 600 expose-fd listeners`,
    ]);
  });

  test('keeps idle tunnels of kubectl exec and watches for a day', () => {
    expect(lines).toEqual(
      expect.arrayContaining(['timeout tunnel 24h', 'timeout client 1h', 'timeout server 1h']),
    );
  });
});
