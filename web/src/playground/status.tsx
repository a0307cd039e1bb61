import { useLanguage } from '../shared/language.ts';
import type { Playground } from './state.ts';

/** One line: what is wrong, else what was rendered. */
export function Status({ playground }: { readonly playground: Playground }) {
  const { say } = useLanguage();
  const { answer, objects, trouble, isComputing } = playground;
  const problems = answer?.problems ?? [];
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (trouble !== undefined) {
    return (
      <p class="status" role="status" data-state="error">
        {trouble === 'slow' ? say('status.slow') : trouble}
      </p>
    );
  }
  const counts = [
    errors > 0 && say(errors === 1 ? 'status.error' : 'status.errors', { count: errors }),
    warnings > 0 && say(warnings === 1 ? 'status.warning' : 'status.warnings', { count: warnings }),
    errors === 0 && warnings === 0 && answer !== undefined && say('status.ok'),
    errors === 0 && answer !== undefined && say('status.objects', { count: objects.length }),
  ].filter((part) => part !== false);
  const state = errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'good';
  return (
    <p
      class="status"
      role="status"
      data-state={answer === undefined ? 'none' : state}
      data-computing={isComputing}
    >
      {answer === undefined ? say('status.computing') : counts.join(' · ')}
    </p>
  );
}
