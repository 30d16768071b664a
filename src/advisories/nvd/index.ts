import { isNamed, readJson } from '../feed-files.ts';
import type { AdvisorySource } from '../types.ts';
import { cveObjects, flawFact } from './schema.ts';

/**
 * The National Vulnerability Database: CVSS, CWE and dates of publication. Which packages a CVE is about it says by CPE only, and a
 * guess from CPE names to packages is no statement: those are left.
 */
export const nvd: AdvisorySource = {
  id: 'nvd',
  title: 'National Vulnerability Database (NIST)',
  licence: 'public domain. This product uses data from the NVD API but is not endorsed or certified by the NVD.',
  homepage: 'https://nvd.nist.gov',
  kind: 'enrichment',
  claims: (fileName) => isNamed(fileName, /^(nvd|nvdcve-2\.0-\w+)$/),
  parse: (file, sink) =>
    readJson(file, sink, (value) => {
      const objects = cveObjects(value);
      if (objects === undefined) sink.problem('no page of the NVD', file.name);
      for (const cve of objects ?? []) {
        const fact = flawFact(cve, sink);
        if (fact !== undefined) sink.fact(fact);
      }
    }),
};
