import { useEffect, useRef, useState } from 'preact/hooks';
import { useLanguage } from '../shared/language.ts';
import type { CompareAnswer, Session } from '../workers/values/protocol.ts';
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
      <ul class="differences">
        {answer.differences.map((difference) => (
          <li key={difference}>{difference}</li>
        ))}
      </ul>
      <p class="hint">{say('changes.same', { count: answer.unchanged })}</p>
    </>
  );
}
