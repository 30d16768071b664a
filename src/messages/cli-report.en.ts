/** Words of the command line about writing reports. */
export const cliReportEn = {
  'convert.description': 'Write a kept JSON report in another format, without scanning again',
  'convert.report': 'a file that plimsoll scan -f json=FILE or plimsoll assess wrote, or - for standard input',
  'convert.example.sarif': 'a report for code scanning',
  'convert.example.several': 'two formats at once',
  'convert.example.template': 'a template of your own',
  'convert.hidden': '{count} findings were left out by display filters when {file} was written; they are in no report made of it.',
  'setting.sarif-suppressed':
    'for the format sarif: write findings that are not counted too, with their suppressions; GitHub would open alerts for them',
  'setting.template': 'for the format template: @file, the text itself, or a built-in name (list, mail, chat)',
  'setting.asff-account': 'for the format asff: the AWS account; AWS_ACCOUNT_ID by default',
  'setting.asff-region': 'for the format asff: the AWS region; AWS_REGION or AWS_DEFAULT_REGION by default',
  'setting.asff-product': "for the format asff: the ARN of a product integration; the account's default product by default",
} as const;
