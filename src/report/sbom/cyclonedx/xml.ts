import { escapeXml } from '../xml.ts';
import type { Bom, BomComponent, BomIdentity, BomLicense, BomProperty, BomRating, BomVulnerability } from './schema.ts';

/** An element: its name, its attributes, what is in it. Those that are undefined are left out. */
type Node = readonly [name: string, attributes: Readonly<Record<string, string | undefined>>, ...content: (Node | string | undefined)[]];

/** The same document in XML, piece by piece. The order of elements is the schema's. Source: bom-1.4.xsd to bom-1.6.xsd. */
export function* xmlBom(bom: Bom): Generator<string, void> {
  const { metadata, compositions, vulnerabilities } = bom;
  const attributes = attributesText({
    xmlns: `http://cyclonedx.org/schema/bom/${bom.specVersion}`,
    serialNumber: bom.serialNumber,
    version: String(bom.version),
  });
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<bom${attributes}>\n`;
  yield shown(
    [
      'metadata',
      {},
      ['timestamp', {}, metadata.timestamp],
      metadata.lifecycles && ['lifecycles', {}, ...metadata.lifecycles.map(({ phase }): Node => ['lifecycle', {}, ['phase', {}, phase]])],
      tools(metadata.tools),
      component(metadata.component),
      properties(metadata.properties),
    ],
    1,
  );
  yield '  <components>\n';
  for (const each of bom.components) yield shown(component(each), 2);
  yield '  </components>\n  <dependencies>\n';
  for (const { ref, dependsOn } of bom.dependencies) {
    yield shown(['dependency', { ref }, ...dependsOn.map((on): Node => ['dependency', { ref: on }])], 2);
  }
  yield '  </dependencies>\n';
  yield shown(
    [
      'compositions',
      {},
      ...compositions.map(
        ({ aggregate, assemblies }): Node => [
          'composition',
          {},
          ['aggregate', {}, aggregate],
          ['assemblies', {}, ...assemblies.map((ref): Node => ['assembly', { ref }])],
        ],
      ),
    ],
    1,
  );
  if (vulnerabilities) {
    yield '  <vulnerabilities>\n';
    for (const each of vulnerabilities) yield shown(vulnerability(each), 2);
    yield '  </vulnerabilities>\n';
  }
  yield '</bom>\n';
}

function tools(of: Bom['metadata']['tools']): Node {
  if ('components' in of) return ['tools', {}, ['components', {}, ...of.components.map(component)]];
  return ['tools', {}, ...of.map(({ name, version }): Node => ['tool', {}, ['name', {}, name], ['version', {}, version]])];
}

function component(of: BomComponent): Node {
  const { supplier, hashes, licenses, evidence, components } = of;
  return [
    'component',
    { 'type': of.type, 'bom-ref': of['bom-ref'] },
    supplier && ['supplier', {}, ['name', {}, supplier.name]],
    one('group', of.group),
    one('name', of.name),
    one('version', of.version),
    hashes && ['hashes', {}, ...hashes.map(({ alg, content }): Node => ['hash', { alg }, content])],
    licenses && ['licenses', {}, ...licenses.map(license)],
    one('cpe', of.cpe),
    one('purl', of.purl),
    properties(of.properties),
    components && ['components', {}, ...components.map(component)],
    evidence && [
      'evidence',
      {},
      ...[evidence.identity].flat().map(identity),
      ['occurrences', {}, ...evidence.occurrences.map(({ location }): Node => ['occurrence', {}, ['location', {}, location]])],
    ],
  ];
}

function license(of: BomLicense): Node {
  const { acknowledgement } = 'expression' in of ? of : of.license;
  if ('expression' in of) return ['expression', { acknowledgement }, of.expression];
  return ['license', { acknowledgement }, ['name', {}, of.license.name]];
}

function identity({ field, confidence, concludedValue, methods }: BomIdentity): Node {
  return [
    'identity',
    {},
    ['field', {}, field],
    ['confidence', {}, String(confidence)],
    one('concludedValue', concludedValue),
    [
      'methods',
      {},
      ...methods.map(
        (each): Node => [
          'method',
          {},
          ['technique', {}, each.technique],
          ['confidence', {}, String(each.confidence)],
          one('value', each.value),
        ],
      ),
    ],
  ];
}

function vulnerability(of: BomVulnerability): Node {
  const { references, cwes, advisories, analysis } = of;
  return [
    'vulnerability',
    { 'bom-ref': of['bom-ref'] },
    ['id', {}, of.id],
    source(of.source),
    references && ['references', {}, ...references.map((each): Node => ['reference', {}, ['id', {}, each.id], source(each.source)])],
    ['ratings', {}, ...of.ratings.map(rating)],
    cwes && ['cwes', {}, ...cwes.map((cwe): Node => ['cwe', {}, String(cwe)])],
    one('recommendation', of.recommendation),
    advisories && ['advisories', {}, ...advisories.map(({ title, url }): Node => ['advisory', {}, ['title', {}, title], ['url', {}, url]])],
    one('published', of.published),
    analysis && [
      'analysis',
      {},
      ['state', {}, analysis.state],
      one('justification', analysis.justification),
      one('detail', analysis.detail),
    ],
    [
      'affects',
      {},
      ...of.affects.map(
        ({ ref, versions }): Node => [
          'target',
          {},
          ['ref', {}, ref],
          [
            'versions',
            {},
            ...versions.map(({ version, status }): Node => ['version', {}, ['version', {}, version], ['status', {}, status]]),
          ],
        ],
      ),
    ],
    properties(of.properties),
  ];
}

function rating(of: BomRating): Node {
  return [
    'rating',
    {},
    source(of.source),
    one('score', of.score === undefined ? undefined : String(of.score)),
    ['severity', {}, of.severity],
    one('method', of.method),
    one('vector', of.vector),
  ];
}

function source(of: { readonly name: string; readonly url?: string } | undefined): Node | undefined {
  return of && ['source', {}, ['name', {}, of.name], one('url', of.url)];
}

function properties(of: readonly BomProperty[] | undefined): Node | undefined {
  return of && ['properties', {}, ...of.map(({ name, value }): Node => ['property', { name }, value])];
}

function one(name: string, text: string | undefined): Node | undefined {
  return text === undefined ? undefined : [name, {}, text];
}

function shown([name, attributes, ...content]: Node, depth: number): string {
  const indent = '  '.repeat(depth);
  const inside = content.map((each) => (each === undefined ? '' : typeof each === 'string' ? escapeXml(each) : shown(each, depth + 1)));
  const text = inside.join('');
  const start = `${indent}<${name}${attributesText(attributes)}`;
  if (text === '') return `${start}/>\n`;
  const nested = content.some((each) => typeof each === 'object');
  return nested ? `${start}>\n${text}${indent}</${name}>\n` : `${start}>${text}</${name}>\n`;
}

function attributesText(attributes: Node[1]): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(value)}"`))
    .join('');
}
