import type { ErrorText } from './error-text.ts';

/** The errors of reports that are kept, and of what they are made into. */
export const reportErrorsEn = {
  'stored-report-unreadable': { what: 'The report {path} cannot be read: {detail}.', next: 'Check the path and its permissions.' },
  'stored-report-malformed': {
    what: '{path} is no JSON report of plimsoll: at {at} it is not as it should be ({expected}).',
    next: 'Give a file that plimsoll scan -f json=FILE or plimsoll assess wrote, whole and unchanged.',
  },
  'stored-report-version': {
    what: '{path} is a report of schema version {version}; this plimsoll reads version 1.',
    next: 'Read it with a newer plimsoll, or make the report again with this one.',
  },
  'assess-format': {
    what: 'assess writes every form at once into a folder, and takes no format.',
    next: 'Name the folder with --output (plimsoll-report by default). For one form alone: plimsoll convert plimsoll-report/latest/report.json -f {format}',
  },
  'asff-account-missing': {
    what: 'The format asff needs the AWS account and region that findings belong to: {missing} is not set.',
    next: 'Give --asff-account and --asff-region, or set AWS_ACCOUNT_ID and AWS_REGION, or asff.account-id and asff.region in plimsoll.yaml.',
  },
  'asff-account-invalid': {
    what: "'{value}' is no {what} for the format asff.",
    next: 'An account has twelve digits, a region is like eu-central-1, and a product is arn:aws:securityhub:REGION:ACCOUNT:product/NAME/NAME.',
  },
  'template-malformed': {
    what: '{name}, line {line}: {detail}.',
    next: 'Mend the template; docs/reports.md describes the language, with examples.',
  },
  'template-go': {
    what: '{name} is a template of Go, as Trivy has them; plimsoll reads templates in the manner of Handlebars.',
    next: 'Write it anew, `{{#each issues}}` for `{{ range .Results }}`: docs/reports.md, "Templates", has the names; or use a format (html, junit, gitlab, gitlab-codequality, asff, csv).',
  },
  'template-unused': {
    what: 'The template {template} would not be used: no format is template.',
    next: 'Add -f template, or leave --template out.',
  },
  'template-limit': {
    what: '{name} is not finished after {limit}.',
    next: 'Look for partials that use themselves, and for loops within loops.',
  },
  'template-missing': {
    what: 'The template {name} cannot be read: {detail}.',
    next: 'Give a file (@mail.html.hbs) or one of the built-in names: {choices}.',
  },
} as const satisfies Record<string, ErrorText>;
