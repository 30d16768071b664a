/** What a document of {@link vexDocument} says of one package. */
export interface VexStatement {
  /** `cpe:/o:redhat:enterprise_linux:8::baseos`. */
  readonly cpe: string;
  readonly name: string;
  /** `1:1.1.1k-14.el8_10`; none where no version is told. */
  readonly evr?: string;
  readonly arch?: string;
  /** `nodejs:18:8090020240101:abcdef12`. */
  readonly module?: string;
  readonly status: 'fixed' | 'known_affected' | 'known_not_affected' | 'under_investigation';
  /** The erratum that fixes it. */
  readonly erratum?: string;
  /** Category and words of what is planned. */
  readonly plan?: readonly [category: 'no_fix_planned' | 'none_available', details: string];
  readonly impact?: string;
}

interface VexHead {
  readonly severity?: string;
  readonly published?: string;
  readonly vector?: string;
  readonly cwe?: string;
}

/**
 * A VEX document as Red Hat lays it out (products below families, fixed packages below architectures, a relationship and a status
 * for each pair), written to its published description: https://redhatproductsecurity.github.io/security-data-guidelines/csaf-vex.
 */
export function vexDocument(cve: string, says: readonly VexStatement[], head: VexHead = {}): object {
  const { severity = 'Moderate', published = '2024-02-03T00:00:00+00:00', vector, cwe } = head;
  const ids = says.map((each) => ({ each, component: componentId(each), id: `${each.cpe}|${componentId(each)}` }));
  const unique = <T>(items: readonly (readonly [string, T])[]) => [...new Map(items).values()];
  const of = (test: (each: VexStatement) => boolean) => ids.filter(({ each }) => test(each)).map(({ id }) => id);
  const statuses = ['fixed', 'known_affected', 'known_not_affected', 'under_investigation'] as const;
  const errata = [...new Set(says.flatMap(({ erratum }) => erratum ?? []))];
  const plans = [...new Set(says.flatMap(({ plan }) => (plan ? [plan.join('\n')] : [])))].map((plan) => plan.split('\n'));
  const impacts = [...new Set(says.map(({ impact }) => impact ?? severity))];
  return {
    document: {
      aggregate_severity: { namespace: 'https://access.redhat.com/security/updates/classification/', text: severity },
      category: 'csaf_vex',
      csaf_version: '2.0',
      tracking: {
        id: cve,
        status: 'final',
        version: '1',
        initial_release_date: published,
        current_release_date: '2025-01-02T03:04:05+00:00',
      },
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'Red Hat',
          branches: [
            ...unique(says.map(({ cpe }) => [cpe, { category: 'product_family', branches: [productName(cpe)] }])),
            ...unique(ids.map(({ each, component }) => [component, placed(each, component)])),
          ],
        },
      ],
      relationships: unique(
        ids.map(({ each, component, id }) => [
          id,
          {
            category: 'default_component_of',
            full_product_name: { name: id, product_id: id },
            product_reference: component,
            relates_to_product_reference: each.cpe,
          },
        ]),
      ),
    },
    vulnerabilities: [
      {
        cve,
        ...(cwe ? { cwe: { id: cwe, name: cwe } } : {}),
        release_date: published,
        product_status: Object.fromEntries(
          statuses.map((status) => [status, of((each) => each.status === status)] as const).filter(([, list]) => list.length > 0),
        ),
        remediations: [
          ...errata.map((erratum) => ({
            category: 'vendor_fix',
            details: 'For details on how to apply this update, refer to the knowledge base.',
            product_ids: of((each) => each.erratum === erratum),
            url: `https://access.redhat.com/errata/${erratum}`,
          })),
          ...plans.map(([category, details]) => ({
            category,
            details,
            product_ids: of(({ plan }) => plan?.[0] === category && plan?.[1] === details),
          })),
          { category: 'workaround', details: 'None.', product_ids: ids.map(({ id }) => id) },
        ],
        ...(vector ? { scores: [{ cvss_v3: { vectorString: vector, version: '3.1' }, products: ids.map(({ id }) => id) }] } : {}),
        threats: impacts.map((impact) => ({
          category: 'impact',
          details: impact,
          product_ids: of((each) => (each.impact ?? severity) === impact),
        })),
      },
    ],
  };
}

function componentId({ name, evr, arch, module }: VexStatement): string {
  return `${name}${evr ? `-${evr}` : ''}${arch ? `.${arch}` : ''}${module ? `-${module}` : ''}`;
}

function productName(cpe: string): object {
  return { category: 'product_name', name: cpe, product: { name: cpe, product_id: cpe, product_identification_helper: { cpe } } };
}

function placed(statement: VexStatement, id: string): object {
  const version = {
    category: 'product_version',
    name: id,
    product: { name: id, product_id: id, product_identification_helper: { purl: purl(statement) } },
  };
  return statement.evr ? { category: 'architecture', name: statement.arch ?? '', branches: [version] } : version;
}

function purl({ name, evr = '', arch, module }: VexStatement): string {
  const [, epoch = '0', version = ''] = /^(?:(\d+):)?(.*)$/.exec(evr) ?? [];
  const qualifiers = [arch && `arch=${arch}`, epoch !== '0' && `epoch=${epoch}`, module && `rpmmod=${module}`].filter(Boolean).join('&');
  return `pkg:rpm/redhat/${encodeURIComponent(name)}${version ? `@${encodeURIComponent(version)}` : ''}${qualifiers ? `?${qualifiers}` : ''}`;
}
