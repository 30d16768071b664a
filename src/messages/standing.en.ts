import type { ErrorText } from './error-text.ts';

/** The errors of exceptions and baselines. */
export const standingErrorsEn = {
  'exceptions-unreadable': {
    what: 'The file of exceptions {path} cannot be read: {detail}.',
    next: 'Check the path and its permissions.',
  },
  'exceptions-syntax': {
    what: '{where}: this is not sound YAML: {detail}.',
    next: 'Mend the line; nothing of the file is used until then. docs/exceptions.md shows what exceptions look like.',
  },
  'exceptions-value': {
    what: '{where}: {key} cannot be {value}.',
    next: 'Write it as {expected}; nothing of the file is used until then. docs/exceptions.md shows what exceptions look like.',
  },
  'exceptions-unknown-key': {
    what: "{where}: an exception has no '{key}'.",
    next: 'These are known: {keys}. A key that means nothing would make the exception wider than you meant.',
  },
  'exceptions-missing': {
    what: '{where}: the exception has no {key}.',
    next: 'Add it: who reads the report wants to know. What is demanded beside a reason is the setting exceptions.require.',
  },
  'exceptions-empty': {
    what: '{where}: the exception does not say what it is about.',
    next: 'Give at least one of: {keys}.',
  },
  'exceptions-too-long': {
    what: '{where}: the exception lasts until {expires}, longer than the {days} days that the setting exceptions.longest allows.',
    next: 'Let it end on {last} or before, and renew it then if it still holds.',
  },
  'exceptions-exist': {
    what: '{path} is there already.',
    next: 'Write elsewhere with -o <file>, print it with -o -, or replace the file with --force.',
  },
  'exceptions-option': {
    what: 'The exception needs {option}, and nothing was written.',
    next: "Give it on the command line: --reason 'not reachable'. What is demanded beside a reason is the setting exceptions.require.",
  },
  'exceptions-there': {
    what: '{where} has an exception for the same already, with other words: {fields}.',
    next: 'Write the new words into it with --update, or change the line yourself. Nothing was written.',
  },
  'exceptions-foreign-file': {
    what: '{path} is a file of another tool, in another syntax.',
    next: 'Write into a file of ours with --file, or convert this one: plimsoll settings migrate {path}',
  },
  'exceptions-nothing': {
    what: 'Nothing to convert: none of {files} is in {folder}.',
    next: 'Name the files: plimsoll settings migrate .trivyignore trivy.yaml',
  },
  'exceptions-foreign': {
    what: '{path} is no file that can be converted.',
    next: 'Known are .trivyignore, .trivyignore.yaml, trivy.yaml, .grype.yaml and .snyk by their names.',
  },
  'baseline-unreadable': {
    what: 'The baseline {path} cannot be read: {detail}.',
    next: 'Give a report that plimsoll wrote with -f json=<file>, or the name of an image.',
  },
  'baseline-no-platform': {
    what: '{path} has no report of the platform {platform}.',
    next: 'Make it of the same platforms: plimsoll scan --platform all <image> -f json=<file>',
  },
  'new-without-baseline': {
    what: 'The gate asks for what is new, and there is no baseline to tell it by.',
    next: 'Name one with --baseline <report or image>, or let the gate look at everything: --fail-on high',
  },
} as const satisfies Record<string, ErrorText>;

/** What readers of a report must know of them. */
export const standingWarningsEn = {
  'exceptions-expired': 'Exceptions that have ended and suppress nothing any more: {count}: {list}.',
  'exceptions-end-soon': 'Exceptions that end within {days} days: {count}: {list}. What they cover counts again then.',
  'exceptions-unused': 'Exceptions that nothing here needs: {count}: {list}. Delete them, or say with image: whom they are for.',
  'exceptions-partly': 'Findings that exceptions cover in some of their places only, and that count all the same: {count}: {list}.',
  'exceptions-version-undecided':
    'Exceptions whose version range cannot be compared with the version that is here, and that suppress nothing for it: {count}: {list}.',
  'exceptions-base-unknown':
    'Exceptions for layers of the base image, or for all others, while where the base ends is not known, or only guessed: {count}: {list}. They suppress nothing.',
  'exceptions-left-out': 'Parts of ignore files of other tools that cannot be told here and suppress nothing: {count}: {list}.',
  'baseline-filtered':
    'The baseline {spec} was written with a filter that left out {count} findings: those count as new. Write it without --severity, --type and --ignore-unfixed.',
  'baseline-lacks':
    'The baseline {spec} was made without {kinds}: nothing is said of whether what these find is new, and all of it counts.',
  'baseline-other-image':
    'The baseline {spec} is of {name}, which has {shared} of {count} packages in common with this: is it the right file? What it lacks counts as new.',
  'baseline-other-platform':
    'The baseline {spec} is of {platform}, and this is {own}: what only one of the platforms has counts as new or fixed. Write a baseline with --platform all.',
  'baseline-other-key':
    'The hashes of secrets in the baseline {spec} come from another key: all secrets count as new. Share PLIMSOLL_SECRETS_KEY.',
} as const;

