import { flag, template, text } from '../kinds.ts';
import { define } from '../setting.ts';

/** What single report formats need to know. */
export const reportSettings = {
  template: define({
    key: 'report.template',
    flags: '--template <@file|name>',
    env: 'PLIMSOLL_TEMPLATE',
    kind: template,
    fallback: undefined,
    commands: ['scan', 'convert'],
    description: 'setting.template',
  }),
  sarifSuppressed: define({
    key: 'report.sarif-suppressed',
    flags: '--sarif-suppressed',
    env: 'PLIMSOLL_SARIF_SUPPRESSED',
    kind: flag,
    fallback: false,
    commands: ['scan', 'convert'],
    description: 'setting.sarif-suppressed',
  }),
  asffAccount: define({
    key: 'asff.account-id',
    flags: '--asff-account <id>',
    env: 'PLIMSOLL_ASFF_ACCOUNT_ID',
    kind: text,
    fallback: undefined,
    commands: ['scan', 'convert'],
    description: 'setting.asff-account',
  }),
  asffRegion: define({
    key: 'asff.region',
    flags: '--asff-region <region>',
    env: 'PLIMSOLL_ASFF_REGION',
    kind: text,
    fallback: undefined,
    commands: ['scan', 'convert'],
    description: 'setting.asff-region',
  }),
  asffProduct: define({
    key: 'asff.product-arn',
    flags: '--asff-product <arn>',
    env: 'PLIMSOLL_ASFF_PRODUCT_ARN',
    kind: text,
    fallback: undefined,
    commands: ['scan', 'convert'],
    description: 'setting.asff-product',
  }),
} as const;
