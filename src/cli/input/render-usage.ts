import { UsageError } from '../usage.ts';
import { type Arguments, isOn, lastOf } from './arguments.ts';

/** What `render` may be asked for together. */
type Asked = Arguments<'output' | 'output-dir' | 'prune' | 'only' | 'check' | 'check-mode'>;

/** @throws UsageError for flags of `render` that have no meaning together. */
export function checkRenderUsage(args: Asked): void {
  if (lastOf(args, 'check-mode') !== undefined && lastOf(args, 'check') === undefined)
    throw new UsageError('--check-mode says how --check compares', 'add --check PATH');
  checkForm(args);
  if (isOn(args, 'prune')) checkPrune(args);
  if (lastOf(args, 'output-dir') === undefined) return;
  if (lastOf(args, 'check') !== undefined) {
    throw new UsageError(
      '--check writes nothing, --output-dir does',
      'write --check DIR to compare with a directory',
    );
  }
  if (lastOf(args, 'output') === 'json') {
    throw new UsageError('--output-dir writes YAML', 'leave one of --output-dir and -o json out');
  }
}

function checkPrune(args: Asked): void {
  if (lastOf(args, 'output-dir') === undefined)
    throw new UsageError('--prune removes files that --output-dir has written', 'add --output-dir DIR');
  if (args.given('only').length > 0)
    throw new UsageError('--only writes some objects, --prune needs all of them', 'leave one of them out');
}

/** `-o` is the form of the objects, or with --check that of the report. */
function checkForm(args: Asked): void {
  const form = lastOf(args, 'output');
  const isCheck = lastOf(args, 'check') !== undefined;
  const forms = isCheck ? ['text', 'json', 'github', 'markdown'] : ['yaml', 'json'];
  if (form === undefined || forms.includes(form)) return;
  const what = isCheck ? 'the report of --check' : 'what is rendered';
  throw new UsageError(
    `-o: expected ${forms.join(' or ')} for ${what}, found ${form}`,
    isCheck ? 'leave -o out for a report as text' : 'add --check PATH for a report',
  );
}
