import { saveFile } from '../shared/copy-button.tsx';
import { useLanguage } from '../shared/language.ts';
import { Snippet } from './addresses-pane.tsx';
import { argoApplication, fluxRelease, helmCommands, renderCommand } from './snippets.ts';
import type { Playground } from './state.ts';

/** What to run, and what to put into a repository of a GitOps tool. */
export function InstallPane({ playground }: { readonly playground: Playground }) {
  const { say } = useLanguage();
  const { session } = playground;
  return (
    <div class="sheet">
      <Snippet title={say('install.helm')} text={helmCommands(session)} about={say('install.helm.about')}>
        <button type="button" class="small" onClick={() => saveFile('values.yaml', session.text)}>
          {say('download')} values.yaml
        </button>
      </Snippet>
      <Snippet title={say('install.command')} text={renderCommand(session)} />
      <Snippet title={say('install.argo')} text={argoApplication(session)} />
      <Snippet title={say('install.flux')} text={fluxRelease(session)} />
    </div>
  );
}
