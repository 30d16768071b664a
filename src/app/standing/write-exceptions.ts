import { Document, Scalar } from 'yaml';
import { SELECTORS } from '../../policy/exceptions/parse-own.ts';
import type { ExceptionRule } from '../../policy/exceptions/types.ts';
import type { VersionRange } from '../../policy/exceptions/version-range.ts';

/** A rule in the syntax of plimsoll.exceptions.yaml; undefined where it has a condition that this syntax cannot say. */
export function ownSyntax(rule: ExceptionRule, reason: string): Readonly<Record<string, unknown>> | undefined {
  const packages = rule.packageExpressions ? rule.packageExpressions.map(globOf) : rule.packages;
  if (packages?.some((each) => each === undefined)) return undefined;
  const versions = rule.exactVersions?.map((version) => `=${version}`).join(' || ') ?? (rule.versions && rangeText(rule.versions));
  const layers = rule.layers?.map((each) => (typeof each === 'string' ? each : 'index' in each ? each.index : `sha256:${each.digest}`));
  const all: Readonly<Record<string, unknown>> = {
    'id': rule.ids,
    'package': packages,
    'source': rule.sources,
    'type': rule.types,
    'version': versions,
    'path': rule.paths,
    'resource': rule.resources,
    'layer': layers,
    'fix-state': rule.fixStates,
    'max-severity': rule.maxSeverity,
    'kind': rule.kinds,
    'image': rule.images,
    'reason': rule.reason ?? reason,
    'owner': rule.owner,
    'approver': rule.approver,
    'ticket': rule.ticket,
    'expires': rule.expires,
  };
  // One by type alone, as Grype has it, is one of any package of that type.
  const about = SELECTORS.some((key) => all[key] !== undefined) ? all : { ...all, package: '**' };
  const given = Object.entries(about).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [key, Array.isArray(value) && value.length === 1 ? value[0] : value]));
}

/** A whole plimsoll.exceptions.yaml. */
export function exceptionsText(exceptions: readonly Readonly<Record<string, unknown>>[], comment?: string): string {
  const document = new Document({ version: 1, exceptions }, { aliasDuplicateObjects: false });
  if (comment !== undefined) document.commentBefore = ` ${comment}`;
  return document.toString({ lineWidth: 0 });
}

/** One more exception at the end of a file, whose text and comments stay as they are. */
export function withOneMore(text: string, parsed: Document.Parsed, exception: Readonly<Record<string, unknown>>): string {
  if (parsed.contents === null) return `${text.trimEnd()}${text.trim() === '' ? '' : '\n'}${exceptionsText([exception])}`.trimStart();
  const list = parsed.get('exceptions', true);
  if (list === undefined || (list instanceof Scalar && list.value === null)) parsed.set('exceptions', parsed.createNode([exception]));
  else parsed.addIn(['exceptions'], parsed.createNode(exception));
  return parsed.toString({ lineWidth: 0 });
}

function rangeText(range: VersionRange): string {
  return range.map((all) => all.map(({ operator, version }) => `${operator}${version}`).join(' ')).join(' || ');
}

/** `^(?:linux-.*)$` as `linux-**`; undefined for what is more than letters and stars. */
function globOf({ source }: RegExp): string | undefined {
  const text = source
    .replace(/^\^\(\?:/, '')
    .replace(/\)\$$/, '')
    .replaceAll('(.*)', '.*');
  const glob = text.replaceAll('.*', '\0').replaceAll('\\.', '.').replaceAll('\\-', '-');
  return /^[\w.+@/\0-]+$/.test(glob.replaceAll('+', '')) && !glob.includes('+') ? glob.replaceAll('\0', '**') : undefined;
}
