import type { Reporter, TestModule } from 'vitest/node';

/** Stands in the name of a test that the machine cannot run whatever is installed, before the reason. */
export const NOT_ON_THIS_MACHINE = 'not on this machine: ';

/**
 * Where CI is set, a conformance test that did not run is a failure: the real thing must have been there. What the machine
 * itself does not allow is said, and is none. A test that passed only at its second try is named, since it is a fault of the
 * test or of the product that nobody would look for otherwise.
 */
export class NoSkips implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
      if (test.diagnostic()?.flaky === true)
        process.stderr.write(
          `passed at a second try only: ${test.module.relativeModuleId} > ${test.fullName}\n`,
        );
    }
    if (process.env.CI !== 'true') return;
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    for (const { fullName } of skipped) {
      const isExcused = fullName.includes(NOT_ON_THIS_MACHINE);
      process.stderr.write(`not run${isExcused ? '' : ', which CI does not allow'}: ${fullName}\n`);
      if (!isExcused) process.exitCode = 1;
    }
  }
}
