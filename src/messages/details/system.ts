import type { Language } from '../fill.ts';

/** What a system says by a code, in words: files, disks, networks. Source: POSIX.1-2024, errno.h; Node's documentation for names and TLS. */
const SYSTEM: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    ENOENT: 'there is no such file or folder',
    EISDIR: 'it is a folder, not a file',
    ENOTDIR: 'a part of the path is not a folder',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EFBIG: 'the file would be too large',
    EMFILE: 'too many files are open',
    ENFILE: 'too many files are open on this machine',
    EEXIST: 'it is there already',
    ENOTEMPTY: 'the folder is not empty',
    ELOOP: 'too many links lead to each other',
    ENAMETOOLONG: 'the name is too long',
    EIO: 'the disk cannot be read or written',
    EBUSY: 'it is in use',
    EXDEV: 'it is on another file system',
    EINVAL: 'the system does not take this',
    EPIPE: 'the reader is gone',
    ENOMEM: 'there is not enough memory',
    ENOTFOUND: 'no host has this name',
    EAI_AGAIN: 'the name could not be looked up',
    ECONNREFUSED: 'the connection was refused',
    ECONNRESET: 'the connection was closed before the answer was complete',
    ECONNABORTED: 'the connection was given up',
    ETIMEDOUT: 'the connection timed out',
    EHOSTUNREACH: 'there is no route to the host',
    ENETUNREACH: 'there is no route to the network',
    EADDRNOTAVAIL: 'the address is not available',
  },
  ko: {
    ENOENT: '파일이나 폴더가 없음',
    EISDIR: '파일이 아니라 폴더임',
    ENOTDIR: '경로의 일부가 폴더가 아님',
    EACCES: '권한 없음',
    EPERM: '허용되지 않음',
    EROFS: '읽기 전용 파일 시스템임',
    ENOSPC: '디스크가 가득 참',
    EDQUOT: '디스크 할당량을 다 씀',
    EFBIG: '파일이 너무 커짐',
    EMFILE: '열려 있는 파일이 너무 많음',
    ENFILE: '이 컴퓨터에 열려 있는 파일이 너무 많음',
    EEXIST: '이미 있음',
    ENOTEMPTY: '폴더가 비어 있지 않음',
    ELOOP: '링크가 서로 돌고 돎',
    ENAMETOOLONG: '이름이 너무 김',
    EIO: '디스크에서 읽거나 쓰지 못함',
    EBUSY: '사용 중임',
    EXDEV: '다른 파일 시스템에 있음',
    EINVAL: '시스템이 받아들이지 않음',
    EPIPE: '읽는 쪽이 사라짐',
    ENOMEM: '메모리가 부족함',
    ENOTFOUND: '이 이름의 호스트가 없음',
    EAI_AGAIN: '이름을 조회하지 못함',
    ECONNREFUSED: '연결이 거부됨',
    ECONNRESET: '응답이 끝나기 전에 연결이 끊김',
    ECONNABORTED: '연결이 중단됨',
    ETIMEDOUT: '연결 시간이 초과됨',
    EHOSTUNREACH: '호스트로 가는 경로가 없음',
    ENETUNREACH: '네트워크로 가는 경로가 없음',
    EADDRNOTAVAIL: '쓸 수 없는 주소임',
  },
};

/** What `systemText` says in English, or `EISDIR`, or what Node makes of it: `EISDIR: illegal operation on a directory, open 'x'`. */
const SAID = /^(?:(?<bare>E[A-Z_0-9]{2,20})(?:: [a-z][^,]*(?:, [a-z]+(?: '.*')?)?)?|[a-z][^()]* \((?<code>E[A-Z_0-9]{2,20})\))$/s;

/** `it is a folder, not a file (EISDIR)`; undefined for what is no code of a system that is known here. */
export function systemText(text: string, language: Language): string | undefined {
  const { bare, code = bare ?? '' } = SAID.exec(text)?.groups ?? {};
  const words = SYSTEM[language][code];
  return words === undefined ? undefined : `${words} (${code})`;
}
