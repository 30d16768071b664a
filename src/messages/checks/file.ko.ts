import { fileDataChecksKo } from './file-data.ko.ts';
import { fileServerChecksKo } from './file-servers.ko.ts';

/** Configuration files of servers and frameworks. */
export const fileChecksKo = { ...fileServerChecksKo, ...fileDataChecksKo };
