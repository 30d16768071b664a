/** Every capability of Linux 6.x without `CAP_`. Source: capabilities(7), include/uapi/linux/capability.h. */
export const CAPABILITIES: readonly string[] = [
  ...[
    'AUDIT_CONTROL',
    'AUDIT_READ',
    'AUDIT_WRITE',
    'BLOCK_SUSPEND',
    'BPF',
    'CHECKPOINT_RESTORE',
    'CHOWN',
    'DAC_OVERRIDE',
    'DAC_READ_SEARCH',
  ],
  ...['FOWNER', 'FSETID', 'IPC_LOCK', 'IPC_OWNER', 'KILL', 'LEASE', 'LINUX_IMMUTABLE', 'MAC_ADMIN', 'MAC_OVERRIDE', 'MKNOD', 'NET_ADMIN'],
  ...['NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_RAW', 'PERFMON', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_ADMIN', 'SYS_BOOT'],
  ...['SYS_CHROOT', 'SYS_MODULE', 'SYS_NICE', 'SYS_PACCT', 'SYS_PTRACE', 'SYS_RAWIO', 'SYS_RESOURCE', 'SYS_TIME', 'SYS_TTY_CONFIG'],
  ...['SYSLOG', 'WAKE_ALARM'],
];

/** With one of these a process of the container can take over the host, or read what is not its own. */
export const DANGEROUS: ReadonlySet<string> = new Set([
  ...[
    'ALL',
    'SYS_ADMIN',
    'SYS_MODULE',
    'SYS_PTRACE',
    'SYS_RAWIO',
    'SYS_BOOT',
    'SYS_TIME',
    'DAC_READ_SEARCH',
    'NET_ADMIN',
    'BPF',
    'PERFMON',
  ],
  ...['MAC_ADMIN', 'MAC_OVERRIDE', 'SYSLOG', 'CHECKPOINT_RESTORE'],
]);

/** As engines read it: any case, with or without `CAP_`. */
export function plainCapability(written: string): string {
  return written.trim().toUpperCase().replace(/^CAP_/, '');
}
