import { type BaseImage, SEVERITIES, type SeverityLevel } from '../../model/index.ts';
import { parsePurl, versionlessPurl } from '../../util/purl.ts';
import { matchesGlob } from './glob.ts';
import type { AnyFinding, ExceptionPlace, ExceptionRule } from './types.ts';
import { inRange } from './version-range.ts';

/** What matching needs to know beside the finding. */
export interface MatchContext {
  /** The image that the target is built on; `layer: base` and `layer: own` match nothing without. */
  readonly base?: BaseImage | undefined;
  /** Orders versions of a kind of package. */
  compareVersions(type: string, a: string, b: string): number | undefined;
}

/** `undecided`: all else holds, and the version cannot be compared; it does not match. */
export type Matched = 'yes' | 'no' | 'undecided';

/** Whether a rule is about a finding at one of its places. The image is not looked at: see `isForImage`. */
export function matchesRule(rule: ExceptionRule, finding: AnyFinding, place: ExceptionPlace, context: MatchContext): Matched {
  const holds =
    (rule.kinds?.includes(finding.kind) ?? true) &&
    (rule.ids?.some((id) => named(id, finding)) ?? true) &&
    mildEnough(rule, finding) &&
    ofPackage(rule, finding) &&
    (rule.fixStates === undefined ||
      ('fix' in finding && typeof finding.fix === 'object' && 'state' in finding.fix && rule.fixStates.includes(finding.fix.state))) &&
    (rule.resources?.some((glob) => 'resource' in finding && finding.resource !== undefined && matchesGlob(glob, finding.resource)) ??
      true) &&
    (rule.paths?.some((glob) => place.path !== undefined && matchesGlob(glob, place.path.replace(/^\/+/, ''))) ?? true) &&
    (rule.layers?.some((layer) => ofLayer(layer, place, context.base)) ?? true);
  if (!holds) return 'no';
  if (rule.versions === undefined) return 'yes';
  if (!('package' in finding)) return 'no';
  const { type, version } = finding.package;
  return inRange(rule.versions, version, (a, b) => context.compareVersions(type, a, b));
}

/** The places of a finding that exceptions ask about; one without any where it has none. */
export function placesOf(finding: AnyFinding): readonly ExceptionPlace[] {
  if ('locations' in finding) return finding.locations.length > 0 ? finding.locations : [{}];
  if (finding.kind === 'secret') return [finding.location];
  const { location } = finding;
  return [location ? { path: location.file, ...(location.layer ? { layer: location.layer } : {}) } : {}];
}

/** Whether a rule is for the target: its globs stand for the repository, with or without registry and tag. */
export function isForImage(
  { images }: Pick<ExceptionRule, 'images'>,
  { name, repository, tags = [] }: { readonly name: string; readonly repository?: string; readonly tags?: readonly string[] },
): boolean {
  if (images === undefined) return true;
  const repositories = repository === undefined ? [] : [repository, repository.replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '')];
  const all = [name, ...repositories.flatMap((each) => [each, ...tags.map((tag) => `${each}:${tag.slice(tag.lastIndexOf(':') + 1)}`)])];
  const spelt = [...all, ...all.map((each) => each.replace(/[:@][^/]*$/, ''))];
  return images.some((glob) => spelt.some((each) => matchesGlob(glob, each)));
}

function named(id: string, finding: AnyFinding): boolean {
  const wanted = id.toLowerCase();
  return namesOf(finding).some((name) => matchesGlob(wanted, name.toLowerCase()));
}

/** Trivy's older names of checks begin with `AVD-`, and its newer ones have a dash more: `AVD-DS-0002`, `DS002`. */
export function namesOf(finding: AnyFinding): readonly string[] {
  if (finding.kind === 'imported') return [finding.id, `${finding.tool}/${finding.id}`];
  if (finding.kind === 'secret') return [finding.id, `secret/${finding.id}`];
  if (finding.kind !== 'misconfiguration') {
    return [finding.id, ...finding.aliases, ...finding.advisories.map(({ id }) => id)];
  }
  const older = finding.aliases.flatMap((alias) => {
    const [, prefix, number] = /^(DS|KSV|KCV)-?0*(\d+)$/.exec(alias) ?? [];
    if (prefix === undefined || number === undefined) return [];
    return [`AVD-${prefix}-${number.padStart(4, '0')}`, `${prefix}-${number.padStart(4, '0')}`, `${prefix}${number.padStart(3, '0')}`];
  });
  return [finding.id, ...finding.aliases, ...older];
}

function mildEnough({ maxSeverity }: ExceptionRule, finding: AnyFinding): boolean {
  if (maxSeverity === undefined) return true;
  const severity: SeverityLevel = finding.kind === 'malware' ? 'critical' : finding.severity;
  // Nobody says that what is unrated is mild.
  if (severity === 'unknown') return maxSeverity === 'unknown';
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(maxSeverity);
}

function ofPackage({ packages, packageExpressions, sources, types, exactVersions }: ExceptionRule, finding: AnyFinding): boolean {
  if (!packages && !packageExpressions && !sources && !types && !exactVersions) return true;
  if (!('package' in finding)) return false;
  const { name, purl, source, type, version } = finding.package;
  return (
    (packages?.some((pattern) => (pattern.startsWith('pkg:') ? samePurl(pattern, purl) : matchesGlob(pattern, name))) ?? true) &&
    (packageExpressions?.some((expression) => expression.test(name)) ?? true) &&
    (sources?.some((pattern) => matchesGlob(pattern, source?.name ?? name)) ?? true) &&
    (types?.includes(type) ?? true) &&
    (exactVersions?.includes(version) ?? true)
  );
}

/** What the pattern says has to be so: type, namespace and name, and version and qualifiers where it has them. With a glob, the text without qualifiers. */
function samePurl(pattern: string, purl: string): boolean {
  if (/[*?{[]/.test(pattern.replace(/\?.*/s, (rest) => (rest.includes('=') ? '' : rest)))) {
    const bare = purl.replace(/[?#].*/s, '');
    return [bare, versionlessPurl(purl), bare.replaceAll('%40', '@')].some((text) => matchesGlob(pattern, text));
  }
  const [wanted, given] = [parsePurl(pattern), parsePurl(purl)];
  if (!wanted || !given) return pattern === purl;
  return (
    wanted.type === given.type &&
    wanted.namespace === given.namespace &&
    wanted.name === given.name &&
    (wanted.version === undefined || wanted.version === given.version) &&
    Object.entries(wanted.qualifiers ?? {}).every(([key, value]) => given.qualifiers?.[key] === value)
  );
}

function ofLayer(condition: NonNullable<ExceptionRule['layers']>[number], { layer }: ExceptionPlace, base: BaseImage | undefined): boolean {
  if (!layer) return false;
  if (condition === 'base') return base !== undefined && layer.index < base.layers;
  if (condition === 'own') return base !== undefined && layer.index >= base.layers;
  if ('index' in condition) return layer.index === condition.index;
  const hex = (digest: string | undefined) => digest?.slice(digest.indexOf(':') + 1) ?? '';
  return [hex(layer.digest), hex(layer.diffId)].some((each) => each.startsWith(condition.digest));
}
