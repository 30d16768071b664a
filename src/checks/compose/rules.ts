import { closest } from '../../util/closest.ts';
import { reportSecrets } from '../container-options/surface-rules.ts';
import type { CheckRule, Reported, Span } from '../types.ts';
import { entry, itemsOf, type Located, type LocatedMap, type Problem, scalar } from './document.ts';
import { invalidVariables } from './interpolation.ts';
import { BUILD_KEYS, DEPLOY_KEYS, HEALTH_KEYS, SERVICE_KEYS, TOP_KEYS } from './keys.ts';
import { optionsOf, type Service, variablesOf } from './services.ts';

/** A Compose file as rules see it. */
export interface ComposeFile {
  readonly text: string;
  readonly documents: readonly Located[];
  readonly problems: readonly Problem[];
  readonly services: readonly Service[];
}

type ComposeRule = CheckRule<ComposeFile>;

const REFERENCE = 'https://docs.docker.com/reference/compose-file/';
const SERVICES = `${REFERENCE}services/`;

const syntax: ComposeRule = {
  id: 'compose/syntax',
  aliases: [],
  severity: 'high',
  references: [REFERENCE],
  check({ problems, documents }, report) {
    for (const { detail, at } of problems) report(at, { params: { detail: detail.slice(0, 200) } });
    const odd = documents.find((document) => document.kind !== 'map');
    if (problems.length === 0 && (odd || documents.length === 0))
      report(odd?.at ?? { start: 0, end: 1 }, { params: { detail: 'not a mapping' } });
  },
};

const obsoleteVersion: ComposeRule = {
  id: 'compose/obsolete-version',
  aliases: ['no-version-field'],
  severity: 'negligible',
  references: [`${REFERENCE}version-and-name/#version-top-level-element-obsolete`],
  check({ documents, text }, report) {
    for (const document of documents) {
      const found = entry(document, 'version');
      if (!found) continue;
      const start = text.lastIndexOf('\n', found.key.start) + 1;
      const next = text.indexOf('\n', found.key.start);
      const end = next < 0 ? text.length : next + 1;
      const alone = text.slice(start, found.key.start) === '' && found.value.at.end <= end;
      report(found.key, alone ? { fix: [{ start, end, text: '' }] } : {});
    }
  },
};

const unknownKey: ComposeRule = {
  id: 'compose/unknown-key',
  aliases: [],
  severity: 'high',
  references: [SERVICES],
  check({ documents, services }, report) {
    for (const document of documents) if (document.kind === 'map') misspelt(document, TOP_KEYS, report);
    for (const { name, map } of services) {
      const about = (at: Span, given?: Reported) => report(at, { resource: `service ${name}`, ...given });
      misspelt(map, SERVICE_KEYS, about);
      for (const [key, known] of [
        ['deploy', DEPLOY_KEYS],
        ['healthcheck', HEALTH_KEYS],
        ['build', BUILD_KEYS],
      ] as const) {
        const below = entry(map, key)?.value;
        if (below?.kind === 'map') misspelt(below, known, about);
      }
    }
  },
};

const invalidInterpolation: ComposeRule = {
  id: 'compose/invalid-interpolation',
  aliases: [],
  severity: 'high',
  references: [`${REFERENCE}interpolation/`],
  check({ documents }, report) {
    for (const document of documents) {
      for (const { value, at } of scalarsOf(document)) for (const text of invalidVariables(value)) report(at, { params: { text } });
    }
  },
};

/** Sections in which names that services use are defined. */
const SECTIONS = ['volumes', 'networks', 'secrets', 'configs'] as const;

const undefinedReference: ComposeRule = {
  id: 'compose/undefined-reference',
  aliases: [],
  severity: 'high',
  references: [SERVICES],
  check({ documents, services }, report) {
    // Several documents, included files and extended services may define the rest.
    const [document] = documents;
    if (documents.length !== 1 || entry(document, 'include') || services.some(({ inherits }) => inherits)) return;
    const defined = (section: string) => entry(document, section)?.value;
    for (const { name: service, map } of services) {
      const resource = `service ${service}`;
      const missing = (section: string, { value: name, at }: { value: string; at: Span }) => {
        const names = defined(section);
        const known = names?.kind === 'map' && names.entries.has(name);
        if (!known && !name.includes('$') && !(section === 'networks' && name === 'default'))
          report(at, { resource, params: { name, section } });
      };
      for (const section of SECTIONS) for (const used of namesUsed(map, section)) missing(section, used);
      for (const used of namesIn(entry(map, 'depends_on')?.value)) missing('services', used);
    }
  },
};

