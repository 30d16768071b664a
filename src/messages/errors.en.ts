/**
 * Every error code with what happened and what to do next. `{name}` is filled from the error's params.
 * Checked in tests: each code is documented in docs/errors.md and each documented code exists.
 */
export const errorsEn = {
  'internal': { what: 'Something went wrong inside plimsoll: {detail}.', next: 'Please report it with the command you ran.' },
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
    next: 'It was left out; the report says so.',
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
  'option-unknown': { what: 'There is no option {option}.', next: 'See all options with: {help}' },
  'option-misspelt': { what: 'There is no option {option}.', next: 'Did you mean {like}?' },
  'option-value-missing': { what: 'The option {option} needs a value.', next: 'See how to use it with: {help}' },
  'command-unknown': { what: 'There is no command {command}.', next: 'See all commands with: {help}' },
  'command-misspelt': { what: 'There is no command {command}.', next: 'Did you mean {like}?' },
  'argument-missing': { what: '{argument} is missing.', next: 'See how to use the command with: {help}' },
  'argument-extra': { what: 'There are more arguments than the command takes.', next: 'See how to use it with: {help}' },
  'shell-unknown': { what: 'There is no completion for the shell {shell}.', next: 'Choose one of {choices}.' },
  'scanner-later': {
    what: 'The scanner {scanner} is not in this version yet.',
    next: 'Leave it out: --scanners vuln looks for known vulnerabilities.',
  },
  'format-unknown': { what: 'There is no report format {format}.', next: 'Choose one of {choices}.' },
  'format-several-to-one': {
    what: 'Several reports would be written to {where}.',
    next: 'Give each but one a file of its own: -f json=report.json -f table',
  },
  'output-unwritable': { what: 'The report could not be written to {path}: {detail}.', next: 'Check the folder and its permissions.' },
  'database-stale': {
    what: 'The advisory data is {age} days old, more than the {limit} allowed (oldest needed feed: {feed}).',
    next: 'Update the database with plimsoll db update, or allow older data with --max-db-age or --stale-db warn.',
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
  'database-missing': {
    what: 'There is no advisory database in {path}.',
    next: 'Make one with plimsoll db update, or take one with plimsoll db pull or db import. Without it the starter database is used.',
  },
  'database-damaged': {
    what: 'The advisory database cannot be trusted: {path}: {detail}.',
    next: 'It is half-written, damaged or changed. Delete it and make it again: plimsoll db update.',
  },
  'database-incomplete': {
    what: 'The advisory database in {path} lacks parts that are needed: {parts}.',
    next: 'Bring all of it here with plimsoll db pull or db import, or let the scan fetch what it needs: set database.source, without --offline and --update never.',
  },
  'database-newer': {
    what: 'The advisory database in {path} has format {version}, which this plimsoll does not know.',
    next: 'Update plimsoll, or make the database again with this one: plimsoll db update.',
  },
  'database-artifact-invalid': {
    what: 'What {source} offers is not a database that can be trusted: {reason}.',
    next: 'Check the reference, or take it from another source. The database that was there before is unchanged.',
  },
  'database-source-missing': {
    what: 'Nobody said where the database is to come from.',
    next: 'Give a reference (plimsoll db pull registry.example/plimsoll-db), or set database.source.',
  },
  'database-sources-failed': {
    what: 'None of the sources gave a database: {sources}.',
    next: 'The database that was there before is unchanged. Pull from one of them alone to see what is wrong with it.',
  },
  'database-source-invalid': {
    what: '{source} cannot be a source of databases: {reason}.',
    next: 'Give a registry reference, an https: address with a slash at its end, or a folder.',
  },
  'database-source-older': {
    what: '{source} has an older database ({date}) than this machine ({before}), and parts of it are needed.',
    next: 'Wait until it is up to date, name another source, or take the older one with plimsoll db pull.',
  },
  'database-not-redistributable': {
    what: 'The database holds feeds that may not be passed on: {feeds}.',
    next: 'Build a database without their files, and push that.',
  },
  'database-archive-unwritable': {
    what: 'The archive {path} could not be written: {detail}.',
    next: 'Check the free space, the folder and its permissions.',
  },
  'database-no-feeds': {
    what: 'No file in {folder} belongs to a feed that plimsoll reads.',
    next: 'docs/feeds.md lists the feeds and how their files are named.',
  },
  'database-unwritable': {
    what: 'The database cannot be written to {path}: {detail}.',
    next: 'Make room there, or name a folder that can be written with --db or --cache-dir.',
  },
  'database-input': {
    what: 'The advisory data in {path} cannot be read: {detail}.',
    next: 'Fetch that file again; the database that was there before is unchanged.',
  },
  'feed-name-unsafe': {
    what: '{upstream} names a file that cannot be mirrored, {name}: {reason}.',
    next: 'Its index is damaged or hostile; what was mirrored before is unchanged. Check the address of this upstream.',
  },
  'feed-address-refused': {
    what: '{upstream} names an address that is not followed, {address}: {reason}.',
    next: 'Its index is damaged or hostile; what was mirrored before is unchanged. Check the address of this upstream.',
  },
  'feed-url-invalid': {
    what: '{url} is not an address that {upstream} can be fetched from.',
    next: 'Give one that begins with https:, http: or file: and has no query.',
  },
  'feed-missing': {
    what: '{upstream} has no {file}.',
    next: 'Check the address of this upstream: it must have the same layout as the original.',
  },
  'feed-malformed': {
    what: '{file} of {upstream} is not what it should be: {detail}.',
    next: 'What was mirrored before is unchanged. Try again later; if it stays so, check the address, or report it.',
  },
  'nvd-refused': {
    what: 'The NVD refuses to answer (status {status}).',
    next: 'Status 404 means that it does not know the key in PLIMSOLL_NVD_API_KEY. Otherwise too much was asked from this address: try again in some minutes, it goes on where it ended; a free key of the NVD allows ten times as much.',
  },
  'feed-mirror-unwritable': {
    what: 'The feeds cannot be written to {path}: {detail}.',
    next: 'Make room there, or name a folder that can be written with --cache-dir.',
  },
  'update-running': {
    what: 'Another plimsoll db update (process {pid}) is at work on the same cache.',
    next: 'Wait until it is done. If none is running, delete {path}.',
  },
  'update-failed': {
    what: 'No upstream could be updated: {failures}.',
    next: 'What was mirrored before and the database are unchanged. Check the network, the proxy settings and the addresses (plimsoll db update --list).',
  },
  'update-useless': {
    what: 'Nothing that says which packages are affected was fetched yet, only {upstreams}.',
    next: 'Run plimsoll db update without names first. The database that was there before is unchanged.',
  },
  'upstream-unknown': {
    what: 'There is no upstream {name}.',
    next: 'Choose among {known}; plimsoll db update --list tells what each is.',
  },
  'setting-feeds': {
    what: '{where}: {value} says nothing about a feed.',
    next: 'Write upstream=address, or upstream=on or off; in a file, url and enabled below the name of the upstream.',
  },
  'key-unusable': {
    what: 'The key in {path} cannot be used: {detail}.',
    next: 'Give a readable PEM file without password: Ed25519, ECDSA, or RSA of at least 2048 bits.',
  },
  'shared-cache-untrusting': {
    what: 'No key says whose entries of the shared cache {address} are believed.',
    next: 'Give the public keys of its writers with --shared-cache-trust, or your own key with --shared-cache-sign.',
  },
  'shared-cache-address': {
    what: 'The shared cache {address} is neither a repository nor an https address.',
    next: 'Write it as registry/repository or https://host/path/.',
  },
  'sbom-malformed': {
    what: '{path} is not JSON: {detail}.',
    next: 'Make the SBOM again; CycloneDX and SPDX are read as JSON.',
  },
  'sbom-unsupported': {
    what: '{path} is not an SBOM that plimsoll reads ({form}).',
    next: 'Give CycloneDX 1.2 to 1.6 or SPDX 2.2 or 2.3, as JSON.',
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

export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

export type ErrorCode = keyof typeof errorsEn;
