import { EXIT, PlimsollError } from '../../util/errors.ts';
import { oneDocument } from '../one-document.ts';
import { safeJson } from '../safe-json.ts';
import type { Rendering, SecurityHubAccount } from '../types.ts';
import type { AsffFinding } from './schema.ts';

/**
 * AWS Security Finding Format: one object with `Findings`, as BatchImportFindings takes a hundred of them at a time. Findings of every kind;
 * those that are not counted are suppressed. In whose account comes from `how.securityHub`.
 */
export const asff = oneDocument({
  id: 'asff',
  mediaType: 'application/json',
  ready(how) {
    accountOf(how);
  },
  async document({ reports }, how) {
    const { findingsOf, once } = await import('./finding.ts');
    const account = accountOf(how);
    const all: AsffFinding[] = [];
    for (const report of reports) all.push(...(await findingsOf(report, how, account, reports.length > 1)));
    return safeJson({ Findings: once(all, ({ Id }) => Id) });
  },
});

/** @throws PlimsollError where there is none, or none that AWS would take */
function accountOf({ securityHub, env = {} }: Pick<Rendering, 'securityHub' | 'env'>): SecurityHubAccount {
  const accountId = securityHub?.accountId ?? env.AWS_ACCOUNT_ID ?? '';
  const region = securityHub?.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? '';
  const missing = accountId === '' ? 'AWS_ACCOUNT_ID' : region === '' ? 'AWS_REGION' : undefined;
  if (missing) throw new PlimsollError('asff-account-missing', { missing }, { exitCode: EXIT.usage });
  const { productArn } = securityHub ?? {};
  const wrong: readonly (readonly [what: string, value: string, pattern: RegExp])[] = [
    ['account', accountId, /^\d{12}$/],
    ['region', region, /^[a-z]{2}(-[a-z]+)+-\d$/],
    ...(productArn === undefined
      ? []
      : [['product ARN', productArn, /^arn:[a-z-]+:securityhub:[a-z0-9-]*:\d*:product\/[\w.-]+\/[\w.-]+$/] as const]),
  ];
  const bad = wrong.find(([, value, pattern]) => !pattern.test(value));
  if (bad) throw new PlimsollError('asff-account-invalid', { what: bad[0], value: bad[1] }, { exitCode: EXIT.usage });
  return { accountId, region, ...(productArn === undefined ? {} : { productArn }) };
}
