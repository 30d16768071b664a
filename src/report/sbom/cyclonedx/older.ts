import type { Bom, BomComponent, BomEvidence, BomLicense, BomRating, BomVersion, BomVulnerability } from './schema.ts';

/** A document of 1.6 without what its elders do not know. Our own properties carry what is lost so. Source: the schemas of 1.4 and 1.5. */
export function asOf(bom: Bom, version: BomVersion): Bom {
  if (version === '1.6') return bom;
  const { lifecycles, tools, component, ...metadata } = bom.metadata;
  const { vulnerabilities } = bom;
  return {
    ...bom,
    $schema: `http://cyclonedx.org/schema/bom-${version}.schema.json`,
    specVersion: version,
    metadata: {
      ...metadata,
      ...(version === '1.4' ? { tools: listOf(tools) } : { ...(lifecycles ? { lifecycles } : {}), tools }),
      component: older(component, version),
    },
    components: bom.components.map((each) => older(each, version)),
    ...(vulnerabilities && version === '1.4' ? { vulnerabilities: vulnerabilities.map(rated) } : {}),
  };
}

function listOf(tools: Bom['metadata']['tools']) {
  const components = 'components' in tools ? tools.components : [];
  return components.map(({ name, version = '' }) => ({ name, version }));
}

function older(component: BomComponent, version: Exclude<BomVersion, '1.6'>): BomComponent {
  const { licenses, evidence, components, ...rest } = component;
  return {
    ...rest,
    ...(licenses ? { licenses: licenses.map(unacknowledged) } : {}),
    ...(evidence && version === '1.5' ? { evidence: oneIdentity(evidence) } : {}),
    ...(components ? { components: components.map((each) => older(each, version)) } : {}),
  };
}

/** Who says it is told since 1.6. */
function unacknowledged(license: BomLicense): BomLicense {
  return 'expression' in license ? { expression: license.expression } : { license: { name: license.license.name } };
}

/** One, and without what it comes to, before 1.6; none before 1.5. */
function oneIdentity({ identity, occurrences }: BomEvidence): BomEvidence {
  const [first] = [identity].flat();
  const { concludedValue: _, ...rest } = first ?? { field: 'purl', confidence: 0, methods: [] };
  return { identity: rest, occurrences };
}

function rated(vulnerability: BomVulnerability): BomVulnerability {
  return { ...vulnerability, ratings: vulnerability.ratings.map((rating) => ({ ...rating, ...methodOf(rating) })) };
}

/** 1.4 knows neither CVSS 4 nor SSVC. */
function methodOf({ method }: BomRating): Pick<BomRating, 'method'> {
  return method === 'CVSSv4' || method === 'SSVC' ? { method: 'other' } : {};
}
