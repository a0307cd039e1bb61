import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '../../tools/lab/lab.ts';
import { FAULTS } from './faults.ts';
import { followInstalling } from './installing.ts';
import { isQuiet, type Looked, pointDns, untilSaid, verify } from './looking.ts';
import { describeTraffic } from './network.ts';
import { entriesOf } from './stage.ts';
import { tableText, writeSection } from './table.ts';

const CLUSTERS = [1, 2];

describeTraffic('a new operator', () => {
  let started: Lab | undefined;
  const lab = (): Lab => {
    if (started === undefined) throw new Error('the lab did not start');
    return started;
  };
  beforeAll(async () => {
    started = await startLab();
  });
  afterAll(() => started?.stop());

  followInstalling(lab);

  describe('sees each fault first', () => {
    const rows: (readonly string[])[] = [];
    const again = (): Promise<Looked> => verify(lab(), CLUSTERS);

    beforeAll(async () => {
      await pointDns(lab(), await entriesOf(lab()), CLUSTERS);
      const looked = await untilSaid(again, isQuiet);
      expect(isQuiet(looked), JSON.stringify(looked.said, null, 1)).toBe(true);
    });
    afterAll(() => {
      const heading = ['fault', 'first line of `verify`', 'said after'];
      writeSection('faults', tableText(heading, rows));
    });

    test.each(FAULTS.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
      const undo = await fault.breaks(lab());
      try {
        const start = performance.now();
        const isIt = ({ said: [first] }: Looked): boolean =>
          first?.code === fault.code && fault.found.test(first.found);
        const looked = await untilSaid(again, isIt);
        const seconds = ((performance.now() - start) / 1_000).toFixed(1);
        rows.push([name, `\`${looked.firstLine}\``, `${seconds} s`]);
        const [first] = looked.said;
        expect({ code: first?.code, found: first?.found }, JSON.stringify(looked.said, null, 1)).toEqual({
          code: fault.code,
          found: expect.stringMatching(fault.found),
        });
      } finally {
        await undo();
      }
      const mended = await untilSaid(again, isQuiet);
      expect(isQuiet(mended), JSON.stringify(mended.said, null, 1)).toBe(true);
    });
  });
});
