import { PlimsollError } from '../../../util/errors.ts';
import { GrpcFailure, GrpcProtocolError } from '../../../util/http/grpc.ts';
import { MalformedMessage } from '../../../util/protobuf.ts';
import type { DaemonKind } from './types.ts';

/** What a reader can set to say where each of them answers. */
export const VARIABLES: Readonly<Record<DaemonKind, string>> = {
  docker: 'DOCKER_HOST',
  podman: 'CONTAINER_HOST',
  containerd: 'CONTAINERD_ADDRESS',
};

const NAMES: Readonly<Record<DaemonKind, string>> = { docker: 'Docker', podman: 'Podman', containerd: 'containerd' };

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ECONNREFUSED']);
const DENIED = new Set(['EACCES', 'EPERM']);

/** What went wrong between us and the daemon, as the coded error that says what to do about it. */
export function daemonFailure(error: unknown, kind: DaemonKind, address: string): unknown {
  const daemon = NAMES[kind];
  const system = systemCode(error);
  if (ABSENT.has(system)) return daemonMissing(kind, address, error);
  if (DENIED.has(system)) return new PlimsollError('daemon-denied', { daemon, address }, { cause: error });
  if (error instanceof GrpcFailure) {
    return new PlimsollError('daemon-refused', { daemon, address, status: error.status, detail: error.message }, { cause: error });
  }
  if (error instanceof PlimsollError && error.code !== 'network-failed' && error.code !== 'network-timeout') return error;
  const detail = error instanceof PlimsollError ? String(error.params.detail ?? `${error.params.seconds} s`) : messageOf(error);
  if (error instanceof PlimsollError || error instanceof GrpcProtocolError || error instanceof MalformedMessage || system !== '') {
    return daemonProtocol(kind, address, detail, error);
  }
  return error;
}

export function daemonMissing(kind: DaemonKind, address: string, cause: unknown): PlimsollError {
  return new PlimsollError('daemon-missing', { daemon: NAMES[kind], address, variable: VARIABLES[kind] }, { cause });
}

export function daemonProtocol(kind: DaemonKind, address: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('daemon-protocol', { daemon: NAMES[kind], address, detail: detail.slice(0, 300) }, { cause });
}

export function daemonRefused(kind: DaemonKind, address: string, status: number, detail: string): PlimsollError {
  return new PlimsollError('daemon-refused', { daemon: NAMES[kind], address, status, detail: detail.slice(0, 500) });
}

export function imageUnknown(kind: DaemonKind, address: string, image: string): PlimsollError {
  return new PlimsollError('daemon-image-unknown', { daemon: NAMES[kind], address, image: image.slice(0, 300) });
}

function systemCode(error: unknown): string {
  const one = error instanceof PlimsollError ? error.cause : error;
  return String((one as NodeJS.ErrnoException | undefined)?.code ?? '');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
