import type { ErrorText } from './errors.en.ts';

/** The errors of reports that are kept, and of what they are made into. */
export const reportErrorsEn = {
  'stored-report-malformed': {
    what: '{path} is no JSON report of plimsoll: at {at} it is not as it should be ({expected}).',
    next: 'Give a file that plimsoll scan -f json=FILE or plimsoll assess wrote, whole and unchanged.',
  },
  'stored-report-version': {
    what: '{path} is a report of schema version {version}; this plimsoll reads version 1.',
    next: 'Read it with a newer plimsoll, or make the report again with this one.',
  },
  'stored-report-platforms': {
    what: '{path} holds the reports of {count} platforms, where one is needed.',
    next: 'Give the report of one platform: plimsoll scan --platform os/architecture -f json=FILE.',
  },
  'asff-account-missing': {
    what: 'The format asff needs the AWS account and region that findings belong to: {missing} is not set.',
    next: 'Set AWS_ACCOUNT_ID and AWS_REGION, or asff.account-id and asff.region in plimsoll.yaml.',
  },
  'asff-account-invalid': {
    what: "'{value}' is no {what} for the format asff.",
    next: 'An account has twelve digits, a region is like eu-central-1, and a product is arn:aws:securityhub:REGION:ACCOUNT:product/NAME/NAME.',
  },
} as const satisfies Record<string, ErrorText>;