/** Words of the command line. */
export const standingCliEn = {
  'migrate.description': "Convert other tools' ignore files and settings: .trivyignore, .trivyignore.yaml, trivy.yaml, .grype.yaml, .snyk",
  'migrate.files': 'the files; those of the working folder where none is named',
  'migrate.output': 'where exceptions go instead of plimsoll.exceptions.yaml; - prints everything',
  'migrate.force': 'replace files that are there',
  'migrate.example.folder': 'what is in the working folder; printed where the output is piped',
  'migrate.example.print': 'see what would be written',
  'migrate.no-reason': 'no reason was given in {file}, line {line}',
  'migrate.left': '{file}:{line}: not carried over: {what}',
  'migrate.nothing': 'Nothing in these files is an exception or a setting here.',
  'migrate.wrote': 'Written: {file}',
  'migrate.next': 'Look it over, then delete {files}: as long as they are there, both count.',
  'exceptions.description': 'Findings that somebody accepted: list, check and write exceptions',
  'exceptions.list.description': 'List exceptions with their state: active, ends soon, expired, unused',
  'exceptions.check.description': 'The same, with exit code 1 where an exception has ended or, with --report, is not needed',
  'exceptions.report': 'a report (-f json): exceptions that none of its findings needs are unused',
  'exceptions.list.example': 'those of the working folder',
  'exceptions.check.example': 'for a nightly job',
  'exceptions.example.report': 'and what is not needed any more',
  'exceptions.none': 'There is no file of exceptions here.',
  'exceptions.left': '{file}:{line}: cannot be told here, and suppresses nothing: {what}',
  'exceptions.column.state': 'STATE',
  'exceptions.column.until': 'UNTIL',
  'exceptions.column.what': 'WHAT',
  'exceptions.column.owner': 'OWNER',
  'exceptions.column.reason': 'REASON',
  'exceptions.column.where': 'WHERE',
  'exceptions.state.active': 'active',
  'exceptions.state.ends-soon': 'ends soon',
  'exceptions.state.expired': 'expired',
  'exceptions.state.unused': 'unused',
  'exceptions.add.description': 'Write an exception into plimsoll.exceptions.yaml',
  'exceptions.add.id': 'a flaw (any of its names) or a rule: CVE-2024-1234, DL3002, aws-access-key-id',
  'exceptions.add.package': 'only in this package: a name or package URL, globs allowed',
  'exceptions.add.version': 'only at these versions of the package: >=1.2 <2',
  'exceptions.add.path': 'only at these paths: usr/lib/**',
  'exceptions.add.layer': 'only in these layers: base, own, a digest, an index',
  'exceptions.add.image': 'only for these images: registry.example/shop/*',
  'exceptions.add.kind': 'only as this kind of finding: {choices}',
  'exceptions.add.reason': 'why it is accepted',
  'exceptions.add.owner': 'who answers for it',
  'exceptions.add.approver': 'who agreed',
  'exceptions.add.ticket': 'where it is tracked',
  'exceptions.add.expires': 'the last day that it counts: 2027-03-31',
  'exceptions.add.file': 'another file than plimsoll.exceptions.yaml',
  'exceptions.add.update': 'where the file has an exception for the same, write reason, owner, day and so on into it',
  'exceptions.add.example': 'until the end of March, in one package',
  'exceptions.added': '{id} is accepted by {file} from now on.',
  'exceptions.same': '{id} is accepted by {where} already. Nothing was written.',
  'exceptions.updated': 'Written into {where}, which accepts {id}: {fields}.',
  'exceptions.added-ended': '{id} was written into {file}, but its day of expiry is past: it suppresses nothing.',
  'exceptions.named': 'Scans read it where it is named: --exceptions {file}',
  'setting.exceptions':
    'files of exceptions instead of those of the working folder (plimsoll.exceptions.yaml, .trivyignore, .trivyignore.yaml, .grype.yaml, .snyk)',
  'setting.without-exceptions': 'read no file of exceptions',
  'setting.exceptions-require': 'what each exception must have beside a reason, as a list: {choices}',
  'setting.exceptions-longest': 'how many days from now an exception may last at most; each then needs a day of expiry',
  'setting.exceptions-warn': 'name exceptions that end within this many days',
  'setting.show-suppressed': 'also list what exceptions keep from counting, with reason, owner and day of expiry',
  'setting.baseline':
    'a report (-f json) or a target like that of scan: each finding is new by change, new by disclosure or unchanged against it, and what is fixed is named',
} as const;

/** Words of reports. */
export const standingTextEn = {
  'exceptions.used': 'Accepted by exceptions and not counted: {count} ({files})',
  'exceptions.file': '{file}: {suppressed}, exceptions at work: {applied} of {rules}',
  'exceptions.file-uncounted': '{file}: {suppressed}',
  'baseline.line': 'Against {spec}: {fresh} new ({change} by change, {disclosure} by disclosure), {unchanged} unchanged, {fixed} fixed',
  'baseline.fixed': 'Fixed: {list}',
  'fixed.gone': '{id} ({what} is gone)',
  'fixed.changed': '{id} ({what} was changed)',
  'fixed.not-stated': '{id} ({what}: no longer stated)',
  'suppressed.title': 'Accepted',
  'column.until': 'UNTIL',
  'column.who': 'OWNER',
  'column.reason': 'REASON',
  'column.rule': 'EXCEPTION',
  'column.what': 'WHAT',
  'by.baseline': 'in the baseline of secrets',
  'by.pragma': 'a comment',
  'by.settings': 'a setting',
  'by.origin': 'the tool that reported it',
  'by.exception': 'an exception',
} as const;
