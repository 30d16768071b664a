import type { FileChecker } from './checker.ts';
import { mysql, postgres, postgresAccess, redis } from './databases.ts';
import { aspnet, django, environment, flask, rails, spring, tomcat } from './frameworks.ts';
import { httpd } from './httpd.ts';
import { nginx } from './nginx.ts';
import { pam } from './pam.ts';
import { php } from './php.ts';
import { sshd } from './sshd.ts';
import { sudoers } from './sudoers.ts';

export type { FileChecker } from './checker.ts';

/** Configuration files of servers and frameworks, in an image or by themselves. The first one whose path fits a file reads it. */
export const FILE_CHECKERS: readonly FileChecker[] = [
  sshd,
  sudoers,
  pam,
  nginx,
  httpd,
  redis,
  postgresAccess,
  postgres,
  mysql,
  php,
  django,
  flask,
  environment,
  spring,
  aspnet,
  rails,
  tomcat,
];
