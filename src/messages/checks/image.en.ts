import type { CheckSentences } from './types.ts';

export const imageChecksEn = {
  'image/root-user': {
    title: 'The image runs as root',
    message: 'The image runs as {user}.',
    why: 'Whatever breaks into the application is root in the container, and one flaw of the kernel or the runtime away from the host.',
    remedy: 'Add an account of its own and `USER` with its number at the end of the Dockerfile.',
  },
  'image/management-port': {
    title: 'A port by which machines are managed',
    message: 'Port {port} ({service}) is exposed.',
    why: 'Containers are entered by their runtime; a server for remote logins is one more thing to attack, with passwords of its own.',
    remedy: 'Take the server and the EXPOSE out; use docker exec or kubectl exec.',
  },
  'image/no-healthcheck': {
    title: 'No health check',
    message: 'The image has no HEALTHCHECK.',
    why: 'Docker and Compose keep a container that hangs. (Kubernetes has probes of its own and ignores this.)',
    remedy: 'Add HEALTHCHECK with a command that asks the application.',
  },
  'image/latest-tag': {
    title: 'The tag latest',
    message: '{name} is tagged latest.',
    why: 'Nobody can tell which image runs, and the same name is another image tomorrow.',
    remedy: 'Use a version, and deploy by digest.',
  },
  'image/secret-in-environment': {
    title: 'A secret in the environment',
    message: 'The variable {name} has a value in the image.',
    why: 'Whoever can pull or inspect the image has it, and it stays in every copy.',
    remedy: 'Hand it in when the container runs, or with RUN --mount=type=secret while it is built; then change the secret.',
  },
  'image/system-volume': {
    title: 'A folder of the system as a volume',
    message: '{path} is declared a volume.',
    why: 'Runs share or keep system files outside of the image, where they get no updates.',
    remedy: "Declare folders of the application's data only.",
  },
  'image/add-instruction': {
    title: 'ADD where COPY would do',
    message: 'The layer was made by: {instruction}',
    why: 'ADD unpacks archives and fetches addresses: what lands in the image depends on more than the build context.',
    remedy: 'Use COPY; for downloads ADD --checksum.',
  },
  'image/old': {
    title: 'An old image',
    message: 'The image was made {days} days ago, on {date}.',
    why: 'It lacks the fixes since then, those that no scanner knows of included.',
    remedy: 'Build it again, on a current base.',
  },
  'image/setuid': {
    title: "A program that runs with somebody else's rights",
    message: '{path} is {bit} (mode {mode}).',
    why: 'A flaw in it turns any user of the container into its owner.',
    remedy: 'Take the bit off (chmod a-s), or run with no-new-privileges.',
  },
  'image/world-writable': {
    title: 'Everybody may write',
    message: '{path} may be written to by everybody (mode {mode}).',
    why: 'A process that was taken over changes what others run or read.',
    remedy: 'Use chmod o-w; for shared folders the sticky bit.',
  },
  'image/empty-password': {
    title: 'An account without a password',
    message: 'The account {name} has an empty password.',
    why: 'Any way to log in, su included, opens it.',
    remedy: 'Lock it: passwd -l, or * in the second field.',
  },
  'image/duplicate-id': {
    title: 'Two accounts with one number',
    message: '{name} has the number {id} of {other}.',
    why: "The kernel knows numbers only: both own each other's files.",
    remedy: 'Give each its own number.',
  },
  'image/second-root': {
    title: 'Another account is root',
    message: '{name} has the number 0.',
    why: 'It is root by another name, with a password of its own.',
    remedy: 'Give it another number, or remove it.',
  },
  'image/remote-login-server': {
    title: 'A server for remote logins',
    message: '{path} is in the image.',
    why: 'Containers are entered by their runtime; the server brings keys, passwords and flaws of its own.',
    remedy: 'Take it out.',
  },
  'image/cache-left': {
    title: 'A cache left behind',
    message: '{kind}: {files} files, {megabytes} MB.',
    why: 'It makes the image larger and ages with it.',
    remedy: 'Remove it in the same RUN that made it, or use RUN --mount=type=cache.',
  },
  'image/unneeded-file': {
    title: 'A file that nobody needs here',
    message: '{path} is in the image.',
    why: 'Repositories, histories and build files tell how things are made, and at times secrets.',
    remedy: 'Name it in .dockerignore, or copy only what is needed.',
  },
} as const satisfies Readonly<Record<string, CheckSentences>>;
