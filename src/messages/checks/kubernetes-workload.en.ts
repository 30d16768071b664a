import type { CheckSentences } from './types.ts';

/** Containers, images and secrets. */
export const kubernetesWorkloadEn = {
  'kubernetes/memory-limit-missing': {
    title: 'No limit of memory',
    message: 'The container sets no limit of memory.',
    why: 'A leak or an attack takes the memory of the whole node, and other pods are killed.',
    remedy: 'Set `resources.limits.memory`.',
  },
  'kubernetes/memory-request-missing': {
    title: 'No request of memory',
    message: 'The container requests no memory.',
    why: 'The scheduler places it on nodes that have none left, and it is among the first to be killed.',
    remedy: 'Set `resources.requests.memory`.',
  },
  'kubernetes/cpu-limit-missing': {
    title: 'No limit of CPU',
    message: 'The container sets no limit of CPU.',
    why: 'A busy container, a miner for example, takes the time of its neighbours.',
    remedy: 'Set `resources.limits.cpu`, or ignore this rule where requests are held to instead.',
  },
  'kubernetes/cpu-request-missing': {
    title: 'No request of CPU',
    message: 'The container requests no CPU.',
    why: 'Under load it gets next to nothing, and the scheduler does not know what it needs.',
    remedy: 'Set `resources.requests.cpu`.',
  },
  'kubernetes/liveness-probe-missing': {
    title: 'No liveness probe',
    message: 'The container has no liveness probe.',
    why: 'A program that hangs is not started anew.',
    remedy: 'Add a `livenessProbe` that asks the program itself, or ignore this where it ends by itself when it fails.',
  },
  'kubernetes/readiness-probe-missing': {
    title: 'No readiness probe',
    message: 'The container has no readiness probe.',
    why: 'Requests reach it before it can answer them.',
    remedy: 'Add a `readinessProbe`.',
  },
  'kubernetes/writable-root-filesystem': {
    title: 'Writable root file system',
    message: '`readOnlyRootFilesystem` is not true.',
    why: 'An intruder can change programs and leave tools in the container.',
    remedy: 'Set `readOnlyRootFilesystem: true` and mount an `emptyDir` where the program writes; `plimsoll harden` names the places.',
  },
  'kubernetes/run-as-low-user': {
    title: 'User number of the node’s own',
    message: '`runAsUser` is {user}.',
    why: 'Numbers below 10000 may belong to a user of the node, whose files would be in reach after an escape.',
    remedy: 'Use a number of 10000 or above, and give the files of the image to it.',
  },
  'kubernetes/root-group': {
    title: 'Group of root',
    message: '`{field}` holds the group 0.',
    why: 'Files of the image and of volumes that root’s group may write become writable.',
    remedy: 'Use a group other than 0.',
  },
  'kubernetes/service-account-token': {
    title: 'Token of the service account mounted',
    message: 'The pod gets a token of its service account.',
    why: 'Whoever takes over the program asks the API in its name; most programs never do.',
    remedy: 'Set `automountServiceAccountToken: false`.',
  },
  'kubernetes/default-service-account': {
    title: 'Default service account',
    message: 'The pod uses the service account `default`.',
    why: 'Rights given to it hold for every pod of the namespace that names none.',
    remedy: 'Make a service account for this workload and name it in `serviceAccountName`.',
  },
  'kubernetes/shared-processes': {
    title: 'Processes shared in the pod',
    message: '`shareProcessNamespace` is true.',
    why: 'Each container sees processes, environment and files of the others.',
    remedy: 'Remove it unless a side container has to see the others.',
  },
  'kubernetes/ssh-port': {
    title: 'Port of SSH',
    message: 'The container opens port 22.',
    why: 'A login service in a container is one more way in, with keys and users of its own.',
    remedy: 'Remove it; use `kubectl exec` or `kubectl debug`.',
  },
  'kubernetes/apparmor-missing': {
    title: 'No AppArmor profile named',
    message: 'Neither pod nor container names an AppArmor profile.',
    why: 'Where a node has AppArmor the runtime’s profile applies anyway; naming it makes a node without it refuse the pod.',
    remedy: 'Set `appArmorProfile.type: RuntimeDefault`.',
  },
  'kubernetes/image-tag-latest': {
    title: 'Image of whatever is latest',
    message: 'The image `{image}` is named by `latest` or without a tag.',
    why: 'What runs changes without anybody having changed the manifest, and nobody can go back.',
    remedy: 'Name a version, best with its digest.',
  },
  'kubernetes/image-not-pinned': {
    title: 'Image not pinned by digest',
    message: 'The image `{image}` is named by a tag alone.',
    why: 'A tag can be moved to another image.',
    remedy: 'Add the digest: `name:tag@sha256:...`.',
  },
  'kubernetes/image-pull-policy': {
    title: 'A moving tag that is not pulled',
    message: 'The image `{image}` moves, but is not pulled at each start.',
    why: 'Nodes run different images of the same name, and old flaws stay.',
    remedy: 'Set `imagePullPolicy: Always`, or name a version and its digest.',
  },
  'kubernetes/image-digest-doubled': {
    title: '`sha256:` twice',
    message: 'The digest of `{image}` begins with `sha256:` twice.',
    why: 'No runtime can pull it.',
    remedy: 'Write `sha256:` once.',
  },
  'kubernetes/image-digest-malformed': {
    title: 'Not a digest',
    message: 'What follows `@` in `{image}` is no digest.',
    why: 'No runtime can pull it.',
    remedy: 'Write `sha256:` and 64 hexadecimal digits in small letters.',
  },
  'kubernetes/secret-in-env': {
    title: 'Secret in an environment variable',
    message: 'The variable `{name}` holds a secret in plain text.',
    why: 'Whoever reads the manifest, the object or its history has it.',
    remedy: 'Put it into a secret store or a Secret and mount it as a file; change the secret, as it is known now.',
  },
  'kubernetes/env-from-secret': {
    title: 'Secret given as an environment variable',
    message: '`{name}` comes from a Secret as an environment variable.',
    why: 'Variables show up in logs, dumps and child processes.',
    remedy: 'Mount the Secret as a file.',
  },
  'kubernetes/secret-in-config-map': {
    title: 'Secret in a ConfigMap',
    message: '`{name}` of this ConfigMap looks like a secret.',
    why: 'ConfigMaps are readable by more people than Secrets, and are not encrypted.',
    remedy: 'Move it to a Secret or a secret store, and change the secret.',
  },
  'kubernetes/secret-in-manifest': {
    title: 'Secret in a manifest',
    message: 'This manifest carries the value of `{name}`.',
    why: 'Base64 hides nothing: whoever reads the file has the secret.',
    remedy: 'Keep it in a secret store, or encrypt the manifest; change the secret if the file was shared.',
  },
} as const satisfies Readonly<Record<string, CheckSentences>>;
