/** Sentences about single findings, for reports that say more than a row of a table. To be imported on demand. */
export const findingsEn = {
  'vulnerability.title': '{id} in {package}',
  'vulnerability.message': '{package} {version} is affected by {id} ({severity}).',
  'vulnerability.undecided':
    'Whether {package} {version} is affected by {id} could not be decided ({severity}); it is not counted as safe.',
  'vulnerability.not-applicable': '{package} {version} is affected by {id} by the letter, which is of no consequence here: {reason}.',
  'vulnerability.about': 'A publicly known vulnerability. Advisories: {advisories}.',
  'vulnerability.exploited': 'It is known to be exploited (CISA catalogue, since {date}).',
  'vulnerability.likely': 'Probability of exploitation within 30 days: {percent}% (EPSS of {date}).',
  'malware.title': '{id}: malicious package {package}',
  'malware.message': '{package} {version} is known to be malicious ({id}).',
  'malware.about': 'The package was published to do harm. Whatever it could reach has to be taken for compromised.',
  'malware.remedy': 'Remove the package, rebuild the image, and replace every secret that it could reach.',
  'end-of-life.title': 'End of life: {package} {version}',
  'end-of-life.message': '{package} {version} gets no security updates any more.',
  'end-of-life.about': 'What is found in it from now on is not fixed, and may not be reported as a vulnerability either.',
  'end-of-life.remedy': 'Rebuild the image on a release that is still maintained.',
  'fix.update': 'Update {package} to {versions}.',
  'fix.affected': 'No version that fixes it is known yet.',
  'fix.will-not-fix': 'The vendor will not fix it.',
  'fix.fix-deferred': 'The vendor has put off the fix.',
  'fix.end-of-life': 'There will be no fix: the release is at its end of life.',
  'fix.under-investigation': 'The vendor is still looking into it.',
  'fix.fixed': 'Update {package}.',
  'secret.message': '{title}: {masked}',
  'secret.hidden': '{title}, deleted or replaced by an upper layer and still in the lower one: {masked}',
  'secret.about':
    'Whoever can pull the image can read it. Deleting it in a later instruction does not take it out of the layer that brought it.',
  'help.severity': 'Severity',
  'help.package': 'Package',
  'help.installed': 'Installed',
  'help.fixed': 'Fixed in',
  'help.references': 'References',
  'help.aliases': 'Also known as',
  'help.benchmarks': 'Benchmarks',
  'help.why': 'Why it matters',
  'help.remedy': 'What to do',
  'sarif.too-many-runs':
    'Platforms found: {count}. Code scanning takes no more than 20 in one file: {left} with the mildest findings are left out. Scan those by name (--platform os/architecture) into files of their own.',
  'sarif.not-counted':
    '{count} findings that are not counted (accepted, known to a baseline, of no consequence) are left out. The JSON report has all of them; --sarif-suppressed writes them with their suppressions.',
  'sarif.truncated':
    '{left} of {count} findings are left out, the least severe ones: consumers of SARIF take no more. The JSON report has all of them.',
  'sarif.root': 'Root of the file system of {target}',
} as const;

export type FindingsKey = keyof typeof findingsEn;
