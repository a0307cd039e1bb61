import { useLanguage } from '../shared/language.ts';
import { fixesOf } from './fixes.ts';
import type { Playground } from './state.ts';

/** Every problem with its place, its remedy and, where there is one, the change that mends it. */
export function Problems({
  playground,
  onReveal,
}: {
  readonly playground: Playground;
  readonly onReveal: (line: number, column?: number) => void;
}) {
  const { say } = useLanguage();
  const problems = playground.answer?.problems ?? [];
  if (problems.length === 0) return null;
  const text = playground.session.text;
  return (
    <section class="problems" aria-label={say('problems')}>
      <ul>
        {problems.map((problem) => {
          const { severity, code, path, message, hint, line, column } = problem;
          return (
            <li key={`${code} ${path} ${line} ${message}`} data-severity={severity}>
              <p>
                <span class="severity">{say(`problem.${severity}`)}</span>
                {line !== null && (
                  <button type="button" class="link" onClick={() => onReveal(line, column ?? 1)}>
                    {say('problem.line', { line })}
                  </button>
                )}
                <ProblemCode code={code} />
                <span class="message">{message}</span>
              </p>
              <p class="hint">
                {hint}
                {fixesOf(problem, text, say).map((fix) => (
                  <button
                    key={fix.label}
                    type="button"
                    class="small"
                    onClick={() => {
                      playground.edit({ text: fix.text });
                      setTimeout(() => onReveal(fix.line, fix.column));
                    }}
                  >
                    {fix.label}
                  </button>
                ))}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A code leads to its page, where the site is. */
export function ProblemCode({ code, page = 'problems' }: { readonly code: string; readonly page?: string }) {
  if (document.documentElement.dataset.offline === 'true') return <code class="problem-code">{code}</code>;
  return (
    <a class="problem-code" href={`docs/${page}.html#${code}`}>
      <code>{code}</code>
    </a>
  );
}