const duplicatePort: ComposeRule = {
  id: 'compose/duplicate-port',
  aliases: ['no-duplicate-exported-ports'],
  severity: 'medium',
  references: [`${SERVICES}#ports`],
  check({ services }, report) {
    const taken = new Map<string, string>();
    for (const service of services) {
      // Services of profiles do not all run at once, and host ports of host networks are none.
      if (entry(service.map, 'profiles')) continue;
      for (const { hostIp = '', hostPort, containerPort, at } of optionsOf(service).ports) {
        if (hostPort === undefined || hostPort.includes('$') || hostPort.includes('-')) continue;
        const protocol = containerPort.split('/')[1] ?? 'tcp';
        const key = `${hostIp}|${hostPort}/${protocol}`;
        const other = taken.get(key);
        if (other === undefined) taken.set(key, service.name);
        else if (other !== service.name) report(at, { resource: `service ${service.name}`, params: { port: hostPort, other } });
      }
    }
  },
};

const privilegedBuild: ComposeRule = {
  id: 'compose/privileged-build',
  aliases: [],
  severity: 'medium',
  references: [`${REFERENCE}build/#privileged`],
  check({ services }, report) {
    for (const { name, map } of services) {
      const resource = `service ${name}`;
      const privileged = entry(map, 'build', 'privileged');
      if (scalar(privileged?.value)?.value === 'true') report(privileged?.key as Span, { resource, params: { option: 'privileged' } });
      for (const item of itemsOf(entry(map, 'build', 'entitlements')?.value)) {
        const found = scalar(item);
        if (found) report(found.at, { resource, params: { option: found.value } });
      }
    }
  },
};

const secretInBuildArgument: ComposeRule = {
  id: 'compose/secret-in-build-argument',
  aliases: [],
  severity: 'high',
  benchmarks: ['CIS Docker 4.10', 'NIST 800-190 4.1.4'],
  references: ['https://docs.docker.com/build/building/secrets/'],
  check({ services }, report) {
    for (const { name, map } of services) {
      const found = variablesOf(entry(map, 'build', 'args')?.value);
      reportSecrets(found, (at, given) => report(at, { resource: `service ${name}`, ...given }));
    }
  },
};

/** What only Compose files can get wrong. */
export const COMPOSE_RULES: readonly ComposeRule[] = [
  syntax,
  obsoleteVersion,
  unknownKey,
  invalidInterpolation,
  undefinedReference,
  duplicatePort,
  privilegedBuild,
  secretInBuildArgument,
];

function misspelt(map: LocatedMap, known: readonly string[], report: (at: Span, reported?: Reported) => void): void {
  for (const [key, { key: at }] of map.entries) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    report(at, { params: { key, like: closest(key, known, () => Number.POSITIVE_INFINITY) ?? '' } });
  }
}

/** Named things that a service takes from a section of the file. */
function namesUsed(map: LocatedMap, section: (typeof SECTIONS)[number]): { value: string; at: Span }[] {
  const value = entry(map, section)?.value;
  if (section !== 'volumes')
    return section === 'networks'
      ? namesIn(value)
      : itemsOf(value).flatMap((item) => scalar(item) ?? scalar(entry(item, 'source')?.value) ?? []);
  return itemsOf(value).flatMap((item) => {
    const short = scalar(item);
    if (short) {
      const [source = '', target] = short.value.split(':');
      return target !== undefined && /^[A-Za-z0-9][\w.-]+$/.test(source) ? [{ value: source, at: short.at }] : [];
    }
    const type = scalar(entry(item, 'type')?.value)?.value;
    return type === 'volume' ? (scalar(entry(item, 'source')?.value) ?? []) : [];
  });
}

/** The names of a list, or the keys of a mapping. */
function namesIn(value: Located | undefined): { value: string; at: Span }[] {
  if (value?.kind === 'map') return [...value.entries].map(([name, { key }]) => ({ value: name, at: key }));
  return itemsOf(value).flatMap((item) => scalar(item) ?? []);
}

function* scalarsOf(value: Located): Generator<{ value: string; at: Span }> {
  if (value.kind === 'scalar') {
    if (typeof value.value === 'string') yield { value: value.value, at: value.at };
  } else if (value.kind === 'list') for (const item of value.items) yield* scalarsOf(item);
  else for (const { value: below } of value.entries.values()) yield* scalarsOf(below);
}
