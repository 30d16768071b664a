import { readAll } from '../feed-files.ts';
import type { AdvisorySource } from '../types.ts';
import { ovalDefinitions } from './oval.ts';

/** `azurelinux-3.0-oval-20250224.xml.gz`, `cbl-mariner-2.0-oval.xml`, as Microsoft names them. */
const FILE = /^(azurelinux|cbl-mariner)-(\d+\.\d+)(?:-[\w-]*)?\.xml(?:\.gz)?$/;

/** Azure Linux and its predecessor CBL-Mariner: one OVAL definition for each flaw and source package. */
export const azurelinux: AdvisorySource = {
  id: 'azurelinux',
  title: 'Azure Linux and CBL-Mariner vulnerability data',
  licence: 'MIT',
  homepage: 'https://github.com/microsoft/AzureLinuxVulnerabilityData',
  kind: 'advisories',
  claims: (fileName) => FILE.test(baseName(fileName)),
  parse: async (file, sink) => {
    const [, product, version = ''] = FILE.exec(baseName(file.name)) ?? [];
    const ecosystem = product === 'cbl-mariner' ? `CBL-Mariner:${version}` : `Azure Linux:${version.replace(/\.0$/, '')}`;
    const text = (await readAll(file)).toString('utf8');
    const found = ovalDefinitions(text, ecosystem, sink);
    if (typeof found === 'string') throw new Error(`not OVAL: ${found}`);
    for (const record of found) sink.advisory(record);
  },
};

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
