import type { CheckSentences } from './types.ts';

/** Users, secrets, rights, ports. */
export const dockerfileSafetyEn = {
  'dockerfile/undefined-variable': {
    title: 'A variable that nothing sets',
    message: 'The variable {name} is not set here.',
    why: 'It is replaced by nothing, so that a path or a value is another one than was meant.',
    remedy: 'Declare it by ARG or ENV in this stage, or mend the name. An ARG before the first FROM has to be repeated in the stage.',
  },
  'dockerfile/secret-in-variable': {
    title: 'A secret in ENV or ARG',
    message: '{instruction} {name} is named like a secret.',
    why: 'Variables are in the image and build arguments in its history, for everybody who may pull it.',
    remedy: 'Hand it to the step by `RUN --mount=type=secret`, and to the container when it starts. Replace it if it was published.',
  },
  'dockerfile/secret-value': {
    title: 'A secret in the Dockerfile',
    message: 'This line holds a secret of {service}.',
    why: 'It is in the repository and in the history of the image, for everybody who may read either.',
    remedy: 'Replace it at once, and hand the new one in by `RUN --mount=type=secret`.',
  },
  'dockerfile/login-in-variable': {
    title: 'A login name in ENV or ARG',
    message: '{instruction} {name} tells who logs in.',
    why: 'It is half of what is needed to get in, and the same in every container.',
    remedy: 'Give it to the container when it starts.',
  },
  'dockerfile/secret-argument-kept': {
    title: 'A secret argument stays as a variable',
    message: 'The build argument {argument} becomes the variable {name} of the image.',
    why: 'What was meant for the build only is then in every container, and for everybody to read.',
    remedy: 'Use `RUN --mount=type=secret` where it is needed, and no ENV.',
  },
  'dockerfile/setuid-bit': {
    title: 'A program with the rights of its owner',
    message: 'The mode {mode} sets setuid or setgid.',
    why: 'Whoever starts the program is its owner meanwhile, mostly root: the first thing that attackers look for.',
    remedy: 'Leave the bit off. Where a right is needed, give that one by `setcap`, or start as the right user.',
  },
  'dockerfile/world-writable': {
    title: 'Files that everybody may write',
    message: 'The mode {mode} lets everybody write.',
    why: 'Any program in the container can replace them, also one that was broken into.',
    remedy: 'Give the owner what it needs: `chmod 755`, or 644 for files, with `--chown`.',
  },
  'dockerfile/code-writable-by-user': {
    title: 'The code belongs to the user that runs it',
    message: 'The files belong to {user}, as whom the container runs.',
    why: 'A flaw in the program is enough to change the program.',
    remedy: 'Leave them to root, readable for all; give the user only the folders that it writes to.',
  },
  'dockerfile/secret-file-copied': {
    title: 'A file with secrets is copied',
    message: '{path} is named like a file that holds a key or password.',
    why: 'It is in a layer for everybody who may pull the image, also where a later step removes it.',
    remedy: 'Use `RUN --mount=type=secret` (or `type=ssh`), and list it in .dockerignore. Replace the secret if the image was published.',
  },
  'dockerfile/secret-mount-copied': {
    title: 'A mounted secret is written into the layer',
    message: '{program} copies a secret out of its mount.',
    why: 'The mount keeps it out of the image; the copy puts it in.',
    remedy: 'Use it where it is mounted: `target=`, or `env=`.',
  },
  'dockerfile/remote-login-server': {
    title: 'A server for remote logins',
    message: '{package} lets people log in.',
    why: 'Containers are entered by their runtime; this is one more service to attack, with keys and passwords of its own.',
    remedy: 'Leave it out; use docker exec or kubectl exec.',
  },
  'dockerfile/password-set': {
    title: 'A password in the image',
    message: '{program} sets a password during the build.',
    why: 'It is the same in every container, and stands in the history of the image.',
    remedy: 'Leave accounts locked: nobody has to log in to a container.',
  },
  'dockerfile/passwordless-sudo': {
    title: 'sudo without a password',
    message: 'A rule of sudo asks for no password (NOPASSWD).',
    why: 'The user is root in all but name.',
    remedy: 'Take sudo out; do as root in the build what needs root.',
  },
  'dockerfile/build-tools-shipped': {
    title: 'Tools for building in what is shipped',
    message: 'The last stage installs: {packages}',
    why: 'Compilers, debuggers and network tools are not needed to run, have flaws of their own, and help whoever broke in.',
    remedy: 'Build in another stage and copy the result, or remove them in the same RUN.',
  },
  'dockerfile/package-manager-shipped': {
    title: 'A whole distribution is shipped',
    message: 'The last stage begins with {image}, with package manager and shell.',
    why: 'Most findings of a scan are about what the program never uses.',
    remedy: 'Take a slim or distroless image for the last stage, and copy the program into it.',
  },
  'dockerfile/docker-socket-volume': {
    title: 'A volume at a sensitive place',
    message: '{path} is declared as a volume.',
    why: 'Who runs the image is invited to mount there what gives a container power over the host.',
    remedy: 'Take it out of VOLUME.',
  },
  'dockerfile/run-with-host-rights': {
    title: 'A step with rights of the host',
    message: '{option} takes the step out of its sandbox.',
    why: 'A program that was slipped into the build reaches the machine that builds, or its network.',
    remedy: 'Do without it, or build on a machine of its own.',
  },
  'dockerfile/last-user-root': {
    title: 'The last user is root',
    message: 'The stage ends with USER {user}.',
    why: 'Whatever breaks into the application is root in the container, one flaw of the kernel or the runtime away from the host.',
    remedy: 'End with `USER` and the number of an account of its own.',
  },
  'dockerfile/no-user': {
    title: 'No user is set',
    message: 'Nothing says who runs it, so that {image} decides: mostly root.',
    why: 'Whatever breaks into the application is root in the container, one flaw of the kernel or the runtime away from the host.',
    remedy: 'Make an account, and end with `USER` and its number.',
  },
  'dockerfile/user-not-numeric': {
    title: 'A user by name',
    message: 'USER {user} is a name.',
    why: 'Kubernetes cannot tell from a name that it is not root, and refuses it under runAsNonRoot.',
    remedy: 'Write the number: `USER 10001:10001`.',
  },
  'dockerfile/management-port': {
    title: 'A port by which machines are managed',
    message: 'Port {port} ({service}) is exposed.',
    why: 'Containers are entered by their runtime; such a service is one more thing to attack.',
    remedy: 'Take the service and the EXPOSE out.',
  },
  'dockerfile/no-healthcheck': {
    title: 'No health check',
    message: 'No HEALTHCHECK is given.',
    why: 'Docker and Compose leave a container that hangs as it is. (Kubernetes has probes of its own and does not look at it.)',
    remedy: 'Add a HEALTHCHECK that asks the program itself.',
  },
  'dockerfile/healthcheck-none': {
    title: 'The health check is switched off',
    message: 'HEALTHCHECK NONE takes away the one of the base image.',
    why: 'A container that hangs is not noticed.',
    remedy: 'Give a check that fits, or say why there is none.',
  },
} as const satisfies Readonly<Record<string, CheckSentences>>;
