/** Reasons that `plimsoll harden` writes as comments. */
export const hardenEn = {
  'head': 'The least privileges that {image} is known to run with, by plimsoll harden. Try it before you rely on it.',
  'head.manifest': 'Hardened by plimsoll harden: {count} settings added. Try it before you rely on it.',
  'user.numeric': 'The image runs as user {uid}, group {gid}.',
  'user.named': 'The image runs as `{user}`, which is user {uid}, group {gid} in its /etc/passwd.',
  'user.given': 'User {uid}, group {gid} as asked for; its files must be readable to them.',
  'user.root': 'The image runs as root and names no other user; whether it can do without, nobody can tell from outside.',
  'user.root.candidates': 'Users of the image that it may be able to run as: {users}. Try --user.',
  'user.unknown': 'The image names the user `{user}`, which its /etc/passwd or /etc/group does not have; give a number with --user.',
  'user.hardly': 'Group 0 may write what the image gives to root’s group; a group of its own would be better.',
  'non-root': 'Refuses to start as root, whatever a later image says; the number below is what it is told by.',
  'fs-group': 'Volumes become writable to this group.',
  'token': 'The program gets no token for the API of the cluster; remove this if it asks the API.',
  'seccomp':
    'The runtime’s own filter of system calls: it leaves out what containers do not need (mounts, kernel modules, new user namespaces, ptrace of others on old kernels) and breaks hardly any program.',
  'seccomp.docker': 'Docker applies its own filter of system calls unless told otherwise: seccomp=unconfined is all that could be worse.',
  'escalation': 'No program gets more privileges than the one that started it.',
  'escalation.setuid':
    'Setuid and setgid programs of the image: {count} ({programs}). They run, but without their owner’s privileges; an application that needs one of them will fail.',
  'escalation.capable': 'Programs of the image with capabilities of their own: {count} ({programs}). Those do not apply then.',
  'drop': 'Programs that are not started as root have no capabilities anyway; now none can be got.',
  'drop.root':
    'Root without capabilities may not touch files of others, change owners or become another user. Give back what the program turns out to need.',
  'add.ports': 'The image exposes port {ports}, and root without this capability may not listen below 1024.',
  'add.switch':
    'An estimate: the image has {program}, with which programs begin as root, give folders to another user and become it. Naming that user with --user makes these unnecessary.',
  'ports.sysctl':
    'Lets a user other than root listen from port {port} on. A capability would not: Kubernetes gives added capabilities to root alone. The sysctl counts as safe.',
  'ports.docker':
    'The image exposes port {port}: since version 20.10 Docker lets every user listen on ports below 1024 (net.ipv4.ip_unprivileged_port_start=0 in the container).',
  'host-users': 'Root inside is nobody outside (user namespaces; Kubernetes 1.33 or newer, Linux 6.3 or newer).',
  'read-only': 'Programs and configuration cannot be changed; what has to be written lies in the mounts below.',
  'mount.volume': 'The image declares it a volume. Data that is to survive the container needs a persistent volume here.',
  'mount.temporary': 'For temporary files.',
  'mount.owned': 'The user may write to this folder of the image, and it is empty.',
  'mount.program': '{program} is known to write here.',
  'not-mounted':
    'The user may also write to {folders}, where the image has files that an empty mount would hide. If the program writes there, mount a volume that is filled from the image.',
  'kept': 'plimsoll: the manifest asks for {what}; that was left as it is.',
  'image-unread': 'plimsoll: the image {image} could not be read ({code}), so its user and folders are not known here.',
} as const;
