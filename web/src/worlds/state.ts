import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { loadExamples } from '../shared/resources.ts';
import { createWorkerClient } from '../shared/worker-client.ts';
import type { Answer, PlanAnswer, Question, RefusedAnswer, WorldFile } from '../workers/world/protocol.ts';

export interface WorldExample {
  readonly name: string;
  readonly about: string;
  readonly text: string;
}

/** Everything that the viewer shows. */
export interface Viewer {
  readonly examples: readonly WorldExample[];
  /** The worlds that are open, by time. */
  readonly files: readonly WorldFile[];
  readonly index: number;
  readonly answer: PlanAnswer | RefusedAnswer | undefined;
  readonly isPlanning: boolean;
  readonly trouble: string | undefined;
  open(files: readonly WorldFile[]): void;
  choose(index: number): void;
  objectOf(action: string): Promise<string | undefined>;
}

export function useViewer(): Viewer {
  const [examples, setExamples] = useState<readonly WorldExample[]>([]);
  const [files, setFiles] = useState<readonly WorldFile[]>([]);
  const [index, setIndex] = useState(0);
  const [answer, setAnswer] = useState<PlanAnswer | RefusedAnswer>();
  const [isPlanning, setPlanning] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const client = useMemo(() => createWorkerClient<Question, Answer>(() => setTrouble('slow')), []);
  const newest = useRef(0);

  // The file is written by the build of this page.
  useEffect(() => void loadExamples().then((loaded) => setExamples(loaded as readonly WorldExample[])), []);

  const file = files[index];
  useEffect(() => {
    if (file === undefined) {
      setAnswer(undefined);
      return;
    }
    newest.current += 1;
    const number = newest.current;
    setPlanning(true);
    setTrouble(undefined);
    void client.replace({ kind: 'plan', file }).then((found) => {
      if (number !== newest.current) return;
      setPlanning(false);
      if (found?.kind === 'plan' || found?.kind === 'refused') setAnswer(found);
      if (found?.kind === 'failed') setTrouble(found.message);
    });
  }, [file, client]);

  const open = useCallback((opened: readonly WorldFile[]) => {
    setFiles(opened.toSorted((a, b) => timeOf(a).localeCompare(timeOf(b))));
    setIndex(0);
  }, []);
  const objectOf = useCallback(
    async (action: string) => {
      const found = await client.ask({ kind: 'object', action });
      return found?.kind === 'object' ? found.yaml : undefined;
    },
    [client],
  );
  return { examples, files, index, answer, isPlanning, trouble, open, choose: setIndex, objectOf };
}

/** When a world was seen, read from its text: the whole is read by the worker. */
export function timeOf({ text, name }: WorldFile): string {
  return (
    /(?:^|\n)\s*"?now"?: *["']?(\d{4}-[\d-]+T[\d:.]+Z?)/.exec(text)?.[1] ??
    /"now": ?"([^"]+)"/.exec(text)?.[1] ??
    name
  );
}
