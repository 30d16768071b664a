import { daemonErrorsEn } from './daemon-errors.en.ts';
import { dataErrorsEn } from './data-errors.en.ts';
import type { ErrorText } from './error-text.ts';
import { reportErrorsEn } from './report-errors.en.ts';
import { secretErrorsEn } from './secret-errors.en.ts';
import { standingErrorsEn } from './standing.en.ts';

/**
 * Every error code with what happened and what to do next. `{name}` is filled from the error's params.
 * Checked in tests: each code is documented in docs/errors.md and each documented code exists.
 */
export const errorsEn = {
  ...daemonErrorsEn,
  ...dataErrorsEn,
  ...secretErrorsEn,
  ...reportErrorsEn,
  ...standingErrorsEn,
  'internal': { what: 'Something went wrong inside plimsoll: {detail}.', next: 'Please report it with the command you ran.' },
  'system-failed': {
    what: 'The system refused {path}: {detail}.',
    next: 'Check the path, its permissions and the free space. If nothing is wrong with them, please report it with the command you ran.',
  },
  'usage': { what: '{detail}.', next: 'See plimsoll --help.' },
  'offline': { what: 'Offline: {what} would need the network.', next: 'Run without --offline, or give a local target and database.' },
  'digest-mismatch': {
    what: 'The bytes of {what} do not have the digest {expected} (they have {actual}).',
    next: 'The content was damaged or changed on the way; fetch it again from a source you trust.',
  },
  'size-mismatch': {
    what: '{what} is {actual} bytes long, {expected} were announced.',
    next: 'The content was damaged or changed on the way; fetch it again from a source you trust.',
  },
  'file-too-large': {
    what: '{what} is larger than the {limit} bytes that plimsoll reads of it.',
    next: 'Nothing of it was read. Give a smaller one, or leave it out.',
  },
  'file-malformed': { what: '{what} is malformed: {detail}.', next: 'It was left out; the report says so.' },
  'file-unsupported': { what: '{what} cannot be read: {detail}.', next: 'It was left out; the report says so.' },
  'file-encrypted': { what: '{what} is encrypted.', next: 'Plimsoll does not ask for passwords; it was left out and the report says so.' },
  'network-failed': {
    what: 'Could not talk to {host}: {detail}.',
    next: 'Check the name, the network and the proxy settings, then try again.',
  },
  'network-timeout': {
    what: '{host} sent nothing for {seconds} seconds.',
    next: 'Try again; if it stays so, check the network or raise the time-out.',
  },
  'tls-failed': {
    what: 'The TLS certificate of {host} was not accepted: {detail}.',
    next: 'If the host uses a private certificate authority, give its certificate with --ca-file; otherwise ask who runs the host.',
  },
  'tls-expected-plain': {
    what: '{host} does not speak TLS; it seems to serve plain http.',
    next: 'Use the https port, or allow plain http for this host with --plain-http.',
  },
  'too-many-redirects': {
    what: '{host} redirected more than {limit} times.',
    next: 'The server is misconfigured; ask who runs it.',
  },
  'redirect-invalid': {
    what: '{host} redirected to an address that cannot be followed: {location}.',
    next: 'The server is misconfigured; ask who runs it.',
  },
  'response-too-large': {
    what: 'The answer of {host} is longer than {limit} bytes.',
    next: 'The server is misconfigured or hostile; check the address.',
  },
  'http-status': {
    what: '{host} answered {status} to {method} {url}.',
    next: 'Check the address; if it is right, ask who runs the server.',
  },
  'reference-invalid': {
    what: '{reference} is not an image reference: {reason}.',
    next: 'Write it as [registry/]repository[:tag][@digest], for example alpine:3.20.',
  },
  'platform-invalid': {
    what: '{platform} is not a platform.',
    next: 'Write it as os/architecture[/variant], for example linux/arm64/v8.',
  },
  'platform-missing': {
    what: '{image} has no image for the platform {wanted}; it has {available}.',
    next: 'Choose one of them with --platform.',
  },
  'target-missing': {
    what: 'There is no file or folder {path}.',
    next: 'Check the path.',
  },
  'target-nowhere': {
    what: 'There is no file or folder {path} here, and taken for the name of an image it was not to be had from {host}: {detail}.',
    next: 'Check the spelling; where an image is meant, check its name, the credentials, the network and the proxy settings, then try again.',
  },
  'target-neither': {
    what: 'There is no file or folder {path} here, and it is not the name of an image either: {reason}.',
    next: 'Check the path, or write the image as [registry/]repository[:tag][@digest], for example alpine:3.20.',
  },
  'target-unrecognised': {
    what: '{path} is no image archive, no image layout, no tar of a root file system and no SBOM.',
    next: 'Check the file, or say what it is with a prefix: oci:, oci-archive:, docker-archive:, rootfs:, dir: or sbom:.',
  },
  'target-unreadable': {
    what: '{path} could not be read: {detail}.',
    next: 'Check its permissions.',
  },
  'manifest-invalid': {
    what: '{what} is not valid: {reason}.',
    next: 'The image is damaged or was made by a faulty tool; build or fetch it again.',
  },
  'manifest-too-large': {
    what: '{what} is larger than {limit} bytes.',
    next: 'Registries refuse such manifests too; build the image again.',
  },
  'manifest-unsupported': {
    what: '{what} has the media type {mediaType}, which plimsoll does not read.',
    next: 'Push or save the image again with a current tool (OCI or Docker schema 2).',
  },
  'not-an-image': {
    what: '{what} is an artifact of type {mediaType}, not a container image.',
    next: 'Name the image itself; for a multi-purpose repository check the tag.',
  },
  'blob-missing': {
    what: '{source} does not contain {digest}.',
    next: 'The image is incomplete; copy or save it again with all its layers.',
  },
  'layer-foreign': {
    what: 'The layer {digest} is not distributed with the image ({mediaType}).',
    next: 'Images with foreign layers cannot be scanned completely; rebuild the image with the layer pushed.',
  },
  'layout-invalid': {
    what: '{path} is not an OCI image layout: {reason}.',
    next: 'Copy the image again into a layout, for example with skopeo copy.',
  },
  'image-ambiguous': {
    what: '{path} contains several images: {choices}.',
    next: 'Choose one by adding :<tag> or @<digest> to the path.',
  },
  'image-unmatched': {
    what: '{path} contains no image {selector}; it has {choices}.',
    next: 'Choose one of those.',
  },
  'archive-invalid': {
    what: '{path} is not a readable image archive: {reason}.',
    next: 'Save the image again; if the file was downloaded, it may be cut short.',
  },
  'archive-too-large': {
    what: '{path} unpacks to more than {limit} bytes.',
    next: 'The archive may be a decompression bomb; if it is yours, unpack it and scan the folder.',
  },
  'registry-unauthorized': {
    what: 'The registry {registry} wants credentials for {repository} (scope {scope}), and none were found.',
    next: 'Log in with docker login or podman login, or set PLIMSOLL_REGISTRY_USERNAME and PLIMSOLL_REGISTRY_PASSWORD. If the image is public, check its name.',
  },
  'registry-credentials-refused': {
    what: 'The registry {registry} refused the credentials from {origin} for {repository} (scope {scope}).',
    next: 'Log in again; the password or token may be wrong or expired.',
  },
  'registry-forbidden': {
    what: 'The registry {registry} does not let {who} do this on {repository} (scope {scope}).',
    next: 'Ask who runs the registry for access, or use another account. If the image is public, check its name.',
  },
  'registry-repository-unknown': {
    what: 'The registry {registry} has no repository {repository}, or hides it from {who}.',
    next: 'Check the name; a private repository needs credentials.',
  },
  'registry-manifest-unknown': {
    what: 'The repository {repository} on {registry} has no image {reference}.',
    next: 'Check the tag or digest.',
  },
  'registry-blob-unknown': {
    what: 'The repository {repository} on {registry} does not have the blob {digest} that its manifest names.',
    next: 'The image is incomplete on the registry; push it again.',
  },
  'registry-rate-limited': {
    what: 'The registry {registry} limits how much may be pulled ({detail}).',
    next: 'Wait and try again, log in for a higher limit, or use a mirror.',
  },
  'registry-failed': {
    what: 'The registry {registry} answered {status} for {repository}: {detail}.',
    next: 'Try again later, or ask who runs the registry.',
  },
  'registry-protocol': {
    what: '{registry} does not behave like a container registry: {detail}.',
    next: "Check the registry's name and port.",
  },
  'credentials-unreadable': {
    what: 'The credentials file {path} cannot be used: {detail}.',
    next: 'Repair or remove it, or log in again.',
  },
  'credential-helper-failed': {
    what: 'The credential helper {helper} failed for {registry}: {detail}.',
    next: 'Run it by hand to see why, or log in again without it.',
  },
  'tar-malformed': {
    what: '{what} is not a valid tar archive: header at byte {offset}: {detail}.',
    next: 'Nothing can unpack it reliably; build or fetch it again.',
  },
  'tar-truncated': {
    what: '{what} ends in the middle of an entry, after {offset} bytes.',
    next: 'It was cut off; build or fetch it again.',
  },
  'tar-limit': {
    what: '{what} was refused: more than {limit} {unit}.',
    next: 'No ordinary image needs as much; if you trust it, raise the limit.',
  },
  'decompression-failed': {
    what: '{what} cannot be decompressed as {format}: {detail}.',
    next: 'It was damaged or cut off; build or fetch it again.',
  },
  'decompression-bomb': {
    what: '{what} was refused: {input} bytes expand to more than {output}.',
    next: 'This is how a decompression bomb looks; if you trust it, raise the limit.',
  },
  'compression-unsupported': {
    what: '{what} is compressed with {format}, which plimsoll does not read.',
    next: 'Build the image with gzip, zstd or no compression.',
  },
  'aborted': { what: 'The scan was stopped before it was done.', next: 'Run it again.' },
  'setting-choice': {
    what: "{where}: '{value}' is not one of {choices}.",
    next: 'Give one of those (some settings take several, separated by commas).',
  },
  'setting-days': { what: "{where}: '{value}' is not a number of days.", next: 'Give a number such as 7 or 0.5.' },
  'setting-percent': { what: "{where}: '{value}' is not a number from 0 to 100.", next: 'Give a number such as 70.' },
  'setting-weights': {
    what: "{where}: '{value}' does not say what findings cost.",
    next: 'Give points by severity, such as critical=20,high=10,medium=5, and for other kinds secret.critical=20, misconfiguration.high=5 or end-of-life.high=10.',
  },
  'setting-bytes': { what: "{where}: '{value}' is not a size.", next: 'Give a size such as 500MB or 2GB.' },
  'setting-switch': { what: "{where}: '{value}' is neither true nor false.", next: 'Give true or false.' },
  'date-invalid': {
    what: "{where}: '{value}' is no date, or lies in the future.",
    next: 'Give a date of the past such as 2026-11-01T00:00:00Z or 2026-11-01.',
  },
  'setting-text': { what: "{where}: '{value}' is not usable here.", next: 'Give a text that is not empty; in a file, put it in quotes.' },
  'setting-unknown': { what: '{where}: there is no setting {key}.', next: 'The keys are {keys}.' },
  'setting-misspelt': { what: '{where}: there is no setting {key}.', next: 'Did you mean {like}?' },
  'variable-misspelt': { what: 'The environment has {variable}, which is no setting.', next: 'Did you mean {like}? Otherwise remove it.' },
  'setting-not-in-file': {
    what: '{where}: {key} is not read from a file, because files end up in repositories.',
    next: 'Remove it and set the variable {env} instead.',
  },
  'settings-file-invalid': { what: '{where}: the settings file is not valid: {detail}.', next: 'Correct that line.' },
  'settings-file-unreadable': {
    what: 'The settings file {path} could not be read: {detail}.',
    next: 'Check the path given with --config or PLIMSOLL_CONFIG.',
  },
  'setting-file-missing': { what: '{where}: there is no file {path}.', next: 'Check the path, or leave it out where it is not needed.' },
  'output-unused': {
    what: 'Nothing would be written to {file}: every format has a file of its own ({formats}).',
    next: 'Leave --output out, or leave the file of one format out: -f json -o report.json.',
  },
  'compare-every-platform': {
    what: 'compare holds one platform of an image against one of another, not all of them.',
    next: 'Name one, as --platform linux/amd64; what is new on every platform tells: plimsoll scan --platform all {target} --baseline {to}',
  },
  'option-unknown': { what: 'There is no option {option}.', next: 'See all options with: {help}' },
  'option-misspelt': { what: 'There is no option {option}.', next: 'Did you mean {like}?' },
  'option-value-missing': { what: 'The option {option} needs a value.', next: 'See how to use it with: {help}' },
  'command-unknown': { what: 'There is no command {command}.', next: 'See all commands with: {help}' },
  'command-misspelt': { what: 'There is no command {command}.', next: 'Did you mean {like}?' },
  'argument-missing': { what: '{argument} is missing.', next: 'See how to use the command with: {help}' },
  'argument-extra': { what: 'There are more arguments than the command takes.', next: 'See how to use it with: {help}' },
  'shell-unknown': { what: 'There is no completion for the shell {shell}.', next: 'Choose one of {choices}.' },
  'base-not-image': {
    what: '{target} is no image, and only images are bases.',
    next: 'Name an image of a registry, a daemon, a layout or an archive.',
  },
  'base-unknown': { what: '{name} is not in the index of base images.', next: 'See what is in it with: plimsoll base index list' },
  'candidates-malformed': {
    what: '--candidates: {value} is not a number from 0 to {most}.',
    next: 'Give how many base images to scan, as 5.',
  },
  'lint-unreadable': { what: '{path} cannot be read: {detail}.', next: 'Check the path and its permissions.' },
  'lint-rules-invalid': { what: '{where} is no file of rules: {detail}.', next: 'See docs/lint.md for how rules are written.' },
  'lint-kind-unknown': {
    what: 'Nothing tells what kind of file this is: {path}.',
    next: 'Say it with --kind dockerfile, kubernetes, compose or run.',
  },
  'harden-no-image': {
    what: 'There are no layers to read in {target}.',
    next: 'Name an image, an archive of one, or a manifest of Kubernetes (a file that ends in .yaml).',
  },
  'harden-no-pods': {
    what: '{path} holds no pod, or is not valid YAML.',
    next: 'Name a manifest with a Pod, Deployment, StatefulSet, DaemonSet, Job or CronJob; plimsoll lint shows where the text is wrong.',
  },
  'harden-user-malformed': { what: '{user} is no user.', next: 'Give numbers: --user 10001 or --user 10001:10001' },
  'lint-rule-unknown': { what: 'There is no rule {rule}.', next: 'See all rules with: plimsoll lint --list-rules' },
  'lint-rule-misspelt': { what: 'There is no rule {rule}.', next: 'Did you mean {like}?' },
  'scanner-later': {
    what: 'The scanner {scanner} is not in this version yet.',
    next: 'Leave it out: --scanners vuln looks for known vulnerabilities.',
  },
  'format-unknown': { what: 'There is no report format {format}.', next: 'Choose one of {choices}.' },
  'format-version-unknown': { what: 'There is no such version of a report format: {format}.', next: 'Choose one of {choices}.' },
  'format-several-to-one': {
    what: 'Several reports would be written to {where}.',
    next: 'Give each but one a file of its own: -f json=report.json -f table. --output names the file of a single report.',
  },
  'output-unwritable': {
    what: 'The report could not be written to {path}: {detail}.',
    next: 'Check the folder, its permissions and the free space.',
  },
  'target-not-folder': {
    what: '{path} is not a folder.',
    next: 'Give the folder that holds it, or another prefix.',
  },
  'target-not-file': {
    what: '{path} is a folder, not an archive.',
    next: 'Use oci: for an image layout, rootfs: for an unpacked root file system.',
  },
  'temp-failed': {
    what: 'A temporary file below {path} cannot be used: {detail}.',
    next: 'Make room there, or point TMPDIR to a folder that can be written.',
  },
  'setting-feeds': {
    what: '{where}: {value} says nothing about a feed.',
    next: 'Write upstream=address, or upstream=on or off; in a file, url and enabled below the name of the upstream.',
  },
  'alias-option': {
    what: '{option} of {tool} is not understood here.',
    next: 'See what is: {help}. Options of plimsoll itself may be given too.',
  },
  'alias-command': { what: '{command} of {tool} is not understood here.', next: 'These are: {known}.' },
  'alias-repository': { what: '{address} is the address of a repository, and none is fetched.', next: 'Clone it, and name the folder.' },
  'sarif-unreadable': { what: '{path} cannot be read: {detail}.', next: 'Check the path and its permissions.' },
  'sarif-malformed': {
    what: '{path} is not SARIF: {detail}.',
    next: 'Have the tool write SARIF 2.1.0 (a JSON file with "version" and "runs") and name that file.',
  },
  'sarif-unsupported': {
    what: '{path} cannot be taken in: {detail}.',
    next: 'SARIF 2.1.0 in one file is read. Have the tool write that, or a part of its findings.',
  },
  'sbom-malformed': {
    what: '{path} is not well-formed: {detail}.',
    next: 'Make the SBOM again: CycloneDX as JSON or XML, SPDX as JSON or tag-value.',
  },
  'sbom-unsupported': {
    what: '{path} is not an SBOM that plimsoll reads ({form}).',
    next: 'Give CycloneDX 1.2 to 1.7 as JSON or XML, SPDX 2.2 or 2.3 as JSON or tag-value, or SPDX 3.0 as JSON-LD.',
  },
  'sbom-too-large': {
    what: '{path} is larger than {limit} bytes.',
    next: 'No SBOM is as large; check the file.',
  },
  'ca-file-unusable': {
    what: 'The certificates in {path} cannot be used: {detail}.',
    next: 'Give a readable PEM file with one or more certificates.',
  },
  'client-cert-unusable': {
    what: 'The client certificate cannot be used: {detail}.',
    next: 'Give a certificate with --client-cert and its key without a passphrase with --client-key, both as PEM files.',
  },
  'tls-client-certificate': {
    what: '{host} wants a client certificate, or another one than it was shown.',
    next: 'Give the one it knows with --client-cert and --client-key.',
  },
  'setting-mirror': {
    what: "{where}: '{value}' is no mirror.",
    next: 'Write <registry[/path]>=<registry[/path]>, for example docker.io=mirror.example.com/hub.',
  },
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof errorsEn;
