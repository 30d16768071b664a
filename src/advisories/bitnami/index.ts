import { flawSeverity } from '../labels.ts';
import { osvSource } from '../osv-source.ts';

/** Bitnami's own components, as they name them in their images. */
export const bitnami = osvSource({
  id: 'bitnami',
  title: 'Bitnami vulnerability database',
  licence: 'Apache-2.0',
  homepage: 'https://github.com/bitnami/vulndb',
  file: /^bitnami$/,
  records: /\/BIT-[^/]+\.json$/,
  accepts: (ecosystem) => ecosystem === 'Bitnami',
  cvssSource: 'bitnami',
  detail: (_, record) => {
    const label = record.database.severity;
    return typeof label === 'string' ? { severityLabel: label.toLowerCase() } : {};
  },
  severity: flawSeverity,
});
