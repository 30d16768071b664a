/** An erratum as `oracle.jsonl` has it: `fixed[oracle:release][evr]["arch,arch"] = [package]`. */
export interface OracleErratum {
  readonly id: string;
  readonly title: string;
  readonly published: string;
  readonly severity: readonly string[];
  readonly cves: readonly { readonly id: string; readonly cvss: string | null }[];
  readonly fixed: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>;
}

/** The errata as Oracle's OVAL documents have them, written by hand to what linux.oracle.com/security/oval publishes. */
export function oracleOval(errata: readonly OracleErratum[], { module }: { readonly module?: string } = {}): string {
  const tests: string[] = [];
  const objects = new Map<string, string>();
  const states: string[] = [];
  const objectOf = (name: string) => {
    if (!objects.has(name)) objects.set(name, `oval:obj:${objects.size}`);
    return objects.get(name)!;
  };
  const test = (comment: string, name: string, state: string) => {
    const number = tests.length;
    const linux = 'xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5#linux"';
    tests.push(
      `<rpminfo_test id="oval:tst:${number}" version="501" comment="${comment}" check="at least one" ${linux}>
        <object object_ref="${objectOf(name)}" /><state state_ref="oval:ste:${number}" /></rpminfo_test>`,
    );
    states.push(`<rpminfo_state ${linux} id="oval:ste:${number}" version="501">${state}</rpminfo_state>`);
    return `<criterion test_ref="oval:tst:${number}" comment="${comment}"/>`;
  };
  const packageOf = (release: string, evr: string) => (name: string) =>
    `<criteria operator="AND">
    ${test(`${name} is earlier than ${evr}`, name, `<evr datatype="evr_string" operation="less than">${evr}</evr>`)}
    ${test(`${name} is signed with the Oracle Linux ${release} key`, name, '<signature_keyid operation="equals">66ced3de1e5e0159</signature_keyid>')}
  </criteria>`;
  const archOf = (release: string, arch: string, builds: OracleErratum['fixed'][string]) => {
    const packages = Object.entries(builds).flatMap(([evr, byArch]) =>
      Object.entries(byArch).flatMap(([arches, names]) => (arches.split(',').includes(arch) ? names.map(packageOf(release, evr)) : [])),
    );
    const stream = module ? `<criterion test_ref="oval:tst:module" comment="Module ${module} is enabled"/>` : '';
    return `<criteria operator="AND">
      ${test(`Oracle Linux arch is ${arch}`, 'oraclelinux-release', `<arch operation="pattern match">${arch}</arch>`)}
      ${stream ? `<criteria operator="AND">${stream}` : ''}<criteria operator="OR">${packages.join('\n')}</criteria>${stream ? '</criteria>' : ''}
    </criteria>`;
  };
  const releaseOf = ([product, builds]: [string, OracleErratum['fixed'][string]]) => {
    const release = product.slice('oracle:'.length);
    const arches = new Set(Object.values(builds).flatMap((byArch) => Object.keys(byArch).flatMap((each) => each.split(','))));
    return `<criteria operator="AND">
      ${test(`Oracle Linux ${release} is installed`, 'oraclelinux-release', `<version operation="pattern match">^${release}</version>`)}
      <criteria operator="OR">${[...arches].map((arch) => archOf(release, arch, builds)).join('\n')}</criteria>
    </criteria>`;
  };
  const definitions = errata.map((erratum) => {
    const releases = Object.entries(erratum.fixed).map(releaseOf);
    return `<definition id="oval:com.oracle.elsa:def:${erratum.id}" version="501" class="patch">
      <metadata>
        <title>\n${escaped(erratum.title)}\n</title>
        <affected family="unix"><platform>Oracle Linux</platform></affected>
        <reference source="elsa" ref_id="${erratum.id}" ref_url="https://linux.oracle.com/errata/${erratum.id}.html"/>
        ${erratum.cves.map(({ id }) => `<reference source="CVE" ref_id="${id}" ref_url="https://linux.oracle.com/cve/${id}.html"/>`).join('')}
        <description>- added fix &amp; more</description><!-- advisory details -->
        <advisory><severity>${erratum.severity[0] ?? ''}</severity><rights>Copyright Oracle, Inc.</rights>
          <issued date="${erratum.published.slice(0, 10)}"/>
          ${erratum.cves.map(({ id, cvss }) => `<cve ${cvss ? `cvss3="5.5/${cvss}" ` : ''}href="https://linux.oracle.com/cve/${id}.html" public="20070125">${id}</cve>`).join('')}
        </advisory>
      </metadata>
      ${releases.length > 1 ? `<criteria operator="OR">${releases.join('\n')}</criteria>` : releases.join('')}
    </definition>`;
  });
  const fileTest = `<ind-def:textfilecontent54_test id="oval:tst:module" version="1" comment="Module x is enabled" check="all">
      <ind-def:object object_ref="oval:obj:module" /><ind-def:state state_ref="oval:ste:module" /></ind-def:textfilecontent54_test>`;
  return `<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5" xmlns:oval="http://oval.mitre.org/XMLSchema/oval-common-5" xmlns:ind-def="http://oval.mitre.org/XMLSchema/oval-definitions-5#independent">
<generator><oval:product_name>Oracle Errata System</oval:product_name><oval:schema_version>5.11</oval:schema_version></generator>
<definitions>${definitions.join('\n')}</definitions>
<tests>${tests.join('\n')}${module ? fileTest : ''}</tests>
<objects>${[...objects].map(([name, id]) => `<rpminfo_object id="${id}" version="501"><name>${name}</name></rpminfo_object>`).join('\n')}</objects>
<states>${states.join('\n')}</states>
</oval_definitions>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
