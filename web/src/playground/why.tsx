import { useEffect, useRef, useState } from 'preact/hooks';
import { useLanguage } from '../shared/language.ts';
import type { ExplainAnswer, Reason } from '../workers/values/protocol.ts';
import type { Playground } from './state.ts';

export interface ShownExplanation extends ExplainAnswer {
  /** Lines of the values that decide the field. */
  readonly decidingLines: readonly number[];
}

/** Asks why the field of a line is what it is, again after each edit. */
export function useExplanation(
  playground: Playground,
  object: string | undefined,
  line: number | undefined,
): ShownExplanation | undefined {
  const [explanation, setExplanation] = useState<ShownExplanation>();
  const ask = useRef(playground.ask);
  ask.current = playground.ask;
  const { revision } = playground;
  useEffect(() => {
    if (object === undefined || line === undefined || revision === 0) {
      setExplanation(undefined);
      return undefined;
    }
    let isOld = false;
    void ask.current({ kind: 'explain', object, line }).then((answer) => {
      if (isOld) return;
      setExplanation(
        answer?.kind === 'explain'
          ? { ...answer, decidingLines: answer.reasons.flatMap(decidingLines) }
          : undefined,
      );
    });
    return () => {
      isOld = true;
    };
  }, [object, line, revision]);
  return explanation;
}

function decidingLines(reason: Reason): readonly number[] {
  if (reason.state === 'not asked' || reason.state === 'empty') return [];
  return [...(reason.line === undefined ? [] : [reason.line]), ...reason.parts.flatMap(decidingLines)];
}

/** Why a field is what it is: the values that were asked, in the sequence in which they are asked. */
export function Why({
  explanation,
  onReveal,
}: {
  readonly explanation: ShownExplanation | undefined;
  readonly onReveal: (line: number) => void;
}) {
  const { say } = useLanguage();
  return (
    <section class="why" aria-label={say('explain.label')} aria-live="polite">
      {explanation === undefined ? (
        <p class="hint">{say('explain.hint')}</p>
      ) : (
        <>
          <h2>
            <code>{explanation.path.join('.')}</code>
          </h2>
          {explanation.conditions.length > 0 && (
            <p class="conditions">
              {say('explain.because')} {explanation.conditions.join(', ')}
            </p>
          )}
          {explanation.reasons.length === 0 ? (
            <p>{say('explain.literal')}</p>
          ) : (
            <Reasons reasons={explanation.reasons} onReveal={onReveal} />
          )}
        </>
      )}
    </section>
  );
}

function Reasons({
  reasons,
  onReveal,
}: {
  readonly reasons: readonly Reason[];
  readonly onReveal: (line: number) => void;
}) {
  const { say } = useLanguage();
  return (
    <ul class="reasons">
      {reasons.map((reason, index) => {
        const { label, path, value, state, because, line, parts } = reason;
        return (
          <li key={`${label} ${index}`} data-state={state}>
            <span class="reason-label">{path === undefined ? label : <code>{label}</code>}</span>
            <span class="reason-value">{value}</span>
            {line !== undefined ? (
              <button type="button" class="link" onClick={() => onReveal(line)}>
                {say('explain.line', { line })}
              </button>
            ) : (
              path !== undefined && <span class="hint">{say('explain.default')}</span>
            )}
            {state === 'won' && <span class="badge">{say('explain.won')}</span>}
            {state === 'empty' && <span class="hint">{say('explain.empty')}</span>}
            {state === 'not asked' && (
              <span class="hint">
                {say('explain.notAsked')}
                {because !== undefined && `: ${because}`}
              </span>
            )}
            {parts.length > 0 && <Reasons reasons={parts} onReveal={onReveal} />}
          </li>
        );
      })}
    </ul>
  );
}
