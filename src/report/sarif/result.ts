import type { Report, SeverityLevel } from '../../model/index.ts';
import { safeText } from '../../util/terminal/text.ts';
import type { DistinctPrint } from '../distinct-prints.ts';
import type { Issue, IssuePlace } from '../issues.ts';
import type { SarifLevel, SarifLocation, SarifRegion, SarifResult } from './schema.ts';

/** Locations of one result that GitHub shows; it refuses files with more than a thousand. */
export const MOST_LOCATIONS = 100;

const LEVEL: Readonly<Record<SeverityLevel, SarifLevel>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  negligible: 'note',
  unknown: 'note',
};

export function levelOf(severity: SeverityLevel): SarifLevel {
  return LEVEL[severity];
}

/** A finding at all its places; `number` tells it from others with the same fingerprint. */
export function result({ issue, number }: DistinctPrint, ruleIndex: number, report: Report, suppressed: boolean): SarifResult {
  const { places } = issue;
  const located = places.length > 0 ? places : [{ inImage: true } as const];
  return {
    ruleId: issue.rule,
    ruleIndex,
    level: levelOf(issue.severity),
    message: { text: safeText([issue.message, issue.remedy].filter(Boolean).join(' ')) },
    locations: located.slice(0, MOST_LOCATIONS).map((place) => location(place, issue, report)),
    ...related(located.slice(0, MOST_LOCATIONS), issue, report),
    // GitHub compares the second only, which its own action would otherwise make of a line that is not in the repository.
    partialFingerprints: {
      'plimsoll/v1': safeText(issue.fingerprint),
      'primaryLocationLineHash': `${safeText(issue.fingerprint)}:${number}`,
    },
    ...(suppressed ? { suppressions: suppressions(issue) } : {}),
    ...(issue.change === undefined ? {} : { baselineState: stateOf(issue) }),
    properties: {
      severity: issue.severity,
      ...ofPackage(issue),
      ...(issue.secret?.live ? { live: issue.secret.live.state, liveCode: issue.secret.live.code } : {}),
      ...(issue.change === undefined ? {} : { change: issue.change }),
      ...(issue.updated === undefined ? {} : { updated: issue.updated }),
      ...(places.length > MOST_LOCATIONS ? { locations: places.length } : {}),
      ...layers(issue),
      ...(issue.origin ? { origin: issue.origin } : {}),
      tags: [issue.kind, ...(issue.finding?.verdict === 'undecided' ? ['undecided'] : [])],
    },
  };
}

/** SARIF 3.27.24: `updated` where both runs have it and it differs in what matters to us. */
function stateOf({ change, updated }: Issue): NonNullable<SarifResult['baselineState']> {
  if (updated !== undefined) return 'updated';
  return change === 'unchanged' ? 'unchanged' : 'new';
}

/** The layers that brought what was found, each once, and those that were the last to change it. */
function layers({ places }: Issue): Readonly<Record<string, unknown>> {
  const unique = new Map(
    places.flatMap(({ layer, modified }) =>
      layer
        ? [
            [
              `${layer.index} ${modified?.index}`,
              { index: layer.index, digest: layer.digest, ...(modified ? { modified: modified.index } : {}) },
            ],
          ]
        : [],
    ),
  );
  return unique.size === 0 ? {} : { layers: [...unique.values()].slice(0, MOST_LOCATIONS) };
}

/** The paths in the image of places that stand at the Dockerfile's lines. */
function related(places: readonly IssuePlace[], issue: Issue, report: Report): Pick<SarifResult, 'relatedLocations'> {
  const inside = places.filter(({ dockerfile, path }) => dockerfile !== undefined && path !== undefined);
  if (inside.length === 0) return {};
  return { relatedLocations: inside.map(({ dockerfile: _dockerfile, ...place }) => location(place, issue, report)) };
}

function suppressions({ suppressed }: Issue): NonNullable<SarifResult['suppressions']> {
  if (suppressed === undefined) return [];
  const justification = suppressed.reason ?? (suppressed.by === 'pragma' ? undefined : suppressed.by);
  return [
    {
      kind: suppressed.by === 'pragma' ? 'inSource' : 'external',
      status: 'accepted',
      ...(justification === undefined ? {} : { justification: safeText(justification) }),
      ...(suppressed.exception ? { properties: { ...suppressed.exception } } : {}),
    },
  ];
}

function ofPackage({ finding }: Issue): Readonly<Record<string, unknown>> {
  if (!finding) return {};
  const { package: of, fix, kev, epss } = finding;
  return {
    package: { purl: of.purl, name: of.name, version: of.version },
    fixedVersions: fix.versions,
    fixState: fix.state,
    ...(kev ? { kev: true } : {}),
    ...(epss ? { epss: epss.score } : {}),
  };
}

/** GitHub wants a file and a line for everything: the Dockerfile's where it is known, else the path in the image, else the image itself. */
function location(place: IssuePlace, issue: Issue, report: Report): SarifLocation {
  const { path, dockerfile, inImage, layer, name } = place;
  const full = issue.finding?.package.purl ?? name;
  const instruction = layer?.createdBy;
  return {
    physicalLocation: dockerfile
      ? { artifactLocation: { uri: uriOf(dockerfile.file) }, region: { startLine: dockerfile.line } }
      : path === undefined
        ? { artifactLocation: { uri: uriOf(imageName(report)) }, region: region(place) }
        : { artifactLocation: { uri: uriOf(path, inImage), ...(inImage ? { uriBaseId: 'IMAGE' } : {}) }, region: region(place) },
    ...(full === undefined
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: safeText(full), kind: issue.finding ? 'package' : 'resource' }] }),
    ...(instruction === undefined ? {} : { message: { text: safeText(instruction) } }),
  };
}

/** Without tag and digest, which change from build to build. */
function imageName({ inventory: { target } }: Report): string {
  return target.repository ?? target.name;
}

function region({ line, column, endLine, endColumn, snippet }: IssuePlace): SarifRegion {
  return {
    startLine: line ?? 1,
    ...(column === undefined ? {} : { startColumn: column }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
    ...(snippet === undefined ? {} : { snippet: { text: safeText(snippet) } }),
  };
}

/** A relative reference by RFC 3986, whose first segment does not look like a scheme; inside an image it does not climb. */
function uriOf(path: string, inImage = false): string {
  if (path === '-') return 'stdin';
  const segments = path.toWellFormed().replaceAll('\\', '/').split('/');
  const kept = segments.filter((segment) => segment !== '' && segment !== '.' && !(inImage && segment === '..'));
  return kept.map(encodeURIComponent).join('/') || '.';
}
