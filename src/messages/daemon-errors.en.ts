import type { ErrorText } from './error-text.ts';

/** The errors of local daemons: Docker, Podman, containerd. */
export const daemonErrorsEn = {
  'daemon-missing': {
    what: 'No {daemon} answers at {address}.',
    next: 'Start it, or say in {variable} where its socket is; docker save IMAGE | plimsoll scan - reads an image without it.',
  },
  'daemon-denied': {
    what: 'This user may not use the socket of {daemon} ({address}).',
    next: 'Run as a user that may (for Docker, one of the group docker; else root), or give plimsoll what docker save or podman save writes.',
  },
  'daemon-image-unknown': {
    what: '{daemon} at {address} has no image {image}.',
    next: 'Check the name in its list of images (docker images, podman images), or scan it from its registry as registry:NAME.',
  },
  'daemon-refused': {
    what: '{daemon} at {address} refused with status {status}: {detail}.',
    next: 'Its log says more; docker save IMAGE or podman save IMAGE shows whether it can give the image away at all.',
  },
  'daemon-protocol': {
    what: 'What answers at {address} does not speak the protocol of {daemon}: {detail}.',
    next: 'Check the address and the log of the daemon, then try again.',
  },
  'daemon-address': {
    what: 'The address {address} ({source}) cannot be used: {reason}.',
    next: 'Name a socket as unix:///path/to/socket, or for Docker and Podman a host as tcp://host:port.',
  },
  'daemon-ssh': {
    what: 'The address {address} ({source}) needs ssh, which plimsoll does not start.',
    next: 'Forward the socket (ssh -L /tmp/docker.sock:/var/run/docker.sock HOST) and name it as unix:///tmp/docker.sock, or run ssh HOST docker save IMAGE | plimsoll scan -.',
  },
  'daemon-context': {
    what: 'The Docker context {name} cannot be used: {path}: {reason}.',
    next: 'See docker context ls; choose another with docker context use or DOCKER_CONTEXT, or set DOCKER_HOST.',
  },
  'containerd-image-unknown': {
    what: 'containerd at {address} has no image {image} in its namespace {namespace}.',
    next: 'List what it has with ctr -n {namespace} images list; another namespace is named by CONTAINERD_NAMESPACE (Kubernetes uses k8s.io).',
  },
  'containerd-other-namespace': {
    what: 'containerd has {image} in its namespace {other}, not in {namespace}.',
    next: 'Set CONTAINERD_NAMESPACE={other}.',
  },
  'containerd-blob-missing': {
    what: 'containerd no longer keeps {digest} in its namespace {namespace}.',
    next: 'It drops packed layers where discard_unpacked_layers is set, and never fetched those of other platforms; scan the image from its registry.',
  },
} as const satisfies Record<string, ErrorText>;
