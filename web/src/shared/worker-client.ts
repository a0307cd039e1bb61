import { startWorker } from './resources.ts';

/** How long a question may keep the worker while a newer state waits; a worker that has just started needs longer. */
const PATIENCE_MS = 400;
const PATIENCE_AT_START_MS = 3_000;

/** How long a question may take at all. */
const LIMIT_MS = 20_000;

/** Asks one worker. A question of the newest state ends what came before; a worker that does not answer is replaced. */
export interface WorkerClient<Question, Answer> {
  /**
   * Asks about a new state. What was asked before and is not answered yet is given up.
   *
   * @returns undefined when a newer state came, or when the limit passed.
   */
  replace(question: Question): Promise<Answer | undefined>;
  /** Asks about the state that the worker has. Undefined as above. */
  ask(question: Question): Promise<Answer | undefined>;
}

interface Waiting<Question, Answer> {
  readonly id: number;
  readonly question: Question;
  readonly isState: boolean;
  readonly settle: (answer: Answer | undefined) => void;
}

/**
 * @param onLimit told when an answer took longer than the limit.
 */
export function createWorkerClient<Question, Answer>(onLimit: () => void): WorkerClient<Question, Answer> {
  let worker = start();
  let nextId = 0;
  let running: (Waiting<Question, Answer> & { readonly since: number }) | undefined;
  let queue: Waiting<Question, Answer>[] = [];
  let hasState = false;
  let hasAnswered = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function start(): Worker {
    const made = startWorker();
    made.onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly answer: Answer }>) => {
      if (running === undefined || data.id !== running.id) return;
      const { settle } = running;
      running = undefined;
      hasAnswered = true;
      clearTimeout(timer);
      settle(data.answer);
      next();
    };
    return made;
  }

  function next(): void {
    if (running !== undefined) return;
    const first = queue.shift();
    if (first === undefined) return;
    running = { ...first, since: performance.now() };
    worker.postMessage({ id: first.id, question: first.question });
    watch();
  }

  /** Looks again when patience or the limit is at its end. */
  function watch(): void {
    clearTimeout(timer);
    if (running === undefined) return;
    const isReplaced = queue.some(({ isState }) => isState);
    const patience = hasAnswered ? PATIENCE_MS : PATIENCE_AT_START_MS;
    const allowed = isReplaced ? patience : LIMIT_MS;
    timer = setTimeout(giveUp, Math.max(0, running.since + allowed - performance.now()), isReplaced);
  }

  function giveUp(isReplaced: boolean): void {
    worker.terminate();
    worker = start();
    hasAnswered = false;
    const given = running;
    running = undefined;
    given?.settle(undefined);
    if (!isReplaced) onLimit();
    next();
  }

  function enqueue(question: Question, isState: boolean): Promise<Answer | undefined> {
    return new Promise((settle) => {
      nextId += 1;
      queue.push({ id: nextId, question, isState, settle });
      next();
      watch();
    });
  }

  return {
    replace(question) {
      hasState = true;
      for (const { settle } of queue) settle(undefined);
      queue = [];
      return enqueue(question, true);
    },
    ask(question) {
      return hasState ? enqueue(question, false) : Promise.resolve(undefined);
    },
  };
}
