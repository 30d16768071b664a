import { forSurface } from '../container-options/rule.ts';
import { CONTAINER_RULES } from '../container-options/rules.ts';
import { linesOf } from '../place.ts';
import { openRun } from '../run-rules.ts';
import type { Checker, CheckRule } from '../types.ts';
import { entry, type Located, readYaml } from './document.ts';
import { COMPOSE_RULES, type ComposeFile } from './rules.ts';
import { optionsOf, servicesOf } from './services.ts';

const SHARED = forSurface(CONTAINER_RULES, 'compose');

/** Compose files. Source: the Compose specification. */
export const compose: Checker = {
  id: 'compose',
  rules: [...COMPOSE_RULES, ...SHARED],
  recognises: ({ text }) => /^["']?services["']?[ \t]*:/m.test(text) && !/^(?:apiVersion|kind)[ \t]*:/m.test(text) && holdsServices(text),
  scope: ({ text }) => blocksOf(text, readYaml(text).documents),
  check(source, context, enabled) {
    const { documents, problems } = readYaml(source.text);
    const services = documents.flatMap(servicesOf);
    const file: ComposeFile = { text: source.text, documents, problems, services };
    const scope = blocksOf(source.text, documents);
    const findings = openRun(source, { domain: 'compose', context, scope, ...(enabled === undefined ? {} : { enabled }) });
    findings.run(file, COMPOSE_RULES);
    // What an anchor or an extended service says is said once.
    findings.run(services.map(optionsOf), SHARED.map(oncePerPlace));
    return findings.findings();
  },
};

function oncePerPlace<Document>(rule: CheckRule<Document>): CheckRule<Document> {
  return {
    ...rule,
    check(document, report) {
      const seen = new Set<string>();
      rule.check(document, (at, given) => {
        const key = `${at.start} ${JSON.stringify(given?.params ?? {})}`;
        if (!seen.has(key)) report(at, given);
        seen.add(key);
      });
    },
  };
}

function holdsServices(text: string): boolean {
  return readYaml(text).documents.some((document) =>
    servicesOf(document).some(({ map }) => ['image', 'build', 'extends', 'provider'].some((key) => entry(map, key) !== undefined)),
  );
}

/** An ignore on or above a key covers all that belongs to the key. */
function blocksOf(text: string, documents: readonly Located[]) {
  const lines = linesOf(text);
  const last = new Map<number, number>();
  const visit = (value: Located): void => {
    const below =
      value.kind === 'map'
        ? [...value.entries.values()]
        : value.kind === 'list'
          ? value.items.map((item) => ({ key: item.at, value: item }))
          : [];
    for (const { key, value: inner } of below) {
      const from = lines.place(key.start).line;
      const end = lines.place(Math.max(key.end, inner.at.end - 1)).line;
      // An anchor's place is elsewhere.
      if (inner.at.start >= key.start) last.set(from, Math.max(last.get(from) ?? from, end));
      visit(inner);
    }
  };
  for (const document of documents) visit(document);
  return (line: number) => ({ first: line, last: last.get(line) ?? line });
}
