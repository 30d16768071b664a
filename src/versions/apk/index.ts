import type { VersionScheme } from '../types.ts';
import { type ApkVersion, compareApk, parseApk } from './parse.ts';

/** Versions of apk packages. Source: apk-package(5), "Package version"; the order is that of `apk version -t`. */
export const apk: VersionScheme<ApkVersion> = {
  id: 'apk',
  ecosystems: ['Alpine', 'Alpaquita', 'BellSoft Hardened Containers', 'Chainguard', 'MinimOS', 'Wolfi'],
  parse: parseApk,
  compare: compareApk,
};
