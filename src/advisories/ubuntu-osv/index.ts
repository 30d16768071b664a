import { isLines, isNamed } from '../feed-files.ts';
import { osvSource } from '../osv-source.ts';
import type { AdvisorySource } from '../types.ts';
import { isUbuntuArchive, ubuntuOsv } from '../ubuntu-osv-form.ts';

/** `UBUNTU-CVE-2025-6491.json`, in Canonical's repository of notices or in osv.dev's archive. */
const RECORD = /(^|\/)UBUNTU-CVE-[^/]+\.json(\.gz)?$/;

/**
 * What Canonical makes of its CVE tracker for everyone who reads OSV: what is affected in each release that gets updates, with the
 * fix. It does not tell who has not looked yet (`needs-triage`) from who will not fix, nor what is not affected; the tracker does, and
 * is heard first where both are there. Notices (USN) in the same archives belong to `ubuntu-usn`. See docs/decisions/0012.
 */
export const ubuntuOsvFeed: AdvisorySource = {
  ...osvSource({
    id: 'ubuntu-osv',
    title: 'Ubuntu CVE records (OSV)',
    licence: 'CC-BY-SA-4.0',
    homepage: 'https://github.com/canonical/ubuntu-security-notices',
    file: /^ubuntu-osv$/,
    accepts: isUbuntuArchive,
    cvssSource: 'nvd',
    ownCvss: false,
    translate: ubuntuOsv,
    detail: (_, { database }) => (PRIORITIES.has(String(database.priority)) ? { severityLabel: String(database.priority) } : {}),
  }),
  isRecord: (name) => RECORD.test(name),
  claims: (name) => RECORD.test(name) || (isLines(name) && isNamed(name, /^ubuntu-osv$/)),
};

const PRIORITIES = new Set(['critical', 'high', 'medium', 'low', 'negligible']);
