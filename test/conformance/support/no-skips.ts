import type { Reporter, TestModule } from 'vitest/node';

/** Where CI is set, a conformance test that did not run is a failure: the real thing must have been there. */
export class NoSkips implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (process.env.CI !== 'true') return;
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    for (const test of skipped) process.stderr.write(`not run, which CI does not allow: ${test.fullName}\n`);
    if (skipped.length > 0) process.exitCode = 1;
  }
}
