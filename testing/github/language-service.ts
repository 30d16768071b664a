import { registerHooks } from 'node:module';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic } from 'vscode-languageserver-types';

// What GitHub's own language service says of a file: keys, values, expressions, contexts, cron lines. Empty where all is well.

/** It imports its JSON files without saying so, as bundlers allow. */
const service = lazily(async () => {
  const hooks = registerHooks({
    load: (url, context, next) => next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
  });
  const [{ validate }, { validateAction }] = await Promise.all([
    import('@actions/languageservice/validate'),
    import('@actions/languageservice/validate-action'),
  ]);
  hooks.deregister();
  return { validate, validateAction };
});

/** It remembers documents by their addresses. */
let documents = 0;

export async function problemsOfWorkflow(text: string): Promise<readonly string[]> {
  const { validate } = await service();
  return told(await validate(TextDocument.create(`file:///${documents++}/.github/workflows/it.yml`, 'yaml', 1, text)));
}

export async function problemsOfAction(text: string): Promise<readonly string[]> {
  const { validateAction } = await service();
  return told(await validateAction(TextDocument.create(`file:///${documents++}/action.yml`, 'yaml', 1, text)));
}

function told(found: readonly Diagnostic[]): readonly string[] {
  return found.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
