import { useEffect, useRef, useState } from 'preact/hooks';
import { useLanguage } from '../shared/language.ts';
import type { CompareAnswer, FieldDifference, Session } from '../workers/values/protocol.ts';
import type { Playground } from './state.ts';

/** Kept while other tabs are looked at. */
let kept: Session | undefined;

/** What the values change against some that were kept. */
export function ChangesPane({ playground }: { readonly playground: Playground }) {
  const { say } = useLanguage();
  const [base, setBase] = useState(kept);
  const [answer, setAnswer] = useState<CompareAnswer>();
  const ask = useRef(playground.ask);
  ask.current = playground.ask;
  const { revision, session } = playground;
  useEffect(() => {
    if (base === undefined) return undefined;
    let isOld = false;
    void ask.current({ kind: 'compare', base }).then((found) => {
      if (!isOld && found?.kind === 'compare') setAnswer(found);
    });
    return () => {
      isOld = true;
    };
  }, [base, revision]);
  const keep = () => {
    kept = session;
    setBase(session);
  };
  return (
    <div class="sheet">
      <p class="hint">{say('changes.about')}</p>
      <p>
        <button type="button" class="small" onClick={keep}>
          {say('changes.keep')}
        </button>
      </p>
      {base === undefined ? (
        <p>{say('changes.noBase')}</p>
      ) : (
        answer !== undefined && <Differences answer={answer} />
      )}
    </div>
  );
}

function Differences({ answer }: { readonly answer: CompareAnswer }) {
  const { say } = useLanguage();
  if (answer.refused) return <p>{say('nothing')}</p>;
  if (answer.differences.length === 0) return <p>{say('changes.none')}</p>;
  return (
    <>
      <ul class="consequences">
        {answer.consequences.map((one) => (
          <li key={`${one.rule} ${one.object} ${one.message}`} data-weight={one.weight}>
            <strong>{say(`weight.${one.weight}`)}</strong> {one.message}
            <p class="hint">
              <code>{one.object}</code> {one.next}
            </p>
          </li>
        ))}
      </ul>
      <ul class="differences">
        {answer.differences.map((difference) => (
          <Difference key={keyOf(difference)} difference={difference} />
        ))}
      </ul>
      <p class="hint">{say('changes.same', { count: answer.unchanged })}</p>
    </>
  );
}

function Difference({ difference }: { readonly difference: FieldDifference }) {
  const { say } = useLanguage();
  const { object } = difference;
  if (difference.change !== 'changed') return <li>{say(`changes.${difference.change}`, { object })}</li>;
  const { path, before, after } = difference;
  return (
    <li>
      {object} {path}: <del>{before === '' ? say('changes.absent') : before}</del>{' '}
      <ins>{after === '' ? say('changes.absent') : after}</ins>
    </li>
  );
}

function keyOf(difference: FieldDifference): string {
  return difference.change === 'changed' ? `${difference.object} ${difference.path}` : difference.object;
}
